import { z } from "zod";
import { Classification } from "@/lib/domain/agent/classification";
import { keyState } from "@/lib/domain/agent/key";
import { asStatus } from "@/lib/domain/agent/lifecycle";
import { asKind, asTier } from "@/lib/domain/agent/tier";
import type { AgentPage, AgentRow, AgentView, KeyView, Named } from "@/lib/domain/agent/view";
import { asContainment } from "@/lib/domain/containment/rules";
import { AppError } from "@/lib/domain/errors";
import { isManifestState } from "@/lib/domain/manifest/lifecycle";
import { Prisma } from "@/prisma/generated/client";
import { authorise, type Ctx } from "../context";
import { db } from "../db";
import { readInForce } from "../manifest-in-force";
import { type ActingSponsor, actingSponsors, sponsorshipViews } from "../sponsor/queries";
import { AgentFilter, conditions, order } from "./filter";
import { AgentId } from "./input";
import { readiness } from "./readiness";

const NAMED = { select: { id: true, name: true } } as const;

/** A page of the catalogue. Unknown filter values count as not given. Throws AppError("forbidden"). */
export async function listAgents(
  ctx: Ctx,
  raw: Readonly<Record<string, unknown>>,
): Promise<AgentPage> {
  authorise(ctx, "agent:read");
  const filter = AgentFilter.parse(raw);
  const { page, pageSize, sort } = filter;
  const from = Prisma.sql`"Agent" a
    JOIN "Person" o ON o."id" = a."ownerId"
    JOIN "LegalEntity" l ON l."id" = a."legalEntityId"
    LEFT JOIN "Sponsorship" s ON s."agentId" = a."id" AND s."kind" = 'sponsor' AND s."toAt" IS NULL
    LEFT JOIN "Person" p ON p."id" = s."personId"`;
  const where = conditions(filter);
  const [ids, counts] = await Promise.all([
    db.$queryRaw<{ id: string }[]>`SELECT a."id" FROM ${from} WHERE ${where}
      ORDER BY ${order(sort)} LIMIT ${pageSize} OFFSET ${(page - 1) * pageSize}`,
    db.$queryRaw<{ total: bigint }[]>`SELECT count(*) AS total FROM ${from} WHERE ${where}`,
  ]);
  const rows = await agentRows(
    ids.map(({ id }) => id),
    ctx.now,
  );
  return { rows, total: Number(counts[0]?.total ?? 0), page, pageSize, sort };
}

async function agentRows(ids: readonly string[], now: Date): Promise<readonly AgentRow[]> {
  const [agents, acting] = await Promise.all([
    db.agent.findMany({
      where: { id: { in: [...ids] } },
      include: {
        owner: NAMED,
        legalEntity: NAMED,
        keys: true,
        manifests: { where: { state: "approved" } },
        _count: { select: { reviews: { where: { state: "open" } } } },
      },
    }),
    actingSponsors(db, ids, now),
  ]);
  const names = await personNames([...acting.values()].map(({ personId }) => personId));
  const rows = new Map(
    agents.map((agent) => {
      const sponsor = acting.get(agent.id) ?? null;
      const inForce = readInForce(agent.manifests[0] ?? null, now);
      const manifest = inForce?.document ?? null;
      const row: AgentRow = {
        id: agent.id,
        name: agent.name,
        kind: asKind(agent.kind),
        tier: asTier(agent.tier),
        status: asStatus(agent.status),
        owner: agent.owner,
        legalEntity: agent.legalEntity,
        sponsor: sponsor && namedSponsor(sponsor, names),
        containment: asContainment(agent.containment),
        riskScore: agent.riskScore,
        riskAt: agent.riskAt?.toISOString() ?? null,
        maturity: readiness(agent, { manifest, sponsor, now }).maturity.level,
        manifestVersion: inForce?.version ?? null,
        openReviews: agent._count.reviews,
      };
      return [agent.id, row] as const;
    }),
  );
  return ids.flatMap((id) => rows.get(id) ?? []);
}

function namedSponsor(
  { personId, kind, competent }: ActingSponsor,
  names: ReadonlyMap<string, string>,
): AgentRow["sponsor"] {
  return { id: personId, name: names.get(personId) ?? personId, kind, competent };
}

async function personNames(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const people = await db.person.findMany({ where: { id: { in: [...ids] } }, ...NAMED });
  return new Map(people.map(({ id, name }) => [id, name]));
}

