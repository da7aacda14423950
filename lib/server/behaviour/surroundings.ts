import { can } from "@/lib/domain/access/permissions";
import type {
  DecisionSurroundings,
  NeighbourView,
  ReasoningPoint,
  SpanView,
} from "@/lib/domain/behaviour/view";
import { AppError } from "@/lib/domain/errors";
import { OUTCOMES, type Outcome } from "@/lib/domain/policy/reasons";
import type { DecisionStep, TraceSpan } from "@/prisma/generated/client";
import { authorise, type Ctx } from "../context";
import { db } from "../db";

const DAY_MS = 86_400_000;
const MOST_SPANS = 200;
const NEIGHBOURS = 10;
const MOST_POINTS = 5000;

/** The newest requests with how far their stated reasoning lay from the manifest and from the act. Throws AppError("forbidden"). */
export async function reasoningPoints(
  ctx: Ctx,
  asked: { readonly agentId: string; readonly days?: number; readonly take?: number },
): Promise<readonly ReasoningPoint[]> {
  authorise(ctx, "agent:read");
  const { agentId, days = 30, take = 1000 } = asked;
  const rows = await db.decisionStep.findMany({
    where: {
      agentId,
      at: { gt: new Date(ctx.now.getTime() - days * DAY_MS), lte: ctx.now },
      reasoningDistance: { not: null },
    },
    orderBy: { seq: "desc" },
    take: Math.min(MOST_POINTS, Math.max(1, take)),
  });
  return rows.flatMap((row): ReasoningPoint[] => {
    const { reasoningDistance, actDistance, distanceModel } = row;
    if (reasoningDistance === null || actDistance === null || distanceModel === null) return [];
    const { cluster, action, resourceType } = row;
    return [
      {
        seq: Number(row.seq),
        at: row.at.toISOString(),
        cluster,
        action,
        resourceType,
        outcome: asOutcome(row.outcome),
        reasoningDistance,
        actDistance,
        model: distanceModel,
      },
    ];
  });
}

/**
 * What surrounds one decision: the outcome that was reported, the spans of its trace, the requests before and after.
 * Throws AppError("forbidden"), AppError("not-found") where it is no decision or not read yet.
 */
export async function surroundings(ctx: Ctx, seq: number): Promise<DecisionSurroundings> {
  authorise(ctx, "agent:read");
  const step = Number.isSafeInteger(seq)
    ? await db.decisionStep.findUnique({ where: { seq: BigInt(seq) } })
    : null;
  if (step === null) throw new AppError("not-found", "nothing is known around this entry");
  const { agentId, traceId } = step;
  const [report, spans, neighbours] = await Promise.all([
    db.decisionOutcome.findUnique({ where: { seq: step.seq } }),
    traceId === null
      ? []
      : db.traceSpan.findMany({
          where: { agentId, traceId },
          orderBy: { startAt: "asc" },
          take: MOST_SPANS,
        }),
    readNeighbours(step),
  ]);
  const words = can(ctx.actor, "ledger:detail");
  return {
    traceId,
    outcome: report && {
      status: statusOf(report.status),
      errorClass: report.errorClass,
      records: report.records,
      bytes: report.bytes === null ? null : Number(report.bytes),
      at: report.at.toISOString(),
      reportSeq: Number(report.reportSeq),
    },
    reasoningDistance: step.reasoningDistance,
    actDistance: step.actDistance,
    distanceModel: step.distanceModel,
    spans: spans.map((span) => spanView(span, words)),
    neighbours,
  };
}

async function readNeighbours(step: DecisionStep): Promise<readonly NeighbourView[]> {
  const { agentId, seq, traceId } = step;
  const [before, after] = await Promise.all([
    db.decisionStep.findMany({
      where: { agentId, seq: { lt: seq } },
      orderBy: { seq: "desc" },
      take: NEIGHBOURS,
    }),
    db.decisionStep.findMany({
      where: { agentId, seq: { gt: seq } },
      orderBy: { seq: "asc" },
      take: NEIGHBOURS,
    }),
  ]);
  return [...before.reverse(), ...after].map((row) => ({
    seq: Number(row.seq),
    at: row.at.toISOString(),
    cluster: row.cluster,
    action: row.action,
    resourceType: row.resourceType,
    outcome: asOutcome(row.outcome),
    sameTrace: traceId !== null && row.traceId === traceId,
  }));
}

function spanView(span: TraceSpan, words: boolean): SpanView {
  const { spanId, parentSpanId, name, operation, model, tool, errorType } = span;
  return {
    spanId,
    parentSpanId,
    name,
    operation,
    model,
    tool,
    status: span.status === "error" || span.status === "ok" ? span.status : "unset",
    errorType,
    startAt: span.startAt.toISOString(),
    ms: span.endAt.getTime() - span.startAt.getTime(),
    inputTokens: span.inputTokens,
    outputTokens: span.outputTokens,
    decisionSeq: span.decisionSeq === null ? null : Number(span.decisionSeq),
    messages: words && span.messages !== null ? JSON.stringify(span.messages) : null,
  };
}

/** The database knows no other; were there one, it is nothing that was allowed. */
const asOutcome = (text: string): Outcome => OUTCOMES.find((known) => known === text) ?? "deny";

function statusOf(text: string): "success" | "error" | "ambiguous" {
  return text === "success" || text === "error" ? text : "ambiguous";
}
