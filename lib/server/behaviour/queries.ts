import { asKind, asTier } from "@/lib/domain/agent/tier";
import type {
  ActionMix,
  BudgetBurn,
  ClusterFlow,
  MixRow,
  OutcomeBucket,
  OutcomesOverTime,
  PortfolioRow,
} from "@/lib/domain/behaviour/view";
import { BASELINE_DAYS, CURRENT_DAYS } from "@/lib/domain/behaviour/windows";
import { asContainment } from "@/lib/domain/containment/rules";
import { compileBudgets } from "@/lib/domain/policy/budgets";
import type { Outcome } from "@/lib/domain/policy/reasons";
import { bucketStarts } from "@/lib/domain/policy/usage";
import { Prisma } from "@/prisma/generated/client";
import { authorise, type Ctx } from "../context";
import { db } from "../db";
import { manifestInForce } from "../manifest-in-force";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const STEP_MS = { hour: HOUR_MS, day: DAY_MS } as const;
const MOST_DAYS = 90;

const daysBefore = (now: Date, days: number) => new Date(now.getTime() - days * DAY_MS);
const bounded = (days: number) => Math.min(MOST_DAYS, Math.max(1, Math.trunc(days)));

/** Requests by outcome, per hour or day (UTC), of one agent or of all (`agentId` null). Throws AppError("forbidden"). */
export async function outcomesOverTime(
  ctx: Ctx,
  asked: {
    readonly agentId: string | null;
    readonly days?: number;
    readonly step?: "hour" | "day";
  },
): Promise<OutcomesOverTime> {
  authorise(ctx, "agent:read");
  const step = asked.step ?? "day";
  const ms = STEP_MS[step];
  const last = Math.floor(ctx.now.getTime() / ms) * ms;
  const count = Math.ceil((bounded(asked.days ?? 30) * DAY_MS) / ms);
  const starts = Array.from({ length: count }, (_, index) => last - (count - 1 - index) * ms);
  const whose =
    asked.agentId === null ? Prisma.sql`true` : Prisma.sql`"agentId" = ${asked.agentId}`;
  // Summed by hour first, and not as bigints (PostgreSQL adds those up as decimals): a third of the time.
  const rows = await db.$queryRaw<OutcomeRow[]>`
    SELECT date_trunc(${step}, h."hour", 'UTC') AS start, h."outcome", sum(h.requests)::int AS requests,
      sum(h.records) AS records, sum(h.spend) AS spend
    FROM (SELECT "hour", "outcome", sum("requests") AS requests, sum("records"::float8) AS records, sum("spend"::float8) AS spend
            FROM "HourlyOutcome" WHERE ${whose} AND "hour" >= ${new Date(starts[0] ?? last)} AND "hour" <= ${ctx.now}
           GROUP BY 1, 2) h GROUP BY 1, 2`;
  const found = new Map<number, Omit<OutcomeBucket, "at">>();
  for (const { start, outcome, requests, records, spend } of rows) {
    const sums = found.get(start.getTime()) ?? NOTHING;
    found.set(start.getTime(), {
      ...sums,
      [outcome]: requests,
      records: sums.records + records,
      spend: sums.spend + spend,
    });
  }
  return {
    step,
    buckets: starts.map((start) => ({
      at: new Date(start).toISOString(),
      ...(found.get(start) ?? NOTHING),
    })),
  };
}

type OutcomeRow = {
  readonly start: Date;
  readonly outcome: Outcome;
  readonly requests: number;
  readonly records: number;
  readonly spend: number;
};

const NOTHING = { allow: 0, hold: 0, block: 0, deny: 0, records: 0, spend: 0 };

/** What the agent does now (7 days) against before (30 days). Denials are left out. Throws AppError("forbidden"). */
export async function actionMix(
  ctx: Ctx,
  { agentId }: { readonly agentId: string },
): Promise<ActionMix> {
  authorise(ctx, "agent:read");
  const border = daysBefore(ctx.now, CURRENT_DAYS);
  const from = daysBefore(ctx.now, CURRENT_DAYS + BASELINE_DAYS);
  const rows = await db.$queryRaw<Omit<MixRow, "nowShare" | "baselineShare">[]>`
    SELECT "cluster", "action", "resourceType",
      coalesce(sum("requests") FILTER (WHERE "hour" > ${border}), 0)::int AS now,
      coalesce(sum("requests") FILTER (WHERE "hour" <= ${border}), 0)::int AS baseline
    FROM "HourlyMix" WHERE "agentId" = ${agentId} AND "hour" > ${from} AND "hour" <= ${ctx.now}
    GROUP BY 1, 2, 3 ORDER BY sum("requests") DESC, 1, 2, 3`;
  const sum = (key: "now" | "baseline") =>
    Math.max(
      1,
      rows.reduce((all, row) => all + row[key], 0),
    );
  const [now, baseline] = [sum("now"), sum("baseline")];
  return {
    currentDays: CURRENT_DAYS,
    baselineDays: BASELINE_DAYS,
    rows: rows.map((row) => ({
      ...row,
      nowShare: row.now / now,
      baselineShare: row.baseline / baseline,
    })),
  };
}

