import { z } from "zod";
import { AGENT_STATUSES } from "@/lib/domain/agent/lifecycle";
import { AGENT_KINDS, TIERS } from "@/lib/domain/agent/tier";
import { CONTAINMENT_LEVELS } from "@/lib/domain/containment/level";
import { Prisma } from "@/prisma/generated/client";

const SORTS = ["name", "tier", "status", "risk", "sponsor", "owner", "entity"] as const;
type Sort = (typeof SORTS)[number];
const word = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.enum(values).nullable().catch(null);
const id = z
  .string()
  .regex(/^[a-z]{2,4}_[a-z0-9-]{4,64}$/)
  .nullable()
  .catch(null);

/** What the reader of the catalogue asked for. It comes from an address, so what makes no sense counts as not asked. */
export const AgentFilter = z.object({
  page: z.coerce.number().int().min(1).max(1_000_000).catch(1),
  pageSize: z.coerce.number().int().min(5).max(100).catch(25),
  /** a column, with `-` before it for descending */
  sort: z
    .string()
    .refine((value) => SORTS.some((sort) => value === sort || value === `-${sort}`))
    .catch("name"),
  q: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .refine((value) => !value.includes("\0"))
    .nullable()
    .catch(null),
  tier: word(TIERS),
  status: word(AGENT_STATUSES),
  kind: word(AGENT_KINDS),
  legalEntity: id,
  owner: id,
  /** a person's id, or `none` */
  sponsor: z.union([z.literal("none"), id]).catch(null),
  /** a level, or whether it is contained at all */
  contained: word(["yes", "no", ...CONTAINMENT_LEVELS]),
});
export type AgentFilter = z.output<typeof AgentFilter>;

/** The filter as an SQL condition over `Agent a`, its owner `o`, and its sponsor in office `s` (person `p`). */
export function conditions(filter: AgentFilter): Prisma.Sql {
  const { q, tier, status, kind, legalEntity, owner, sponsor, contained } = filter;
  const all: Prisma.Sql[] = [Prisma.sql`TRUE`];
  if (tier !== null) all.push(Prisma.sql`a."tier" = ${tier}`);
  if (status !== null) all.push(Prisma.sql`a."status" = ${status}`);
  if (kind !== null) all.push(Prisma.sql`a."kind" = ${kind}`);
  if (legalEntity !== null) all.push(Prisma.sql`a."legalEntityId" = ${legalEntity}`);
  if (owner !== null) all.push(Prisma.sql`a."ownerId" = ${owner}`);
  if (sponsor === "none") all.push(Prisma.sql`s."personId" IS NULL`);
  else if (sponsor !== null) {
    all.push(Prisma.sql`EXISTS (SELECT FROM "Sponsorship" d
      WHERE d."agentId" = a."id" AND d."toAt" IS NULL AND d."personId" = ${sponsor})`);
  }
  if (contained === "yes") all.push(Prisma.sql`a."containment" IS NOT NULL`);
  else if (contained === "no") all.push(Prisma.sql`a."containment" IS NULL`);
  else if (contained !== null) all.push(Prisma.sql`a."containment" = ${contained}`);
  if (q !== null) {
    const like = `%${q.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
    all.push(Prisma.sql`(a."name" ILIKE ${like} OR a."description" ILIKE ${like} OR a."id" = ${q}
      OR o."name" ILIKE ${like} OR p."name" ILIKE ${like})`);
  }
  return Prisma.join(all, " AND ");
}

const COLUMNS: Readonly<Record<Sort, Prisma.Sql>> = {
  name: Prisma.sql`a."nameKey"`,
  tier: Prisma.sql`array_position(ARRAY['low', 'moderate', 'high', 'critical'], a."tier")`,
  status: Prisma.sql`array_position(ARRAY['registered', 'production', 'retired'], a."status")`,
  risk: Prisma.sql`a."riskScore"`,
  sponsor: Prisma.sql`lower(p."name")`,
  owner: Prisma.sql`lower(o."name")`,
  entity: Prisma.sql`lower(l."name")`,
};

/** The order as SQL; agents that are alike in it stand by name, so that no page shows one twice. */
export function order(sort: string): Prisma.Sql {
  const name = SORTS.find((column) => sort.endsWith(column)) ?? "name";
  const direction = sort.startsWith("-") ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  return Prisma.sql`${COLUMNS[name]} ${direction} NULLS LAST, a."nameKey" ASC, a."id" ASC`;
}
