import { asTier } from "@/lib/domain/agent/tier";
import { type Assessment, assess } from "@/lib/domain/behaviour/assess";
import { AppError } from "@/lib/domain/errors";
import { rule } from "../command";
import { db, type Tx } from "../db";
import { log } from "../log";
import { manifestInForce } from "../manifest-in-force";
import { notify } from "../notify";
import { peopleBehind } from "../standing";
import { readHistory } from "./history";
import { matchSpans } from "./match-spans";
import { measureReasoning } from "./measure";
import { projectLedger } from "./project";
import {
  assessmentRow,
  explanationsAt,
  factorsOf,
  readAssessment,
  type StoredAssessment,
  valuesOf,
} from "./stored-assessment";

/** Windows move on also where nothing happens. */
const STALE_MS = 3_600_000;
/** A change below this waits so long, unless it passes a threshold: the ledger holds news, not noise. */
const SMALL_CHANGE = 3;
const SETTLES_MS = 10 * 60_000;

type Due = { readonly id: string; readonly tier: string; readonly newest: bigint };

/**
 * Scores as of `now` each agent in production that did something since it was last scored, whose explanations ended, or
 * whose score is an hour old. A changed score is recorded with its factors, and who answers for the agent is told when it
 * passes a threshold of the manifest; an unchanged one only moves `riskAt`. Two at once record a change once.
 */
export async function rescoreAll(
  now: Date,
): Promise<{ readonly scored: number; readonly changed: number }> {
  await projectLedger();
  await matchSpans(now);
  // Without distances the other signals still speak.
  await measureReasoning().catch((err: unknown) => log.error({ err }, "reasoning not measured"));
  const due = await agentsDue(now);
  let changed = 0;
  for (const agent of due) {
    if (await rescore(agent, now)) changed += 1;
  }
  return { scored: due.length, changed };
}

function agentsDue(now: Date): Promise<readonly Due[]> {
  const stale = new Date(now.getTime() - STALE_MS);
  return db.$queryRaw<Due[]>`
    SELECT a."id", a."tier", coalesce(n."seq", -1)::bigint AS newest FROM "Agent" a
    LEFT JOIN "Assessment" s ON s."agentId" = a."id"
    LEFT JOIN LATERAL (SELECT d."seq" FROM "DecisionStep" d WHERE d."agentId" = a."id" ORDER BY d."seq" DESC LIMIT 1) n ON true
    WHERE a."status" = 'production' AND (a."riskAt" IS NULL OR a."riskAt" < ${now})
      AND (s."at" IS NULL OR (s."at" < ${now} AND (s."at" < ${stale} OR n."seq" > s."seq" OR EXISTS (
        SELECT FROM "FactorExplanation" f WHERE f."agentId" = a."id" AND f."until" > s."at" AND f."until" <= ${now}))))
    ORDER BY a."id"`;
}

/** True where the score changed. */
async function rescore({ id, tier, newest }: Due, now: Date): Promise<boolean> {
  const [history, before, explained] = await Promise.all([
    readHistory(id, now),
    readAssessment(db, id),
    explanationsAt(db, id, now),
  ]);
  const made = assess(history, {
    tier: asTier(tier),
    now: now.getTime(),
    previous: before && { at: before.at.getTime(), signals: valuesOf(before) },
    explained,
  });
  const change = { agentId: id, made, newest, before };
  const agent = await db.agent.findUnique({ where: { id }, select: { riskScore: true } });
  if (agent === null) return false;
  if (agent.riskScore !== made.adjusted || (before?.rawScore ?? 0) !== made.score) {
    const waits = await maySettle(now, change, agent.riskScore);
    return waits ? false : recordedOnce(now, change);
  }
  await keep(db, now, change);
  // A measurement without news: not an event.
  await db.agent.updateMany({
    where: { id, OR: [{ riskAt: null }, { riskAt: { lt: now } }] },
    data: { riskAt: now },
  });
  return false;
}

type Change = {
  readonly agentId: string;
  readonly made: Assessment;
  readonly newest: bigint;
  readonly before: StoredAssessment | null;
};

/** Is the change small and the last measurement fresh? It is measured from there again next time. */
async function maySettle(now: Date, change: Change, inForce: number): Promise<boolean> {
  const { agentId, made, before } = change;
  if (before === null || now.getTime() - before.at.getTime() >= SETTLES_MS) return false;
  const moved = Math.max(Math.abs(made.adjusted - inForce), Math.abs(made.score - before.rawScore));
  if (moved >= SMALL_CHANGE) return false;
  const risk = (await manifestInForce(db, agentId, now))?.document.risk;
  const side = (score: number) =>
    [risk?.review, risk?.contain].map((limit) => score >= (limit ?? 101));
  return side(inForce).join() === side(made.adjusted).join();
}

async function keep(tx: Pick<Tx, "assessment">, now: Date, change: Change): Promise<void> {
  const { agentId, made, newest } = change;
  const row = assessmentRow(made, now, newest);
  await tx.assessment.upsert({
    where: { agentId },
    create: { agentId, ...row },
    update: row,
  });
}

async function recordedOnce(now: Date, change: Change): Promise<boolean> {
  try {
    await record(now, change);
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === "stale") return false;
    throw error;
  }
}

const record = rule(
  async (tx, call: { readonly now: Date; readonly input: Change; readonly seq: bigint }) => {
    const { now, seq } = call;
    const { agentId, made, before } = call.input;
    const agent = await tx.agent.findUnique({ where: { id: agentId } });
    const stored = await tx.assessment.findUnique({ where: { agentId }, select: { at: true } });
    if (agent === null || (stored?.at.getTime() ?? 0) !== (before?.at.getTime() ?? 0)) {
      throw new AppError("stale", "somebody else has scored it");
    }
    await keep(tx, now, call.input);
    await tx.agent.update({
      where: { id: agentId },
      data: { riskScore: made.adjusted, riskAt: now },
    });
    const { formula, score: raw, adjusted: score } = made;
    const factors = factorsOf(made);
    await tx.riskScore.create({
      data: { agentId, at: now, score, rawScore: raw, formula, factors: factors.stored, seq },
    });
    await tellOfThreshold(tx, { agent, score, now });
    return {
      value: score,
      events: [
        {
          event: {
            kind: "risk.rescored",
            agentId,
            score,
            previous: agent.riskScore,
            formula,
            factors: factors.codes,
            raw,
          },
          detail: { factors: factors.words },
        },
      ],
    };
  },
);

async function tellOfThreshold(
  tx: Tx,
  passed: {
    readonly agent: {
      readonly id: string;
      readonly name: string;
      readonly ownerId: string;
      readonly riskScore: number;
    };
    readonly score: number;
    readonly now: Date;
  },
): Promise<void> {
  const { agent, score, now } = passed;
  const manifest = await manifestInForce(tx, agent.id, now);
  if (manifest === null) return;
  const { review, contain } = manifest.document.risk;
  const rose = (threshold: number) => agent.riskScore < threshold && score >= threshold;
  if (!rose(contain) && !rose(review)) return;
  await notify(tx, {
    personIds: await peopleBehind(tx, agent),
    kind: "risk.threshold",
    title: rose(contain)
      ? `${agent.name}: risk rose to ${score}; every request is blocked from ${contain} on`
      : `${agent.name}: risk rose to ${score}; every request waits for a person from ${review} on`,
    href: `/agents/${agent.id}`,
    now,
  });
}
