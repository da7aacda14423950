import type pg from "pg";
import { type Actor, ROLES, type Role } from "@/lib/domain/access/permissions";
import { type TraceLine, traceEvent } from "@/lib/domain/behaviour/trace-line";
import { traceManifest, traceRequest } from "@/lib/domain/behaviour/trace-request";
import { requestDigest } from "@/lib/domain/policy/digest";
import type { ReasonCode } from "@/lib/domain/policy/reasons";
import { registerAgent } from "@/lib/server/agent/register";
import type { Ctx } from "@/lib/server/context";
import { db } from "@/lib/server/db";
import { queryOf } from "@/lib/server/decision/decide";
import { type OutcomeItem, recordOutcomes } from "@/lib/server/decision/record-outcomes";
import { append, lockLedger, type Stamped } from "@/lib/server/ledger/append";
import { ledgerTransaction } from "@/lib/server/ledger/transaction";
import { insertDraft } from "@/lib/server/manifest-draft";

const DAY_MS = 86_400_000;
const BATCH = 500;

/** The least grave reason of each answer: a trace doesn't say why. */
const REASON: Readonly<Record<string, ReasonCode>> = {
  allow: "within_manifest",
  hold: "confirm_each",
  block: "no_rule",
  deny: "agent_not_in_production",
};

export type Imported = {
  readonly agentId: string;
  readonly name: string;
  readonly decisions: number;
};

/**
 * Brings one agent of a trace into a scratch agent of its own, marked as simulated, with a draft manifest that names what its
 * quiet lines did. Times move by whole days so that the trace ends now. The agent has no sponsor, key or approved manifest, so
 * that the gateway refuses whoever asks in its name.
 */
export async function importTrace(
  client: pg.ClientBase,
  ctx: Ctx,
  trace: {
    readonly agent: string;
    /** oldest first */
    readonly lines: readonly TraceLine[];
    readonly ownerId: string;
    readonly legalEntityId: string;
    /** false: leave the times as they are */
    readonly move: boolean;
  },
): Promise<Imported> {
  const { agent, lines, ownerId, legalEntityId } = trace;
  const last = Date.parse(lines.at(-1)?.at ?? ctx.now.toISOString());
  const shift = trace.move ? Math.floor((ctx.now.getTime() - last) / DAY_MS) * DAY_MS : 0;
  const name = `Scratch: ${agent}`.slice(0, 90).concat(` (${ctx.now.toISOString().slice(0, 16)})`);
  const { agentId } = await registerAgent(ctx, {
    name,
    description:
      "Not an agent of ours: a trace from outside, imported to look at its behaviour. All its decisions are simulated.",
    kind: "assistive",
    ownerId,
    legalEntityId,
    resources: [],
    classification: {
      autonomy: "suggests",
      reversibility: "reversible",
      dataClass: "public",
      customerImpact: "none",
      moneyMoved: "none",
      doraCriticalFunction: false,
      aiActHighRisk: false,
    },
  });
  const manifest = await scratchManifest(ctx, { agentId, ownerId, lines });
  for (let from = 0; from < lines.length; from += BATCH) {
    await importBatch(client, lines.slice(from, from + BATCH), { agentId, manifest, shift });
  }
  return { agentId, name, decisions: lines.length };
}

type Manifest = { readonly id: string; readonly version: number };

/** The draft, and the state in which agents are scored; both in the ledger. */
function scratchManifest(
  ctx: Ctx,
  {
    agentId,
    ownerId,
    lines,
  }: { readonly agentId: string; readonly ownerId: string; readonly lines: readonly TraceLine[] },
): Promise<Manifest> {
  const second = (at: number) => new Date(at).toISOString().replace(/\.\d+Z$/, "Z");
  const document = traceManifest(lines, agentId, {
    notBefore: second(ctx.now.getTime() - 60 * DAY_MS),
    notAfter: second(ctx.now.getTime() + 60 * DAY_MS),
  });
  return ledgerTransaction({ personId: ctx.actor.id, now: ctx.now }, async (tx) => {
    const draft = { agentId, authorId: ownerId, document, reviewId: null, now: ctx.now };
    const { manifestId, version } = await insertDraft(tx, draft);
    await tx.agent.update({
      where: { id: agentId },
      data: { status: "production", productionAt: ctx.now },
    });
    return {
      value: { id: manifestId, version },
      events: [
        { event: { kind: "manifest.drafted", agentId, manifestId, version, reviewId: null } },
        { event: { kind: "agent.produced", agentId, maturity: 0 } },
      ],
    };
  });
}

type Target = { readonly agentId: string; readonly manifest: Manifest; readonly shift: number };

async function importBatch(
  client: pg.ClientBase,
  lines: readonly TraceLine[],
  target: Target,
): Promise<void> {
  const query = queryOf(client);
  await client.query("BEGIN");
  let first: bigint;
  try {
    first = await lockLedger(query);
    await append(
      query,
      first,
      lines.map((line) => decisionOf(line, target)),
    );
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  }
  const reports = lines.flatMap((line, index): OutcomeItem[] => {
    const { actionOutcome } = traceEvent(line, index);
    if (actionOutcome === null) return [];
    const decision = Number(first) + index;
    const at = new Date(Date.parse(line.at) + target.shift);
    return [
      { agentId: target.agentId, report: { decision, status: actionOutcome }, at, proof: null },
    ];
  });
  await recordOutcomes(client, reports);
}

function decisionOf(line: TraceLine, { agentId, manifest, shift }: Target): Stamped {
  const request = traceRequest(line, agentId);
  const { outcome } = traceEvent(line, 0);
  const { action, resource, context } = request;
  return {
    at: new Date(Date.parse(line.at) + shift),
    personId: null,
    event: {
      kind: "decision",
      agentId,
      sponsorId: null,
      manifestId: manifest.id,
      manifestVersion: manifest.version,
      outcome,
      reason: REASON[outcome] ?? "no_rule",
      cluster: context.cluster,
      rule: null,
      action: action.name,
      resourceType: resource.type,
      dataClass: context.dataClass,
      records: context.records ?? null,
      spend: context.spend ?? null,
      riskScore: 0,
      containment: null,
      reviewId: null,
      grantId: null,
      simulated: true,
    },
    detail: {
      request,
      requestDigest: requestDigest(request),
      proven: true,
      jkt: null,
      sentence: "Imported from a trace: this gateway did not decide it.",
      miss: null,
      nearest: null,
      neverRuleId: null,
    },
  };
}

/** The first administrator acts, the first owner owns: nobody answers for a scratch agent. */
export async function importer(): Promise<{
  readonly actor: Actor;
  readonly ownerId: string;
  readonly legalEntityId: string;
}> {
  const [admin, owner, entity] = await Promise.all([
    personWith("admin"),
    personWith("owner"),
    db.legalEntity.findFirst({ orderBy: { id: "asc" } }),
  ]);
  if (entity === null) throw new Error("no legal entity to count scratch agents with");
  const roles = ROLES.filter((role) => admin.roles.some((held) => held.role === role));
  return { actor: { id: admin.id, roles }, ownerId: owner.id, legalEntityId: entity.id };
}

async function personWith(role: Role) {
  const person = await db.person.findFirst({
    where: { active: true, roles: { some: { role } } },
    include: { roles: true },
    orderBy: { id: "asc" },
  });
  if (person === null) throw new Error(`no active person has the role ${role}`);
  return person;
}