/** One agent with all that its page shows but its activity. Throws AppError("forbidden" | "not-found"). */
export async function getAgent(ctx: Ctx, agentId: string): Promise<AgentView> {
  authorise(ctx, "agent:read");
  const { now } = ctx;
  // It comes from an address: what can't be an id (the database takes no NUL) names no agent.
  if (!AgentId.safeParse(agentId).success)
    throw new AppError("not-found", "there is no such agent");
  const agent = await db.agent.findUnique({
    where: { id: agentId },
    include: {
      owner: NAMED,
      legalEntity: NAMED,
      keys: { orderBy: { createdAt: "desc" } },
      manifests: { orderBy: { version: "desc" }, include: { author: NAMED } },
      containments: { where: { liftedAt: null } },
      _count: { select: { reviews: { where: { state: "open" } } } },
    },
  });
  if (agent === null) throw new AppError("not-found", "there is no such agent");
  const sponsorships = await sponsorshipViews(ctx, agentId);
  const acting = sponsorships.find((sponsorship) => sponsorship.acting);
  const approved = agent.manifests.find(({ state }) => state === "approved") ?? null;
  const inForce = readInForce(approved, now);
  return {
    id: agent.id,
    name: agent.name,
    description: agent.description,
    kind: asKind(agent.kind),
    tier: asTier(agent.tier),
    status: asStatus(agent.status),
    version: agent.version,
    owner: agent.owner,
    legalEntity: agent.legalEntity,
    resources: agent.resources,
    classification: Classification.safeParse(agent.classification).data ?? null,
    dedicatedCredentials: agent.dedicatedCredentials,
    loggingEnabled: agent.loggingEnabled,
    createdAt: agent.createdAt.toISOString(),
    productionAt: agent.productionAt?.toISOString() ?? null,
    retiredAt: agent.retiredAt?.toISOString() ?? null,
    ...readiness(agent, {
      manifest: inForce?.document ?? null,
      sponsor: acting?.training ?? null,
      now,
    }),
    sponsorships,
    keys: agent.keys.map((key) => keyView(key, now)),
    manifests: agent.manifests.flatMap((row) => manifestRow(row)),
    inForce: inForce && {
      id: inForce.id,
      version: inForce.version,
      goal: inForce.document.goal,
      notAfter: inForce.notAfter.toISOString(),
      risk: inForce.document.risk,
    },
    riskScore: agent.riskScore,
    riskAt: agent.riskAt?.toISOString() ?? null,
    containment: await containmentView(agent.containment, agent.containments),
    openReviews: agent._count.reviews,
  };
}

const KeyText = z.object({ x: z.string() }).catch({ x: "" });

type StoredKey = {
  readonly jkt: string;
  readonly publicJwk: unknown;
  readonly notBefore: Date;
  readonly notAfter: Date | null;
  readonly revokedAt: Date | null;
  readonly suspectAt: Date | null;
  readonly createdAt: Date;
};

function keyView(key: StoredKey, now: Date): KeyView {
  return {
    jkt: key.jkt,
    state: keyState(key, now),
    x: KeyText.parse(key.publicJwk).x,
    notBefore: key.notBefore.toISOString(),
    notAfter: key.notAfter?.toISOString() ?? null,
    revokedAt: key.revokedAt?.toISOString() ?? null,
    createdAt: key.createdAt.toISOString(),
  };
}

type StoredManifest = {
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly document: unknown;
  readonly author: Named;
  readonly updatedAt: Date;
  readonly submittedAt: Date | null;
  readonly approvedAt: Date | null;
  readonly endedAt: Date | null;
};

function manifestRow(row: StoredManifest): AgentView["manifests"] {
  if (!isManifestState(row.state)) return [];
  return [
    {
      id: row.id,
      version: row.version,
      state: row.state,
      goal: Goal.parse(row.document).goal,
      author: row.author,
      updatedAt: row.updatedAt.toISOString(),
      submittedAt: row.submittedAt?.toISOString() ?? null,
      approvedAt: row.approvedAt?.toISOString() ?? null,
      endedAt: row.endedAt?.toISOString() ?? null,
    },
  ];
}

/** A draft's document need not be whole yet. */
const Goal = z.object({ goal: z.string() }).catch({ goal: "" });

type OpenContainment = {
  readonly byPerson: string | null;
  readonly byRule: string | null;
  readonly appliedAt: Date;
  readonly appliedSeq: bigint;
};

async function containmentView(
  stored: string | null,
  [open]: readonly OpenContainment[],
): Promise<AgentView["containment"]> {
  const level = asContainment(stored);
  if (level === null || open === undefined) return null;
  const { byPerson } = open;
  const names = await personNames(byPerson === null ? [] : [byPerson]);
  return {
    level,
    since: open.appliedAt.toISOString(),
    by: byPerson === null ? null : { id: byPerson, name: names.get(byPerson) ?? byPerson },
    rule: open.byRule,
    seq: Number(open.appliedSeq),
  };
}

/** Whom and what the catalogue's forms and filters offer. Throws AppError("forbidden"). */
export async function agentFormOptions(ctx: Ctx): Promise<{
  readonly owners: readonly Named[];
  readonly sponsors: readonly Named[];
  readonly legalEntities: readonly Named[];
}> {
  authorise(ctx, "agent:read");
  const holding = (role: string) =>
    db.person.findMany({
      where: { active: true, roles: { some: { role } } },
      ...NAMED,
      orderBy: { name: "asc" },
    });
  const [owners, sponsors, legalEntities] = await Promise.all([
    holding("owner"),
    holding("sponsor"),
    db.legalEntity.findMany({ ...NAMED, orderBy: { name: "asc" } }),
  ]);
  return { owners, sponsors, legalEntities };
}

/** Agents that the person owns and that are not retired, by name: for which they may write manifests. */
export async function ownersAgents(
  ctx: Ctx,
  ownerId: string,
): Promise<readonly (Named & { readonly tier: string })[]> {
  authorise(ctx, "agent:read");
  return db.agent.findMany({
    where: { ownerId, status: { not: "retired" } },
    select: { id: true, name: true, tier: true },
    orderBy: { nameKey: "asc" },
  });
}
