/**
 * Seeds the fictional bank: people, agents, manifests in all states, and 30 days of decisions. Runs once, on
 * an empty database, in the demo only: `npm run db:seed`, which sets what is read from the environment.
 */
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import pg from "pg";
import { z } from "zod";
import { retireAgent } from "@/lib/server/agent/retire";
import { explainFactor } from "@/lib/server/behaviour/explain-factor";
import { rescoreAll } from "@/lib/server/behaviour/rescore";
import { applyContainment } from "@/lib/server/containment/apply";
import { acknowledgeDrill, endDrill, startDrill } from "@/lib/server/containment/drill";
import { liftContainment } from "@/lib/server/containment/lift";
import { db } from "@/lib/server/db";
import { DecisionState } from "@/lib/server/decision/state";
import { env } from "@/lib/server/env";
import { newId } from "@/lib/server/ids";
import { openIncident } from "@/lib/server/incident/open";
import { makeCheckpoint } from "@/lib/server/ledger/checkpoint";
import { home } from "../scripts/lib/environment.mjs";
import {
  approveMandate,
  leaveWork,
  type Registered,
  registerAll,
  submitMandate,
} from "./demo/catalogue";
import { makeDice } from "./demo/dice";
import { play } from "./demo/history";
import { enterStaff, removeAuthenticators, type Staff } from "./demo/staff";

/** What the seed reads of a stored score. */
const Factors = z.object({
  factors: z.array(z.object({ signal: z.string(), value: z.number(), points: z.number() })),
});

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const SEED = 20_261_124;
const RETIRED_DAYS_AGO = 19;

/** Asked for where a password confirms an act. One per installation, made here, never in the repository. */
function demoPassword(): string {
  const file = path.join(home(), "demo-password.txt");
  if (!fs.existsSync(file)) {
    fs.writeFileSync(file, `${randomBytes(12).toString("base64url")}\n`, { mode: 0o600 });
  }
  return fs.readFileSync(file, "utf8").trim();
}

/** What happens in the month beside the daily work. */
function events(staff: Staff, registered: readonly Registered[], end: Date) {
  const agent = (key: string): Registered => {
    const found = registered.find((each) => each.agent.key === key);
    if (found === undefined) throw new Error(`no agent ${key}`);
    return found;
  };
  const ago = (days: number): Date => new Date(end.getTime() - days * DAY_MS);
  const email = agent("email-triage");
  let next = "";
  return [
    {
      at: ago(RETIRED_DAYS_AGO),
      run: async () => {
        const { id } = agent("report-mover");
        await retireAgent(staff.ctx("nina", ago(RETIRED_DAYS_AGO)), {
          agentId: id,
          reason: "A scheduled job without a model does the same: the agent is not needed any more",
        });
      },
    },
    {
      at: ago(16),
      run: async () => {
        const mandate = {
          ...email.agent.mandate,
          budgets: { requests: { minute: 80, day: 3000 }, records: { day: 3000 } },
        };
        next = await submitMandate(staff, email, mandate, ago(16));
      },
    },
    { at: ago(15.2), run: () => approveMandate(staff, email, next, ago(15.2)) },
    {
      at: ago(11),
      run: async () => {
        await applyContainment(staff.ctx("priya", ago(11)), {
          agentId: agent("trade-finance").id,
          level: "confirm-all",
          reason:
            "It looked at payroll to explain a difference. Until the owner knows why, I confirm each step.",
        });
      },
    },
    {
      at: ago(10.7),
      run: async () => {
        await liftContainment(staff.ctx("priya", ago(10.7)), {
          agentId: agent("trade-finance").id,
          from: "confirm-all",
          to: null,
          reason:
            "The owner found the prompt that sent it there and removed it; tested on last week's cases.",
        });
      },
    },
    {
      at: ago(10.2),
      run: async () => {
        const { id } = agent("trade-finance");
        const { factors } = await db.agent
          .findUniqueOrThrow({
            where: { id },
            include: { riskScores: { orderBy: { at: "desc" }, take: 1 } },
          })
          .then(({ riskScores }) => Factors.parse(riskScores[0] ?? { factors: [] }));
        for (const { signal, value } of factors.filter(({ points }) => points > 5)) {
          await explainFactor(staff.ctx("priya", ago(10.2)), {
            agentId: id,
            signal,
            level: value,
            days: 30,
            reason:
              "The look into payroll: cause found and removed, the owner showed me the corrected prompt.",
          });
        }
      },
    },
    {
      at: ago(6),
      run: async () => {
        const { drillId } = await startDrill(staff.ctx("tom", ago(6)), {
          agentId: agent("payments").id,
          level: "stopped",
          reason: "Quarterly rehearsal: who hears of a stop of the payments agent, and how soon.",
        });
        await acknowledgeDrill(staff.ctx("priya", ago(5.99)), { drillId });
        await acknowledgeDrill(staff.ctx("grace", ago(5.98)), { drillId });
        await endDrill(staff.ctx("tom", ago(5.96)), { drillId });
      },
    },
    {
      at: ago(1.4),
      run: async () => {
        await openIncident(staff.ctx("sofia", ago(1.4)), {
          title: "Cloud agent asked for usage by customer name",
          summary:
            "For some days the agent has asked for usage figures by customer name, which its manifest does not allow. All of it was blocked; no record left the store.",
          agentId: agent("cloud-cost").id,
          containmentId: null,
          detectedAt: ago(1.6).toISOString(),
        });
      },
    },
    {
      at: ago(1.5),
      run: async () => {
        await applyContainment(staff.ctx("sofia", ago(1.5)), {
          agentId: agent("cloud-cost").id,
          level: "throttle",
          reason:
            "It keeps asking for usage by customer name. Slowed down while its owner looks into it.",
        });
      },
    },
  ];
}

