import { bucketStarts } from "@/lib/domain/policy/usage";
import type { Query } from "../ledger/append";
import type { ReviewNote } from "./item";

/** What a batch looks up for one request. */
export type Lookup = {
  readonly agentId: string;
  readonly digest: string;
  readonly clusterId: string;
  readonly target: string;
  readonly at: Date;
};

export type GrantRow = {
  readonly id: string;
  readonly agentId: string;
  readonly digest: string;
  /** epoch ms */
  readonly expiresAt: number;
  /** how the request was answered that a person let through */
  readonly outcome: string;
};

type Facts = {
  readonly epoch: bigint;
  readonly usage: readonly {
    readonly agentId: string;
    readonly period: string;
    readonly bucket: number;
    readonly requests: number;
    readonly records: number;
    readonly spend: number;
  }[];
  readonly grants: readonly GrantRow[];
  readonly targets: readonly {
    readonly agentId: string;
    readonly clusterId: string;
    readonly target: string;
  }[];
  /** open ones, and what a person answered lately */
  readonly reviews: readonly (ReviewNote & {
    readonly agentId: string;
    readonly digest: string;
    readonly outcome: string;
    readonly reason: string;
    /** epoch ms; null while open */
    readonly resolvedAt: number | null;
  })[];
  readonly openReviews: readonly { readonly agentId: string; readonly count: number }[];
};

/** What a person answered about a request stands for so long: asking again opens no new review (firm policy). */
export const ANSWER_STANDS_MS = 24 * 3600 * 1000;

const SELECT_FACTS = `
WITH asked AS (SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS a("agentId", digest, "clusterId", target)),
     agents AS (SELECT DISTINCT "agentId" FROM asked),
     requests AS (SELECT DISTINCT "agentId", digest FROM asked)
SELECT
  (SELECT "epoch" FROM "StateEpoch" WHERE "id" = 1) AS epoch,
  (SELECT coalesce(json_agg(u), '[]') FROM "BudgetUsage" u
     JOIN unnest($5::text[], $6::text[], $7::bigint[]) AS b("agentId", period, bucket)
       ON u."agentId" = b."agentId" AND u."period" = b.period AND u."bucket" = b.bucket) AS usage,
  (SELECT coalesce(json_agg(json_build_object('id', g."id", 'agentId', g."agentId", 'digest', g."requestDigest",
      'expiresAt', (extract(epoch FROM g."expiresAt") * 1000)::float8, 'outcome', v."outcome") ORDER BY g."expiresAt"), '[]')
     FROM requests r JOIN "Grant" g ON g."agentId" = r."agentId" AND g."requestDigest" = r.digest
     JOIN "Review" v ON v."id" = g."reviewId"
     -- Leave was given beside the manifest of that time: what was approved since has the last word.
     JOIN "Manifest" m ON m."agentId" = g."agentId" AND m."state" = 'approved' AND m."approvedAt" <= g."createdAt"
    WHERE g."usedAt" IS NULL) AS grants,
  (SELECT coalesce(json_agg(json_build_object('agentId', a."agentId", 'clusterId', a."clusterId", 'target', a.target)), '[]')
     FROM asked a JOIN "Manifest" m ON m."agentId" = a."agentId" AND m."state" = 'approved'
     JOIN "ConfirmedTarget" t ON t."manifestId" = m."id" AND t."clusterId" = a."clusterId" AND t."target" = a.target) AS targets,
  (SELECT coalesce(json_agg(json_build_object('id', v."id", 'agentId', v."agentId", 'digest', v."requestDigest",
      'outcome', v."outcome", 'reason', v."reason", 'state', CASE WHEN v."state" = 'open' THEN 'open' WHEN v."resolution" = 'amend' THEN 'amended' ELSE 'upheld' END,
      'resolvedAt', (extract(epoch FROM v."resolvedAt") * 1000)::float8)), '[]')
     FROM requests r CROSS JOIN LATERAL (
       (SELECT * FROM "Review" o WHERE o."agentId" = r."agentId" AND o."requestDigest" = r.digest AND o."state" = 'open')
       UNION ALL
       (SELECT * FROM "Review" d WHERE d."agentId" = r."agentId" AND d."requestDigest" = r.digest
          AND d."state" = 'resolved' AND d."createdAt" > $8::timestamptz ORDER BY d."createdAt" DESC LIMIT 1)) v
    WHERE v."state" = 'open' OR v."resolution" IN ('uphold', 'amend')) AS reviews,
  (SELECT coalesce(json_agg(json_build_object('agentId', n."agentId", 'count', n.count)), '[]')
     FROM (SELECT v."agentId", count(*)::int AS count FROM "Review" v
            WHERE v."state" = 'open' AND v."agentId" IN (SELECT "agentId" FROM agents) GROUP BY 1) n) AS "openReviews"`;

/** An answer counts from when it was given, but reviews are found by when they were opened. */
const LOOK_BACK_MS = 14 * 24 * 3600 * 1000;

/** Everything that the batch may depend on beside the agents' state, in one round trip. Call it under the ledger lock. */
export async function readFacts(query: Query, lookups: readonly Lookup[]): Promise<Facts> {
  const buckets = new Map<string, readonly [string, string, number]>();
  for (const { agentId, at } of lookups) {
    for (const [period, start] of Object.entries(bucketStarts(at.getTime()))) {
      buckets.set(`${agentId} ${period} ${start}`, [agentId, period, start]);
    }
  }
  const keys = [...buckets.values()];
  const earliest = Math.min(...lookups.map(({ at }) => at.getTime()));
  const rows = await query<Omit<Facts, "epoch"> & { readonly epoch: string }>(SELECT_FACTS, [
    lookups.map(({ agentId }) => agentId),
    lookups.map(({ digest }) => digest),
    lookups.map(({ clusterId }) => clusterId),
    lookups.map(({ target }) => target),
    keys.map(([agentId]) => agentId),
    keys.map(([, period]) => period),
    keys.map(([, , start]) => start),
    new Date(earliest - LOOK_BACK_MS).toISOString(),
  ]);
  const row = rows[0];
  if (!row) throw new Error("the database answered nothing");
  return { ...row, epoch: BigInt(row.epoch) };
}

export type ProofKey = { readonly jkt: string; readonly jti: string };

/** Remembers proofs; what comes back was not seen before, by any gateway. */
export async function claimProofs(
  query: Query,
  proofs: readonly (ProofKey & { readonly expiresAt: number })[],
): Promise<readonly ProofKey[]> {
  if (proofs.length === 0) return [];
  return query<ProofKey>(
    `INSERT INTO "SeenProof" ("jkt", "jti", "expiresAt")
     SELECT k, i, to_timestamp(e / 1000.0) FROM unnest($1::text[], $2::text[], $3::float8[]) AS p(k, i, e)
     ON CONFLICT DO NOTHING RETURNING "jkt", "jti"`,
    [
      proofs.map(({ jkt }) => jkt),
      proofs.map(({ jti }) => jti),
      proofs.map(({ expiresAt }) => expiresAt),
    ],
  );
}

/** Forgets proofs that no gateway accepts any more. */
export async function forgetProofs(query: Query, now: Date): Promise<void> {
  await query(
    `DELETE FROM "SeenProof" WHERE ("jkt", "jti") IN
       (SELECT "jkt", "jti" FROM "SeenProof" WHERE "expiresAt" < $1 ORDER BY "expiresAt" LIMIT 20000)`,
    [now],
  );
}
