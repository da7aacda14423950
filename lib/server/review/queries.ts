import { can } from "@/lib/domain/access/permissions";
import { asTier } from "@/lib/domain/agent/tier";
import { isResolution, urgency } from "@/lib/domain/review/review";
import type { Named, ReviewCounts, ReviewPage, ReviewRow } from "@/lib/domain/review/view";
import { Prisma } from "@/prisma/generated/client";
import { concerns } from "../concerns";
import { authorise, type Ctx } from "../context";
import { db } from "../db";
import { asReason, type Decided, readDecided } from "./decided";
import { conditions, isUrgency, order, ReviewFilter } from "./filter";

const NAMED = { select: { id: true, name: true } } as const;

/** A page of the queue, what is due first in front. Unknown filter values count as not given. Throws AppError("forbidden"). */
export async function listReviews(
  ctx: Ctx,
  raw: Readonly<Record<string, unknown>>,
): Promise<ReviewPage> {
  authorise(ctx, "review:read");
  const filter = ReviewFilter.parse(raw);
  const { page, pageSize, sort } = filter;
  const from = Prisma.sql`"Review" v JOIN "Agent" a ON a."id" = v."agentId"`;
  const where = conditions(filter, { personId: ctx.actor.id, now: ctx.now });
  const [ids, counts] = await Promise.all([
    db.$queryRaw<{ id: string }[]>`SELECT v."id" FROM ${from} WHERE ${where}
      ORDER BY ${order(sort)} LIMIT ${pageSize} OFFSET ${(page - 1) * pageSize}`,
    db.$queryRaw<{ total: bigint }[]>`SELECT count(*) AS total FROM ${from} WHERE ${where}`,
  ]);
  const rows = await reviewRows(
    ctx,
    ids.map(({ id }) => id),
  );
  return { rows, total: Number(counts[0]?.total ?? 0), page, pageSize, sort };
}

/** How many reviews are open, in all or of the agents that concern the reader. Throws AppError("forbidden"). */
export async function countReviews(
  ctx: Ctx,
  scope: { readonly mine: boolean },
): Promise<ReviewCounts> {
  authorise(ctx, "review:read");
  const whose = scope.mine ? concerns(ctx.actor.id) : Prisma.sql`TRUE`;
  const rows = await db.$queryRaw<Record<keyof ReviewCounts, bigint>[]>`
    SELECT count(*) AS open,
           count(*) FILTER (WHERE ${isUrgency("overdue", ctx.now)}) AS overdue,
           count(*) FILTER (WHERE ${isUrgency("soon", ctx.now)}) AS soon,
           count(*) FILTER (WHERE v."escalatedAt" IS NOT NULL) AS escalated
      FROM "Review" v JOIN "Agent" a ON a."id" = v."agentId"
     WHERE v."state" = 'open' AND ${whose}`;
  const row = rows[0];
  return {
    open: Number(row?.open ?? 0),
    overdue: Number(row?.overdue ?? 0),
    soon: Number(row?.soon ?? 0),
    escalated: Number(row?.escalated ?? 0),
  };
}

/** Agents that have or had a review, for the filter of the queue. Throws AppError("forbidden"). */
export async function reviewedAgents(ctx: Ctx): Promise<readonly Named[]> {
  authorise(ctx, "review:read");
  return db.agent.findMany({
    where: { reviews: { some: {} } },
    ...NAMED,
    orderBy: { name: "asc" },
  });
}

async function reviewRows(ctx: Ctx, ids: readonly string[]): Promise<readonly ReviewRow[]> {
  const reviews = await db.review.findMany({
    where: { id: { in: [...ids] } },
    include: {
      agent: { select: { id: true, name: true, tier: true } },
      sponsor: NAMED,
      resolvedBy: NAMED,
    },
  });
  const decided = await decidedBySeq(
    ctx,
    reviews.map(({ seq }) => seq),
  );
  const rows = new Map(
    reviews.map((review) => {
      const row: ReviewRow = {
        id: review.id,
        agent: { ...review.agent, tier: asTier(review.agent.tier) },
        sponsor: review.sponsor,
        outcome: review.outcome === "hold" ? "hold" : "block",
        reason: asReason(review.reason),
        asked: askedFor(decided.get(review.seq)),
        times: review.asked,
        createdAt: review.createdAt.toISOString(),
        dueAt: review.dueAt.toISOString(),
        urgency: review.state === "open" ? urgency(review, ctx.now) : null,
        escalated: review.escalatedAt !== null,
        resolution:
          review.resolution !== null && isResolution(review.resolution) ? review.resolution : null,
        resolvedBy: review.resolvedBy,
        resolvedAt: review.resolvedAt?.toISOString() ?? null,
      };
      return [review.id, row] as const;
    }),
  );
  return ids.flatMap((id) => rows.get(id) ?? []);
}

async function decidedBySeq(
  ctx: Ctx,
  seqs: readonly bigint[],
): Promise<ReadonlyMap<bigint, Decided>> {
  const entries = await db.ledgerEntry.findMany({
    where: { seq: { in: [...seqs] } },
    select: { seq: true, canonical: true },
  });
  const decided = await readDecided(entries, can(ctx.actor, "ledger:detail"));
  return new Map(decided.map((one) => [one.seq, one]));
}

/** What was asked, as far as the reader may see it: `read contract:acme/17`, else `read contract`; null: not readable. */
export function askedFor(decided: Decided | undefined): string | null {
  if (decided === undefined) return null;
  const request = decided.detail?.request;
  if (request) return `${request.action.name} ${request.resource.type}:${request.resource.id}`;
  return decided.action === null ? null : `${decided.action} ${decided.resourceType ?? ""}`.trim();
}