async function seed(): Promise<void> {
  if (env().COUNTERSIGN_DEMO !== "1")
    throw new Error("the demo bank is seeded with COUNTERSIGN_DEMO=1 only");
  if ((await db.person.count()) > 0)
    throw new Error("there are people in this database already: npm run db:reset");
  const began = performance.now();
  const end = new Date();
  const start = new Date(
    Date.UTC(end.getUTCFullYear(), end.getUTCMonth(), end.getUTCDate()) - 30 * DAY_MS,
  );
  const setUp = new Date(start.getTime() - 6 * DAY_MS);

  const staff = await enterStaff({
    at: setUp,
    end,
    password: demoPassword(),
    origin: new URL(env().NEXTAUTH_URL).origin,
  });
  const agents = await registerAll(
    staff,
    new Date(setUp.getTime() + DAY_MS),
    path.join(home(), "demo-agents"),
  );
  console.log(`  ${agents.length} agents and their people, after ${seconds(began)} s`);

  const client = new pg.Client({ connectionString: env().DATABASE_URL });
  await client.connect();
  const state = new DecisionState();
  const story = {
    staff,
    agents,
    dice: makeDice(SEED),
    outcomeDice: makeDice(SEED + 1),
    from: start,
    to: end,
    client,
    state,
  };
  const retiredAt = new Date(end.getTime() - RETIRED_DAYS_AGO * DAY_MS);
  const acts = [...events(staff, agents, end), ...leaveWork(staff, agents, end)];
  const decided = await play({ ...story, retiredAt, acts });
  await client.end();
  console.log(`  ${decided} requests decided, after ${seconds(began)} s`);

  await removeAuthenticators(staff, end);
  await readOldNotes(end);
  await rescoreAll(end);
  await makeCheckpoint(end);
  const { _count: entries } = await db.ledgerEntry.aggregate({ _count: true });
  console.log(`  ${entries} entries in the ledger, after ${seconds(began)} s`);
}

/** Everybody was here yesterday: what is older has been read. */
async function readOldNotes(end: Date): Promise<void> {
  const yesterday = new Date(end.getTime() - 20 * HOUR_MS);
  await db.notification.updateMany({
    where: { createdAt: { lt: yesterday } },
    data: { readAt: yesterday },
  });
  await db.person.updateMany({ data: { lastVisitAt: yesterday } });
  const people = await db.person.findMany({ select: { id: true } });
  await db.signInSession.createMany({
    data: people.map(({ id }) => ({
      id: newId("ses"),
      personId: id,
      method: "demo",
      userAgent: "Seed",
      createdAt: new Date(yesterday.getTime() - HOUR_MS),
      lastSeenAt: yesterday,
      expiresAt: yesterday,
      revokedAt: yesterday,
    })),
  });
}

const seconds = (since: number): string => ((performance.now() - since) / 1000).toFixed(1);

try {
  await seed();
} finally {
  await db.$disconnect();
}
