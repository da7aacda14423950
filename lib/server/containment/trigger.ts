import { asTier, compareTier } from "@/lib/domain/agent/tier";
import { asContainment } from "@/lib/domain/containment/rules";
import {
  type ContainmentRule,
  DEFAULT_THRESHOLDS,
  mostInAMinute,
  RULE_MEANING,
  type TriggerFacts,
  triggersFor,
} from "@/lib/domain/containment/triggers";
import { AppError } from "@/lib/domain/errors";
import type { IntentManifest } from "@/lib/domain/manifest/manifest";
import { compileBudgets, PERIODS } from "@/lib/domain/policy/budgets";
import { bucketStarts } from "@/lib/domain/policy/usage";
import type { Agent } from "@/prisma/generated/client";
import { rule } from "../command";
import { contain } from "../contain";
import { db, type Tx } from "../db";
import type { Recorded } from "../ledger/append";
import { manifestInForce } from "../manifest-in-force";
import { notify } from "../notify";
import { peopleBehind, peopleWithRole } from "../standing";
import { agentsToLookAt, nextPosition, type Observed, observe, standingContainment } from "./facts";

export type Contained = {
  readonly agentId: string;
  readonly level: string;
  readonly rule: ContainmentRule;
};

/**
 * Applies the containment rules to one agent as of `now`; null where none asks for more than is in place. Two at once
 * act once. To be called soon after anything that a rule looks at; it reads everything itself.
 */
export async function containByRule(agentId: string, now: Date): Promise<Contained | null> {
  const observed = await observe(agentId, now);
  try {
    return await act(now, { agentId, observed });
  } catch (error) {
    // No rule fired, or another worker was first.
    if (error instanceof AppError && error.code === "stale") return null;
    throw error;
  }
}

/** The same for every agent in production: a net under what acts on news. */
export async function containAll(now: Date): Promise<readonly Contained[]> {
  const agents = await db.agent.findMany({
    where: { status: "production", NOT: { containment: "stopped" } },
    select: { id: true },
    orderBy: { id: "asc" },
  });
  return each(
    agents.map(({ id }) => id),
    now,
  );
}

/** The same for the agents that the entries from position `from` on speak of; `next` is where to go on. */
export async function containSince(
  from: bigint,
  now: Date,
): Promise<{ readonly next: bigint; readonly contained: readonly Contained[] }> {
  // Asked first: what comes in between is looked at twice rather than never.
  const next = await nextPosition();
  return { next, contained: await each(await agentsToLookAt(from), now) };
}