/** From which cluster the agent goes to which within a task's trace. Throws AppError("forbidden"). */
export async function clusterFlow(
  ctx: Ctx,
  { agentId, days = 30 }: { readonly agentId: string; readonly days?: number },
): Promise<ClusterFlow> {
  authorise(ctx, "agent:read");
  const from = daysBefore(ctx.now, bounded(days));
  const [clusters, links] = await Promise.all([
    db.$queryRaw<{ cluster: string; requests: number }[]>`
      SELECT "cluster", sum("requests")::int AS requests FROM "HourlyMix"
      WHERE "agentId" = ${agentId} AND "hour" > ${from} AND "hour" <= ${ctx.now} AND "cluster" <> ''
      GROUP BY 1 ORDER BY 2 DESC, 1`,
    db.$queryRaw<{ from: string; to: string; steps: number }[]>`
      SELECT "from", "to", sum("steps")::int AS steps FROM "HourlyTransition"
      WHERE "agentId" = ${agentId} AND "hour" > ${from} AND "hour" <= ${ctx.now}
      GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2`,
  ]);
  return { clusters, links };
}

/** What is used of the budgets of the manifest in force, and per day before. Throws AppError("forbidden"). */
export async function budgetBurn(
  ctx: Ctx,
  { agentId, days = 30 }: { readonly agentId: string; readonly days?: number },
): Promise<BudgetBurn> {
  authorise(ctx, "agent:read");
  const starts = bucketStarts(ctx.now.getTime());
  const [manifest, usage, { buckets }] = await Promise.all([
    manifestInForce(db, agentId, ctx.now),
    db.budgetUsage.findMany({
      where: {
        agentId,
        OR: Object.entries(starts).map(([period, start]) => ({ period, bucket: BigInt(start) })),
      },
    }),
    outcomesOverTime(ctx, { agentId, days }),
  ]);
  const budgets = compileBudgets(manifest?.document.budgets ?? {});
  return {
    currency: budgets.currency,
    limits: budgets.normal.map(({ measure, period, limit }) => {
      const used = usage.find((row) => row.period === period);
      return { measure, period, limit, used: Number(used?.[measure] ?? 0) };
    }),
    days: buckets.map(({ at, allow, hold, block, records, spend }) => ({
      day: at.slice(0, 10),
      // As budgets count: every decided request, but only what allowed ones used.
      requests: allow + hold + block,
      records,
      spend,
    })),
  };
}

const WEEK_DAYS = 7;

/** Every agent in production with its score now and a week ago, highest first. Throws AppError("forbidden"). */
export async function portfolio(ctx: Ctx): Promise<readonly PortfolioRow[]> {
  authorise(ctx, "agent:read");
  const weekAgo = daysBefore(ctx.now, WEEK_DAYS);
  const rows = await db.$queryRaw<
    (Omit<PortfolioRow, "tier" | "kind" | "containment"> & {
      readonly tier: string;
      readonly kind: string;
      readonly containment: string | null;
    })[]
  >`
    SELECT a."id" AS "agentId", a."name", a."tier", a."kind", a."containment", a."riskScore" AS score,
      s."rawScore", b."score" AS "scoreBefore", coalesce(h.requests, 0)::int AS requests, coalesce(h.refused, 0)::int AS refused
    FROM "Agent" a
    LEFT JOIN "Assessment" s ON s."agentId" = a."id"
    LEFT JOIN LATERAL (SELECT r."score" FROM "RiskScore" r
      WHERE r."agentId" = a."id" AND r."at" <= ${weekAgo} ORDER BY r."at" DESC LIMIT 1) b ON true
    LEFT JOIN LATERAL (SELECT sum(o."requests") AS requests,
        sum(o."requests") FILTER (WHERE o."outcome" IN ('hold', 'block')) AS refused
      FROM "HourlyOutcome" o WHERE o."agentId" = a."id" AND o."hour" > ${weekAgo} AND o."hour" <= ${ctx.now}) h ON true
    WHERE a."status" = 'production' ORDER BY a."riskScore" DESC, a."name"`;
  return rows.map((row) => ({
    ...row,
    tier: asTier(row.tier),
    kind: asKind(row.kind),
    containment: asContainment(row.containment),
  }));
}
