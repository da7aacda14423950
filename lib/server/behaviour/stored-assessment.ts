import { z } from "zod";
import type { Assessment, Explanation, Factor } from "@/lib/domain/behaviour/assess";
import { SIGNALS, type Signal, type SignalName } from "@/lib/domain/behaviour/signal";
import type { Tx } from "../db";

const Name = z.enum(SIGNALS);
const Seqs = z.array(z.number());
const Numbers = z.record(z.string(), z.number());

const StoredFactor = z.object({
  signal: Name,
  value: z.number(),
  measured: z.number(),
  points: z.number(),
  adjustedPoints: z.number(),
  explained: z.boolean(),
  words: z.string(),
  seqs: Seqs,
});

const StoredSignal = z.object({
  signal: Name,
  value: z.number(),
  evidence: z.object({ seqs: Seqs, counts: Numbers, baseline: Numbers, words: z.string() }),
});

/** The last assessment of an agent as it was stored. */
export type StoredAssessment = {
  readonly at: Date;
  /** the newest step that it saw */
  readonly seq: bigint;
  readonly formula: string;
  /** 0–100, in force */
  readonly score: number;
  readonly rawScore: number;
  readonly factors: readonly Factor[];
  readonly signals: readonly Signal[];
};

/** Null where the agent was never assessed, or by a formula whose signals this version doesn't know. */
export async function readAssessment(
  reader: Pick<Tx, "assessment">,
  agentId: string,
): Promise<StoredAssessment | null> {
  const row = await reader.assessment.findUnique({ where: { agentId } });
  if (row === null) return null;
  const factors = z.array(StoredFactor).safeParse(row.factors);
  const signals = z.array(StoredSignal).safeParse(row.signals);
  if (!factors.success || !signals.success) return null;
  const { at, seq, formula, score, rawScore } = row;
  return { at, seq, formula, score, rawScore, factors: factors.data, signals: signals.data };
}

/** The columns of an assessment. */
export function assessmentRow(made: Assessment, at: Date, seq: bigint) {
  return {
    at,
    seq,
    formula: made.formula,
    score: made.adjusted,
    rawScore: made.score,
    factors: made.factors.map((factor) => ({ ...factor, seqs: [...factor.seqs] })),
    signals: made.signals.map(({ signal, value, evidence }) => ({
      signal,
      value,
      evidence: { ...evidence, seqs: [...evidence.seqs] },
    })),
  };
}

/** What a ledger entry and a row of RiskScore say of an assessment: codes and points; words and requests; both. */
export function factorsOf(made: Assessment) {
  const telling = made.factors.filter(({ points }) => points > 0);
  return {
    codes: telling.map(({ signal, adjustedPoints }) => ({ signal, points: adjustedPoints })),
    words: telling.map(({ signal, words, seqs }) => ({ signal, words, seqs: [...seqs] })),
    stored: telling.map(({ adjustedPoints, points, seqs, ...factor }) => ({
      ...factor,
      points: adjustedPoints,
      rawPoints: points,
      seqs: [...seqs],
    })),
  };
}

/** Each factor's value, for the next assessment's fall limit. */
export function valuesOf(
  stored: Pick<StoredAssessment, "factors">,
): Partial<Record<SignalName, number>> {
  return Object.fromEntries(stored.factors.map(({ signal, value }) => [signal, value]));
}

/** What people have explained and is still in force at `now`. */
export async function explanationsAt(
  reader: Pick<Tx, "factorExplanation">,
  agentId: string,
  now: Date,
): Promise<readonly Explanation[]> {
  const rows = await reader.factorExplanation.findMany({
    where: { agentId, until: { gt: now }, at: { lte: now } },
  });
  return rows.flatMap(({ signal, level, until }) => {
    const known = Name.safeParse(signal);
    return known.success ? [{ signal: known.data, value: level, until: until.getTime() }] : [];
  });
}
