import { z } from "zod";
import { asTier } from "@/lib/domain/agent/tier";
import { isManifestState, type ManifestState } from "@/lib/domain/manifest/lifecycle";
import type { ManifestPage, ManifestRow } from "@/lib/domain/manifest/view";
import { Prisma } from "@/prisma/generated/client";
import type { Ctx } from "../context";
import { db } from "../db";
import { actingSponsors } from "../sponsor/queries";
import { asState } from "./load";

export type ManifestFilter = {
  readonly state?: ManifestState;
  readonly agentId?: string;
  /** part of the agent's name, its id, or the manifest's id */
  readonly q?: string;
  /** of agents that the reader owns or sponsors */
  readonly mine?: boolean;
  /** from 1 */
  readonly page: number;
  readonly pageSize: number;
  readonly sort: "submittedAt" | "updatedAt" | "agent" | "version" | "state";
  readonly dir: "asc" | "desc";
};

const MAX_PAGE_SIZE = 200;

const COLUMNS: Readonly<Record<ManifestFilter["sort"], Prisma.Sql>> = {
  submittedAt: Prisma.sql`m."submittedAt"`,
  updatedAt: Prisma.sql`m."updatedAt"`,
  agent: Prisma.sql`a."nameKey"`,
  version: Prisma.sql`m."version"`,
  state: Prisma.sql`array_position(ARRAY['draft', 'returned', 'submitted', 'approved', 'superseded', 'revoked'], m."state")`,
};

/** A page of the table of manifests. The caller has authorised the reader. */
export async function manifestPage(ctx: Ctx, filter: ManifestFilter): Promise<ManifestPage> {
  const size = Math.min(MAX_PAGE_SIZE, Math.max(1, Math.floor(filter.pageSize)));
  const offset = size * (Math.max(1, Math.floor(filter.page)) - 1);
  const from = Prisma.sql`"Manifest" m JOIN "Agent" a ON a."id" = m."agentId"`;
  const where = conditions(ctx, filter);
  const direction = filter.dir === "desc" ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  const [ids, counts] = await Promise.all([
    db.$queryRaw<{ id: string }[]>`SELECT m."id" FROM ${from} WHERE ${where}
      ORDER BY ${COLUMNS[filter.sort]} ${direction} NULLS LAST, a."nameKey" ASC, m."version" DESC, m."id" ASC
      LIMIT ${size} OFFSET ${offset}`,
    db.$queryRaw<{ total: bigint }[]>`SELECT count(*) AS total FROM ${from} WHERE ${where}`,
  ]);
  const rows = await manifestRows(
    ids.map(({ id }) => id),
    ctx.now,
  );
  return { rows, total: Number(counts[0]?.total ?? 0) };
}

function conditions(ctx: Ctx, { state, agentId, q, mine }: ManifestFilter): Prisma.Sql {
  const all: Prisma.Sql[] = [Prisma.sql`TRUE`];
  if (state !== undefined && isManifestState(state)) all.push(Prisma.sql`m."state" = ${state}`);
  if (agentId !== undefined) all.push(Prisma.sql`m."agentId" = ${agentId}`);
  if (q !== undefined && q.trim() !== "") {
    const like = `%${q.trim().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
    all.push(Prisma.sql`(a."name" ILIKE ${like} OR a."id" = ${q.trim()} OR m."id" = ${q.trim()})`);
  }
  if (mine === true) {
    all.push(Prisma.sql`(a."ownerId" = ${ctx.actor.id} OR EXISTS (SELECT FROM "Sponsorship" s
      WHERE s."agentId" = a."id" AND s."personId" = ${ctx.actor.id} AND s."toAt" IS NULL))`);
  }
  return Prisma.join(all, " AND ");
}

async function manifestRows(ids: readonly string[], now: Date): Promise<readonly ManifestRow[]> {
  const found = await db.manifest.findMany({
    where: { id: { in: [...ids] } },
    include: {
      agent: { select: { name: true, tier: true } },
      author: { select: { name: true } },
    },
  });
  const acting = await actingSponsors(db, [...new Set(found.map(({ agentId }) => agentId))], now);
  const sponsors = await db.person.findMany({
    where: { id: { in: [...acting.values()].map(({ personId }) => personId) } },
    select: { id: true, name: true },
  });
  const rows = found.map((row): ManifestRow => {
    const sponsorId = acting.get(row.agentId)?.personId ?? null;
    const { from, until } = validityOf(row.document);
    const valid = from !== null && until !== null && new Date(from) <= now && now < new Date(until);
    return {
      id: row.id,
      agentId: row.agentId,
      agentName: row.agent.name,
      tier: asTier(row.agent.tier),
      version: row.version,
      state: asState(row.state),
      authorId: row.authorId,
      authorName: row.author.name,
      sponsorId,
      sponsorName: sponsors.find(({ id }) => id === sponsorId)?.name ?? null,
      updatedAt: row.updatedAt.toISOString(),
      submittedAt: row.submittedAt?.toISOString() ?? null,
      approvedAt: row.approvedAt?.toISOString() ?? null,
      validUntil: until,
      inForce: row.state === "approved" && valid,
    };
  });
  return ids.flatMap((id) => rows.filter((row) => row.id === id));
}

const Validity = z.object({
  validity: z.object({ notBefore: z.iso.datetime(), notAfter: z.iso.datetime() }),
});

/** A draft may have none, or nonsense. */
function validityOf(document: unknown): { from: string | null; until: string | null } {
  const read = Validity.safeParse(document);
  if (!read.success) return { from: null, until: null };
  return { from: read.data.validity.notBefore, until: read.data.validity.notAfter };
}
