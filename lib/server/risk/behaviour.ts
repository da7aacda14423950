import type { ReasonCode } from "@/lib/domain/policy/reasons";
import type { Behaviour } from "@/lib/domain/risk/score";
import { db } from "../db";

const HOUR_MS = 3_600_000;
const RECENT_MS = 24 * HOUR_MS;
const BASELINE_MS = 30 * 24 * HOUR_MS;

/** Refusals that speak of a forged or foreign credential; a late clock or an ended token is not among them. */
const BAD_PROOFS: readonly ReasonCode[] = [
  "proof_signature_invalid",
  "proof_replayed",
  "proof_token_mismatch",
  "intent_mismatch",
  "token_signature_invalid",
  "token_key_mismatch",
  "token_agent_mismatch",
  "agent_key_unknown",
];

type Row = {
  readonly agentId: string;
  readonly recent: boolean;
  readonly hour: Date;
  readonly pair: string | null;
  readonly allowed: bigint;
  readonly refused: bigint;
  readonly bad: bigint;
};

/**
 * What each agent did in the 24 hours before `now` and in the 30 days before those, from the ledger. A held or blocked
 * request counts once, however often it was asked while its review was open.
 */
export async function readBehaviour(
  agentIds: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, Behaviour>> {
  const recentFrom = new Date(now.getTime() - RECENT_MS);
  const from = new Date(recentFrom.getTime() - BASELINE_MS);
  // A repeated asking is counted where it was first heard in the window: DISTINCT ON keeps one row per review.
  const rows = await db.$queryRaw<Row[]>`
    WITH d AS (
      SELECT DISTINCT ON ("agentId", asking) * FROM (
        SELECT "agentId", "at", "outcome", "reason", b."body",
               coalesce(b."body"->>'reviewId', e."seq"::text) AS asking
          FROM "LedgerEntry" e, LATERAL (SELECT e."canonical"::jsonb AS "body") b
         WHERE e."kind" = 'decision' AND e."agentId" = ANY(${[...agentIds]}::text[])
           AND e."at" > ${from} AND e."at" <= ${now}) x
      ORDER BY "agentId", asking, "at")
    SELECT "agentId", "at" > ${recentFrom} AS recent, date_trunc('hour', "at", 'UTC') AS hour,
           CASE WHEN "outcome" <> 'deny' THEN ("body"->>'action') || ' ' || ("body"->>'resourceType') END AS pair,
           count(*) FILTER (WHERE "outcome" = 'allow') AS allowed,
           count(*) FILTER (WHERE "outcome" IN ('hold', 'block')) AS refused,
           count(*) FILTER (WHERE "outcome" = 'deny' AND "reason" = ANY(${[...BAD_PROOFS]}::text[])) AS bad
      FROM d GROUP BY 1, 2, 3, 4`;
  const grouped = new Map<string, Row[]>(agentIds.map((id) => [id, []]));
  for (const row of rows) grouped.get(row.agentId)?.push(row);
  return new Map([...grouped].map(([id, own]) => [id, summed(own)]));
}

function summed(rows: readonly Row[]): Behaviour {
  const recent = rows.filter((row) => row.recent);
  const before = rows.filter((row) => !row.recent);
  const known = counts(before, ({ pair }) => pair);
  const seen = counts(recent, ({ pair }) => pair);
  return {
    recent: {
      ...totals(recent),
      badProofs: recent.reduce((sum, { bad }) => sum + Number(bad), 0),
      newPairs: [...seen.keys()].filter((pair) => !known.has(pair)).length,
      busiestHour: Math.max(0, ...counts(recent, hourOf).values()),
    },
    baseline: {
      ...totals(before),
      seenOnce: [...known.values()].filter((count) => count === 1).length,
      hours: [...counts(before, hourOf).values()],
    },
  };
}

const hourOf = ({ hour }: Row): string => hour.toISOString();
const decided = ({ allowed, refused }: Row): number => Number(allowed) + Number(refused);

function totals(rows: readonly Row[]): { readonly requests: number; readonly refused: number } {
  return {
    requests: rows.reduce((sum, row) => sum + decided(row), 0),
    refused: rows.reduce((sum, { refused }) => sum + Number(refused), 0),
  };
}

/** Requests by key; rows without a key or without a decided request count for nothing. */
function counts(
  rows: readonly Row[],
  keyOf: (row: Row) => string | null,
): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key !== null && decided(row) > 0) sums.set(key, (sums.get(key) ?? 0) + decided(row));
  }
  return sums;
}
