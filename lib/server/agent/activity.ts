import { z } from "zod";
import { can } from "@/lib/domain/access/permissions";
import type { AgentActivity, DayOutcomes, DecisionRow } from "@/lib/domain/agent/view";
import { parseBody } from "@/lib/domain/ledger/body";
import { REASONS, type ReasonCode } from "@/lib/domain/policy/reasons";
import { describeReason } from "@/lib/domain/policy/reasons-text";
import { isTimeZone } from "@/lib/format";
import { authorise, type Ctx } from "../context";
import { db } from "../db";

const DAY_MS = 86_400_000;
const ACTIVITY_DAYS = 30;
const RISK_POINTS = 30;

/** Risk and requests over time, for charts. Days are those of `timeZone`. Throws AppError("forbidden"). */
export async function agentActivity(
  ctx: Ctx,
  agentId: string,
  timeZone: string,
): Promise<AgentActivity> {
  authorise(ctx, "agent:read");
  const zone = isTimeZone(timeZone) ? timeZone : "UTC";
  const since = new Date(ctx.now.getTime() - (ACTIVITY_DAYS + 1) * DAY_MS);
  const [scores, counts] = await Promise.all([
    db.riskScore.findMany({
      where: { agentId },
      orderBy: [{ at: "desc" }, { id: "desc" }],
      take: RISK_POINTS,
    }),
    db.$queryRaw<{ day: string; allow: number; hold: number; block: number; deny: number }[]>`
      SELECT to_char(e."at" AT TIME ZONE ${zone}, 'YYYY-MM-DD') AS day,
        (count(*) FILTER (WHERE e."outcome" = 'allow'))::int AS allow,
        (count(*) FILTER (WHERE e."outcome" = 'hold'))::int AS hold,
        (count(*) FILTER (WHERE e."outcome" = 'block'))::int AS block,
        (count(*) FILTER (WHERE e."outcome" = 'deny'))::int AS deny
      FROM "LedgerEntry" e
      WHERE e."agentId" = ${agentId} AND e."kind" = 'decision' AND e."at" >= ${since} AND e."at" <= ${ctx.now}
      GROUP BY 1`,
  ]);
  const counted = new Map(counts.map((row) => [row.day, row]));
  const days = lastDays(ctx.now, zone).map(
    (day): DayOutcomes => counted.get(day) ?? { day, allow: 0, hold: 0, block: 0, deny: 0 },
  );
  return {
    risk: scores.map(({ at, score }) => ({ at: at.toISOString(), score })).reverse(),
    factors: Factors.parse(scores[0]?.factors),
    days,
  };
}

/** The last 30 calendar days in the zone, today last. */
function lastDays(now: Date, timeZone: string): readonly string[] {
  const today = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" }).format(now);
  const noon = Date.parse(`${today}T12:00:00Z`);
  return Array.from({ length: ACTIVITY_DAYS }, (_, index) =>
    new Date(noon - (ACTIVITY_DAYS - 1 - index) * DAY_MS).toISOString().slice(0, 10),
  );
}

const Factors = z.array(z.object({ signal: z.string(), points: z.number() })).catch([]);

/** The newest decisions about the agent; their sentences only where the reader may read words. Throws AppError("forbidden"). */
export async function agentDecisions(
  ctx: Ctx,
  agentId: string,
  take = 20,
): Promise<readonly DecisionRow[]> {
  authorise(ctx, "ledger:read");
  const entries = await db.ledgerEntry.findMany({
    where: { agentId, kind: "decision" },
    orderBy: { seq: "desc" },
    take,
  });
  const sentences = can(ctx.actor, "ledger:detail")
    ? await readSentences(entries.map(({ seq }) => seq))
    : new Map<bigint, string>();
  return entries.flatMap(({ seq, canonical }) => {
    const body = parseBody(canonical);
    if (body?.kind !== "decision") return [];
    return [
      {
        seq: Number(seq),
        at: body.at,
        outcome: body.outcome,
        reason: body.reason,
        reasonTitle: titleOf(body.reason),
        cluster: body.cluster,
        action: body.action,
        resourceType: body.resourceType,
        simulated: body.simulated,
        reviewId: body.reviewId,
        sentence: sentences.get(seq) ?? null,
      },
    ];
  });
}

function isReason(code: string): code is ReasonCode {
  return Object.hasOwn(REASONS, code);
}

/** A code that this version does not know is shown as it stands. */
function titleOf(code: string): string {
  return isReason(code) ? describeReason(code).title : code;
}

const Worded = z.object({ sentence: z.string() });

async function readSentences(seqs: readonly bigint[]): Promise<ReadonlyMap<bigint, string>> {
  const details = await db.ledgerDetail.findMany({ where: { seq: { in: [...seqs] } } });
  return new Map(
    details.flatMap(({ seq, detail }) => {
      const worded = Worded.safeParse(detail);
      return worded.success ? [[seq, worded.data.sentence] as const] : [];
    }),
  );
}