/** One agent's failure keeps no other from its containment; it is thrown once all had their turn, to be tried again. */
async function each(agentIds: readonly string[], now: Date): Promise<readonly Contained[]> {
  const contained: Contained[] = [];
  const failures: unknown[] = [];
  for (const agentId of agentIds) {
    try {
      const one = await containByRule(agentId, now);
      if (one !== null) contained.push(one);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) {
    throw new AggregateError(failures, "the rules could not be applied to every agent");
  }
  return contained;
}

type Input = { readonly agentId: string; readonly observed: Observed };

const act = rule(
  async (tx, call: { readonly now: Date; readonly input: Input; readonly seq: bigint }) => {
    const { now, input, seq } = call;
    const agent = await tx.agent.findUnique({ where: { id: input.agentId } });
    if (agent?.status !== "production") throw new AppError("stale", "not in production");
    if ((await standingContainment(tx, agent.id)) !== input.observed.standing) {
      throw new AppError("stale", "somebody has contained or lifted meanwhile");
    }
    const observed = unanswered(input.observed);
    const facts = await factsOf(tx, { agent, observed, now });
    const trigger = triggersFor(facts);
    if (trigger === null) throw new AppError("stale", "no rule asks for more");
    const { level } = trigger;
    const by = { rule: trigger.rule };
    await contain(tx, { agentId: agent.id, level, by, seq, now });
    await tell(tx, { agent, level, rule: trigger.rule, now });
    const suspected =
      trigger.rule === "denied-proofs" ? await suspect(tx, agent.id, call, observed) : [];
    const value: Contained = { agentId: agent.id, level, rule: trigger.rule };
    const applied: Recorded = {
      event: { kind: "containment.applied", agentId: agent.id, level, rule: trigger.rule },
      detail: { reason: inWords(trigger.rule, facts), seen: evidence(trigger.rule, observed) },
    };
    return { value, events: [applied, ...suspected] };
  },
);

/** What came after a person last lifted a containment. */
function unanswered(observed: Observed): Observed {
  const { liftedSeq } = observed;
  if (liftedSeq === null) return observed;
  const after = (one: { readonly seq: bigint }) => one.seq > liftedSeq;
  return {
    ...observed,
    deniedProofs: observed.deniedProofs.filter(after),
    overBudget: observed.overBudget.filter(after),
    signals: observed.signals.filter(({ seqs }) => seqs.some((one) => BigInt(one) > liftedSeq)),
  };
}

async function factsOf(
  tx: Tx,
  known: {
    readonly agent: Agent;
    readonly observed: Observed;
    readonly now: Date;
  },
): Promise<TriggerFacts> {
  const { agent, observed, now } = known;
  const tier = asTier(agent.tier);
  const manifest = (await manifestInForce(tx, agent.id, now))?.document ?? null;
  return {
    tier,
    score: agent.riskScore,
    thresholds: manifest?.risk ?? DEFAULT_THRESHOLDS[tier],
    signals: Object.fromEntries(observed.signals.map(({ signal, value }) => [signal, value])),
    deniedProofsLastMinute: mostInAMinute(observed.deniedProofs.map(({ at }) => at.getTime())),
    budgetExhausted: await isExhausted(tx, manifest, { agentId: agent.id, observed }),
    containment: asContainment(agent.containment),
    liftedAtScore:
      observed.liftedSeq === null ? null : await scoreAt(tx, agent.id, observed.liftedSeq),
  };
}

async function scoreAt(tx: Tx, agentId: string, seq: bigint): Promise<number> {
  const row = await tx.riskScore.findFirst({
    where: { agentId, seq: { lt: seq } },
    orderBy: { seq: "desc" },
  });
  return row?.score ?? 0;
}

/** Is nothing left of a budget for which a request was blocked? One request that asks for too much is not enough. */
async function isExhausted(
  tx: Tx,
  manifest: IntentManifest | null,
  { agentId, observed }: { readonly agentId: string; readonly observed: Observed },
): Promise<boolean> {
  const last = observed.overBudget.at(-1);
  if (manifest === null || last === undefined) return false;
  const starts = bucketStarts(last.at.getTime());
  const rows = await tx.budgetUsage.findMany({
    where: {
      agentId,
      OR: PERIODS.map((period) => ({ period, bucket: BigInt(starts[period]) })),
    },
  });
  return compileBudgets(manifest.budgets).normal.some(({ measure, period, limit }) => {
    const row = rows.find((one) => one.period === period);
    return row !== undefined && Number(row[measure]) >= limit;
  });
}

type Call = { readonly now: Date };

/** Marks the keys that signed the denied proofs; where nobody is shown to have signed, every key of the agent. */
async function suspect(
  tx: Tx,
  agentId: string,
  { now }: Call,
  observed: Observed,
): Promise<readonly Recorded[]> {
  const keys = await tx.agentKey.findMany({
    where: { agentId, revokedAt: null, suspectAt: null },
    select: { jkt: true },
  });
  const signed = new Set(observed.deniedProofs.map(({ jkt }) => jkt));
  const named = keys.filter(({ jkt }) => signed.has(jkt));
  const marked = (named.length > 0 ? named : keys).map(({ jkt }) => jkt);
  await tx.agentKey.updateMany({ where: { jkt: { in: marked } }, data: { suspectAt: now } });
  return marked.map((jkt) => ({
    event: { kind: "agent.key-suspected", agentId, jkt, rule: "denied-proofs" },
  }));
}

async function tell(
  tx: Tx,
  what: {
    readonly agent: Agent;
    readonly level: string;
    readonly rule: ContainmentRule;
    readonly now: Date;
  },
): Promise<void> {
  const { agent, level, now } = what;
  const compliance =
    compareTier(asTier(agent.tier), "high") >= 0 ? await peopleWithRole(tx, "compliance") : [];
  await notify(tx, {
    personIds: [...(await peopleBehind(tx, agent)), ...compliance],
    kind: "containment.applied",
    title: `${agent.name} is contained (${level}) by rule: ${RULE_MEANING[what.rule]}`,
    href: `/agents/${agent.id}?tab=containment`,
    now,
  });
}

function inWords(fired: ContainmentRule, facts: TriggerFacts): string {
  const { score, thresholds } = facts;
  switch (fired) {
    case "denied-proofs":
      return `${facts.deniedProofsLastMinute} denied proofs within a minute`;
    case "semantic-pivot":
      return `Semantic pivot measured at ${(facts.signals["pivot"] ?? 0).toFixed(2)} of 1`;
    case "class-escalation":
      return `Rise in data class measured at ${(facts.signals["class"] ?? 0).toFixed(2)} of 1`;
    case "score-contain":
      return `Risk score ${score}, containment threshold ${thresholds.contain}`;
    case "score-review":
      return `Risk score ${score}, review threshold ${thresholds.review}`;
    case "budget-exhausted":
      return "A request was blocked and nothing is left of the budget";
  }
}

/** Positions of the entries that made the rule fire; empty for a score, whose factors its own entry names. */
function evidence(fired: ContainmentRule, observed: Observed): number[] {
  const signal = (name: string) =>
    observed.signals.flatMap((one) => (one.signal === name ? one.seqs : []));
  switch (fired) {
    case "denied-proofs":
      return observed.deniedProofs.map(({ seq }) => Number(seq));
    case "semantic-pivot":
      return signal("pivot");
    case "class-escalation":
      return signal("class");
    case "budget-exhausted":
      return observed.overBudget.slice(-1).map(({ seq }) => Number(seq));
    case "score-contain":
    case "score-review":
      return [];
  }
}
