import { z } from "zod";
import { asTier } from "@/lib/domain/agent/tier";
import { type Assessment, type Explanation, scoreSignals } from "@/lib/domain/behaviour/assess";
import { SIGNALS } from "@/lib/domain/behaviour/signal";
import { AppError } from "@/lib/domain/errors";
import { ReasonInWords } from "@/lib/domain/review/reason-in-words";
import type { Agent } from "@/prisma/generated/client";
import { command } from "../command";
import type { Tx } from "../db";
import { newId } from "../ids";
import type { Recorded } from "../ledger/append";
import { standingTowards } from "../standing";
import {
  assessmentRow,
  explanationsAt,
  factorsOf,
  readAssessment,
  type StoredAssessment,
  valuesOf,
} from "./stored-assessment";

const DAY_MS = 86_400_000;
const MOST_DAYS = 30;

const Input = z.strictObject({
  agentId: z.string().max(64),
  signal: z.enum(SIGNALS),
  /** the factor's value (0–1) that the person saw: what goes beyond it is not explained */
  level: z.number().gt(0).max(1),
  days: z.coerce.number().int().min(1).max(MOST_DAYS),
  reason: ReasonInWords,
});

type Explained = { readonly score: number; readonly rawScore: number };

/**
 * The sponsor, or the deputy, says that a factor is in order up to the level that they saw, for some days. The score in
 * force falls at once, the raw one stands beside it. Throws AppError("forbidden") for everybody else, "competence"
 * without current training, "not-found", "conflict" where the factor adds nothing.
 */
export const explainFactor = command({
  permission: "risk:explain",
  input: Input,
  async run(tx, { ctx, input, seq }) {
    const agent = await tx.agent.findUnique({ where: { id: input.agentId } });
    if (agent === null) throw new AppError("not-found", "there is no such agent");
    const { office, competent } = await standingTowards(tx, agent, ctx);
    if (office === null) {
      throw new AppError("forbidden", "only the agent's sponsor or deputy explains its factors");
    }
    if (!competent) {
      throw new AppError(
        "competence",
        "this takes the training that a sponsor of this agent needs",
      );
    }
    const stored = await readAssessment(tx, agent.id);
    const value = stored?.factors.find(({ signal }) => signal === input.signal)?.value ?? 0;
    if (stored === null || value === 0) {
      throw new AppError("conflict", "this factor adds nothing to the score now");
    }
    const until = new Date(ctx.now.getTime() + input.days * DAY_MS);
    const level = Math.min(value, input.level);
    const { signal, reason } = input;
    await tx.factorExplanation.create({
      data: {
        id: newId("xpl"),
        agentId: agent.id,
        signal,
        level,
        until,
        personId: ctx.actor.id,
        at: ctx.now,
        seq,
        reason,
      },
    });
    const explained = await explanationsAt(tx, agent.id, ctx.now);
    const rescored = await rescore(tx, { agent, stored, explained, now: ctx.now, seq: seq + 1n });
    const event = {
      kind: "risk.factor-explained",
      agentId: agent.id,
      signal,
      level,
      until: until.toISOString(),
    } as const;
    return { value: rescored.value, events: [{ event, detail: { reason } }, ...rescored.events] };
  },
});

type Rescoring = {
  readonly agent: Agent;
  readonly stored: StoredAssessment;
  readonly explained: readonly Explanation[];
  readonly now: Date;
  /** the position that its event gets */
  readonly seq: bigint;
};

/** The last assessment once more, with what is explained now; nothing is measured anew. */
async function rescore(
  tx: Tx,
  { agent, stored, explained, now, seq }: Rescoring,
): Promise<{ readonly value: Explained; readonly events: readonly Recorded[] }> {
  const made: Assessment = scoreSignals(
    stored.signals,
    {
      tier: asTier(agent.tier),
      now: now.getTime(),
      previous: { at: stored.at.getTime(), signals: valuesOf(stored) },
      explained,
    },
    { count: 0, perDay: 1 },
  );
  await tx.assessment.update({
    where: { agentId: agent.id },
    data: assessmentRow(made, stored.at, stored.seq),
  });
  const value = { score: made.adjusted, rawScore: made.score };
  if (made.adjusted === agent.riskScore) return { value, events: [] };
  await tx.agent.update({ where: { id: agent.id }, data: { riskScore: made.adjusted } });
  const factors = factorsOf(made);
  const { formula } = made;
  const row = { agentId: agent.id, at: now, score: made.adjusted, rawScore: made.score, formula };
  await tx.riskScore.create({ data: { ...row, factors: factors.stored, seq } });
  const event = {
    kind: "risk.rescored",
    agentId: agent.id,
    score: made.adjusted,
    previous: agent.riskScore,
    formula,
    factors: factors.codes,
    raw: made.score,
  } as const;
  return { value, events: [{ event, detail: { factors: factors.words } }] };
}
