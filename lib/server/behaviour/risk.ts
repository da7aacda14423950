import { z } from "zod";
import { can } from "@/lib/domain/access/permissions";
import { SIGNAL_LABELS, SIGNALS } from "@/lib/domain/behaviour/signal";
import type {
  AssessmentView,
  ExplanationView,
  RiskMark,
  RiskOverTime,
} from "@/lib/domain/behaviour/view";
import { authorise, type Ctx } from "../context";
import { db } from "../db";
import { manifestInForce } from "../manifest-in-force";
import { readAssessment } from "./stored-assessment";

const DAY_MS = 86_400_000;
const MOST_POINTS = 2000;

/**
 * Why the agent's score is what it is: both figures, the factors in words with the requests behind them, and what people
 * have explained. Null where it was never assessed. Throws AppError("forbidden").
 */
export async function currentAssessment(ctx: Ctx, agentId: string): Promise<AssessmentView | null> {
  authorise(ctx, "agent:read");
  const [stored, explanations] = await Promise.all([
    readAssessment(db, agentId),
    explanationViews(ctx, agentId),
  ]);
  if (stored === null) return null;
  return {
    at: stored.at.toISOString(),
    formula: stored.formula,
    score: stored.score,
    rawScore: stored.rawScore,
    factors: stored.factors
      .filter(({ points }) => points > 0)
      .map(({ measured: _, ...factor }) => ({ ...factor, label: SIGNAL_LABELS[factor.signal] })),
    explanations,
  };
}

const Signal = z.enum(SIGNALS);

async function explanationViews(ctx: Ctx, agentId: string): Promise<readonly ExplanationView[]> {
  const rows = await db.factorExplanation.findMany({
    where: { agentId, until: { gt: ctx.now } },
    orderBy: { at: "desc" },
  });
  const people = await db.person.findMany({
    where: { id: { in: rows.map(({ personId }) => personId) } },
    select: { id: true, name: true },
  });
  const words = can(ctx.actor, "ledger:detail");
  return rows.flatMap((row): ExplanationView[] => {
    const signal = Signal.safeParse(row.signal);
    if (!signal.success) return [];
    const by = people.find(({ id }) => id === row.personId);
    return [
      {
        id: row.id,
        signal: signal.data,
        label: SIGNAL_LABELS[signal.data],
        level: row.level,
        until: row.until.toISOString(),
        at: row.at.toISOString(),
        by: by ?? { id: row.personId, name: row.personId },
        reason: words ? row.reason : null,
        seq: Number(row.seq),
      },
    ];
  });
}

const Factors = z.array(z.object({ signal: z.string(), points: z.number() })).catch([]);

/** The score over time with its factors, the thresholds, and what happened on the same axis. Throws AppError("forbidden"). */
export async function riskOverTime(
  ctx: Ctx,
  { agentId, days = 30 }: { readonly agentId: string; readonly days?: number },
): Promise<RiskOverTime> {
  authorise(ctx, "agent:read");
  const from = new Date(ctx.now.getTime() - days * DAY_MS);
  const between = { gte: from, lte: ctx.now };
  const [scores, manifest, marks] = await Promise.all([
    db.riskScore.findMany({
      where: { agentId, at: between },
      orderBy: { id: "desc" },
      take: MOST_POINTS,
    }),
    manifestInForce(db, agentId, ctx.now),
    readMarks(agentId, between),
  ]);
  return {
    points: scores.toReversed().map(({ at, score, rawScore, formula, factors, seq }) => ({
      at: at.toISOString(),
      score,
      rawScore: rawScore ?? score,
      formula,
      seq: Number(seq),
      factors: Factors.parse(factors).map(({ signal, points }) => ({ signal, points })),
    })),
    marks,
    thresholds: manifest?.document.risk ?? null,
  };
}

async function readMarks(
  agentId: string,
  between: { readonly gte: Date; readonly lte: Date },
): Promise<readonly RiskMark[]> {
  const entries = await db.ledgerEntry.findMany({
    where: { agentId, kind: { in: MARKED }, at: between },
    orderBy: { seq: "asc" },
    select: { seq: true, at: true, kind: true, canonical: true },
  });
  return entries.flatMap(({ seq, at, kind, canonical }): RiskMark[] => {
    const mark = Mark.safeParse(JSON.parse(canonical));
    if (at === null || kind === null || !mark.success) return [];
    return [{ at: at.toISOString(), seq: Number(seq), ...wordsOf(mark.data) }];
  });
}

const MARKED = [
  "manifest.approved",
  "containment.applied",
  "containment.lifted",
  "risk.factor-explained",
];

const Mark = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("manifest.approved"), version: z.number() }),
  z.object({ kind: z.literal("containment.applied"), level: z.string() }),
  z.object({ kind: z.literal("containment.lifted"), level: z.string() }),
  z.object({ kind: z.literal("risk.factor-explained"), signal: z.string() }),
]);

function wordsOf(mark: z.infer<typeof Mark>): Pick<RiskMark, "kind" | "label"> {
  switch (mark.kind) {
    case "manifest.approved":
      return { kind: "approved", label: `Manifest version ${mark.version} approved` };
    case "containment.applied":
      return { kind: "contained", label: `Contained: ${mark.level}` };
    case "containment.lifted":
      return { kind: "lifted", label: `Containment lifted: ${mark.level}` };
    case "risk.factor-explained": {
      const signal = Signal.safeParse(mark.signal);
      const label = signal.success ? SIGNAL_LABELS[signal.data] : mark.signal;
      return { kind: "explained", label: `Explained: ${label}` };
    }
  }
}
