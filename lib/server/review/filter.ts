import { z } from "zod";
import { TIERS } from "@/lib/domain/agent/tier";
import { REASONS } from "@/lib/domain/policy/reasons";
import { URGENCIES } from "@/lib/domain/review/review";
import { Prisma } from "@/prisma/generated/client";
import { concerns } from "../concerns";

const SORTS = ["due", "opened", "times", "tier", "agent"] as const;
type Sort = (typeof SORTS)[number];
const word = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.enum(values).nullable().catch(null);

/** What the reader of the queue asked for. It comes from an address, so what makes no sense counts as not asked. */
export const ReviewFilter = z.object({
  page: z.coerce.number().int().min(1).max(1_000_000).catch(1),
  pageSize: z.coerce.number().int().min(5).max(100).catch(25),
  /** a column, with `-` before it for descending */
  sort: z
    .string()
    .refine((value) => SORTS.some((sort) => value === sort || value === `-${sort}`))
    .catch("due"),
  state: z.enum(["open", "resolved", "all"]).catch("open"),
  agent: z
    .string()
    .regex(/^agt_[a-z0-9-]{4,64}$/)
    .nullable()
    .catch(null),
  /** `yes`: of agents that the reader sponsors, stands in for or owns */
  mine: word(["yes"]),
  urgency: word(URGENCIES),
  outcome: word(["hold", "block"]),
  tier: word(TIERS),
  escalated: word(["yes", "no"]),
  reason: z
    .string()
    .refine((reason) => Object.hasOwn(REASONS, reason))
    .nullable()
    .catch(null),
  q: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .refine((value) => !value.includes("\0"))
    .nullable()
    .catch(null),
});
export type ReviewFilter = z.output<typeof ReviewFilter>;

const LEFT = (now: Date) => Prisma.sql`(v."dueAt" - ${now}::timestamptz)`;
/** As `urgency` in lib/domain/review/review.ts, of open reviews; a test holds them together. */
export function isUrgency(urgency: ReviewFilter["urgency"], now: Date): Prisma.Sql {
  const soon = Prisma.sql`${LEFT(now)} < 0.25 * (v."dueAt" - v."createdAt")`;
  switch (urgency) {
    case "overdue":
      return Prisma.sql`v."dueAt" <= ${now}`;
    case "soon":
      return Prisma.sql`v."dueAt" > ${now} AND ${soon}`;
    case "ok":
      return Prisma.sql`v."dueAt" > ${now} AND NOT ${soon}`;
    case null:
      return Prisma.sql`TRUE`;
  }
}

/** The filter as an SQL condition over `Review v` and its `Agent a`. */
export function conditions(
  filter: ReviewFilter,
  reader: { readonly personId: string; readonly now: Date },
): Prisma.Sql {
  const { state, agent, mine, urgency, outcome, tier, escalated, reason, q } = filter;
  const all: Prisma.Sql[] = [Prisma.sql`TRUE`];
  if (state !== "all") all.push(Prisma.sql`v."state" = ${state}`);
  if (agent !== null) all.push(Prisma.sql`v."agentId" = ${agent}`);
  if (mine !== null) all.push(concerns(reader.personId));
  if (urgency !== null) {
    all.push(Prisma.sql`v."state" = 'open' AND ${isUrgency(urgency, reader.now)}`);
  }
  if (outcome !== null) all.push(Prisma.sql`v."outcome" = ${outcome}`);
  if (tier !== null) all.push(Prisma.sql`a."tier" = ${tier}`);
  if (escalated === "yes") all.push(Prisma.sql`v."escalatedAt" IS NOT NULL`);
  if (escalated === "no") all.push(Prisma.sql`v."escalatedAt" IS NULL`);
  if (reason !== null) all.push(Prisma.sql`v."reason" = ${reason}`);
  if (q !== null) {
    const like = `%${q.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
    all.push(Prisma.sql`(a."name" ILIKE ${like} OR v."id" = ${q} OR EXISTS (
      SELECT FROM "Person" p WHERE p."id" = v."sponsorId" AND p."name" ILIKE ${like}))`);
  }
  return Prisma.join(all, " AND ");
}

const COLUMNS: Readonly<Record<Sort, Prisma.Sql>> = {
  due: Prisma.sql`v."dueAt"`,
  opened: Prisma.sql`v."createdAt"`,
  times: Prisma.sql`v."asked"`,
  tier: Prisma.sql`array_position(ARRAY['low', 'moderate', 'high', 'critical'], a."tier")`,
  agent: Prisma.sql`a."nameKey"`,
};

/** The order as SQL. What is alike in it stands by due time, then by id, so that no page shows one twice. */
export function order(sort: string): Prisma.Sql {
  const column = SORTS.find((name) => sort.endsWith(name)) ?? "due";
  const direction = sort.startsWith("-") ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  return Prisma.sql`${COLUMNS[column]} ${direction}, v."dueAt" ASC, v."id" ASC`;
}
