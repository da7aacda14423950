import { describeReason } from "@/lib/domain/policy/reasons-text";
import { newId } from "../ids";
import type { Query } from "../ledger/append";
import type { NewReview, WorkingSet } from "./working-set";

/** Writes what a batch changed beside the ledger, in the batch's transaction. */
export async function writeChanges(query: Query, set: WorkingSet): Promise<void> {
  await writeUsage(query, [...set.charged.values()]);
  await writeGrantUse(query, set.used);
  await writeReviews(query, [...set.opened.values()]);
  await writeAskedAgain(query, [...set.askedAgain]);
}

async function writeUsage(
  query: Query,
  rows: readonly (typeof WorkingSet.prototype.charged extends Map<string, infer Row>
    ? Row
    : never)[],
): Promise<void> {
  if (rows.length === 0) return;
  await query(
    `INSERT INTO "BudgetUsage" AS u ("agentId", "period", "bucket", "requests", "records", "spend")
     SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::int[], $5::bigint[], $6::bigint[])
     ON CONFLICT ("agentId", "period", "bucket") DO UPDATE SET
       "requests" = u."requests" + excluded."requests",
       "records" = u."records" + excluded."records",
       "spend" = u."spend" + excluded."spend"`,
    [
      rows.map((row) => row.agentId),
      rows.map((row) => row.period),
      rows.map((row) => row.bucket),
      rows.map((row) => row.requests),
      rows.map((row) => row.records),
      rows.map((row) => row.spend),
    ],
  );
}

async function writeGrantUse(query: Query, used: WorkingSet["used"]): Promise<void> {
  if (used.length === 0) return;
  const rows = await query<{ id: string }>(
    `UPDATE "Grant" g SET "usedAt" = u.at, "usedSeq" = u.seq
     FROM unnest($1::text[], $2::timestamptz[], $3::bigint[]) AS u(id, at, seq)
     WHERE g."id" = u.id AND g."usedAt" IS NULL RETURNING g."id"`,
    [
      used.map(({ id }) => id),
      used.map(({ at }) => at.toISOString()),
      used.map(({ seq }) => seq.toString()),
    ],
  );
  // Can't happen under the ledger lock; if it does, a grant was about to work twice: undo the whole batch.
  if (rows.length !== used.length) throw new Error("a grant was used by somebody else");
}

async function writeReviews(query: Query, reviews: readonly NewReview[]): Promise<void> {
  if (reviews.length === 0) return;
  await query(
    `INSERT INTO "Review" ("id", "agentId", "sponsorId", "outcome", "reason", "requestDigest", "seq", "asked", "createdAt", "dueAt")
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::int[],
       $9::timestamptz[], $10::timestamptz[])`,
    [
      reviews.map((review) => review.id),
      reviews.map((review) => review.agentId),
      reviews.map((review) => review.sponsorId),
      reviews.map((review) => review.outcome),
      reviews.map((review) => review.reason),
      reviews.map((review) => review.digest),
      reviews.map((review) => review.seq.toString()),
      reviews.map((review) => review.asked),
      reviews.map((review) => review.at.toISOString()),
      reviews.map((review) => review.dueAt.toISOString()),
    ],
  );
  await tellSponsors(query, reviews);
}

/** lib/server/notify.ts does the same for Prisma's transactions. */
async function tellSponsors(query: Query, reviews: readonly NewReview[]): Promise<void> {
  const told = reviews.flatMap(({ sponsorId, ...review }) =>
    sponsorId === null ? [] : [{ ...review, sponsorId }],
  );
  if (told.length === 0) return;
  await query(
    `INSERT INTO "Notification" ("id", "personId", "kind", "title", "href", "createdAt")
     SELECT n, p, 'review.opened', t, h, c FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[]) AS x(n, p, t, h, c)`,
    [
      told.map(() => newId("ntf")),
      told.map(({ sponsorId }) => sponsorId),
      told.map(title),
      told.map(({ id }) => `/reviews/${id}`),
      told.map(({ at }) => at.toISOString()),
    ],
  );
}

function title({ outcome, agentName, reason }: NewReview | Omit<NewReview, "sponsorId">): string {
  const what = outcome === "hold" ? "waits for you" : "was blocked";
  return `A request of ${agentName} ${what}: ${describeReason(reason).title.toLowerCase()}`;
}

async function writeAskedAgain(
  query: Query,
  asked: readonly (readonly [string, number])[],
): Promise<void> {
  if (asked.length === 0) return;
  await query(
    `UPDATE "Review" v SET "asked" = v."asked" + a.more
     FROM unnest($1::text[], $2::int[]) AS a(id, more) WHERE v."id" = a.id`,
    [asked.map(([id]) => id), asked.map(([, more]) => more)],
  );
}
