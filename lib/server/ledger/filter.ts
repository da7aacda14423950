import { z } from "zod";
import { KIND_LABEL } from "@/lib/domain/ledger/describe";
import { OUTCOMES } from "@/lib/domain/policy/reasons";
import { isTimeZone } from "@/lib/format";
import { Prisma } from "@/prisma/generated/client";

const text = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    // The database takes no NUL.
    .refine((value) => !value.includes("\0"))
    .nullable()
    .catch(null);
const day = z.iso.date().nullable().catch(null);

/** What the reader of the ledger asked for. It comes from an address, so what makes no sense counts as not asked. */
export const LedgerFilter = z.object({
  page: z.coerce.number().int().min(1).max(1_000_000).catch(1),
  /** a kind, or `acts`: everything but decisions and what agents report of them */
  kind: z
    .string()
    .refine((kind) => kind === "acts" || Object.hasOwn(KIND_LABEL, kind))
    .nullable()
    .catch(null),
  agentId: text(80),
  /** who acted, or the sponsor who is accountable */
  personId: text(80),
  outcome: z.enum(OUTCOMES).nullable().catch(null),
  reason: text(64),
  /** days in `timeZone`, both included */
  from: day,
  to: day,
  timeZone: z.string().refine(isTimeZone).catch("UTC"),
  q: text(200),
  oldestFirst: z.boolean().catch(false),
});
export type LedgerFilter = z.output<typeof LedgerFilter>;

/** The filter as an SQL condition over `LedgerEntry e`. */
export function conditions(filter: LedgerFilter, mayReadDetails: boolean): Prisma.Sql {
  const { kind, agentId, personId, outcome, reason, from, to, timeZone, q } = filter;
  const all: Prisma.Sql[] = [Prisma.sql`TRUE`];
  if (kind === "acts") all.push(Prisma.sql`e."kind" NOT IN ('decision', 'decision.outcome')`);
  else if (kind !== null) all.push(Prisma.sql`e."kind" = ${kind}`);
  if (agentId !== null) all.push(Prisma.sql`e."agentId" = ${agentId}`);
  if (personId !== null) {
    all.push(Prisma.sql`(e."personId" = ${personId} OR e."sponsorId" = ${personId})`);
  }
  if (outcome !== null) all.push(Prisma.sql`e."outcome" = ${outcome}`);
  if (reason !== null) all.push(Prisma.sql`e."reason" = ${reason}`);
  if (from !== null) {
    all.push(Prisma.sql`e."at" >= (${from}::date)::timestamp AT TIME ZONE ${timeZone}`);
  }
  if (to !== null) {
    all.push(Prisma.sql`e."at" < (${to}::date + 1)::timestamp AT TIME ZONE ${timeZone}`);
  }
  if (q !== null) all.push(search(q, mayReadDetails));
  return Prisma.join(all, " AND ");
}

/** An entry's number, ids and codes in its body, the names that its ids stand for, and its words where they may be read. */
function search(q: string, mayReadDetails: boolean): Prisma.Sql {
  const like = `%${escapeLike(q)}%`;
  const any: Prisma.Sql[] = [
    Prisma.sql`e."canonical" ILIKE ${like}`,
    Prisma.sql`e."agentId" IN (SELECT "id" FROM "Agent" WHERE "name" ILIKE ${like})`,
    Prisma.sql`e."personId" IN (SELECT "id" FROM "Person" WHERE "name" ILIKE ${like})`,
    Prisma.sql`e."sponsorId" IN (SELECT "id" FROM "Person" WHERE "name" ILIKE ${like})`,
  ];
  if (/^\d{1,15}$/.test(q)) any.push(Prisma.sql`e."seq" = ${BigInt(q)}`);
  if (mayReadDetails) {
    // Text inside JSON: quotes and backslashes are escaped there.
    const inJson = `%${escapeLike(JSON.stringify(q).slice(1, -1))}%`;
    any.push(Prisma.sql`EXISTS (
      SELECT FROM "LedgerDetail" d WHERE d."seq" = e."seq" AND d."detail"::text ILIKE ${inJson})`);
  }
  return Prisma.sql`(${Prisma.join(any, " OR ")})`;
}

function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, String.raw`\$&`);
}
