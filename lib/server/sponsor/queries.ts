import { ROLES } from "@/lib/domain/access/permissions";
import { asTier } from "@/lib/domain/agent/tier";
import type { Named, SponsorshipView } from "@/lib/domain/agent/view";
import { AppError } from "@/lib/domain/errors";
import {
  type Objection,
  objections,
  SPONSOR_KINDS,
  type SponsorKind,
} from "@/lib/domain/sponsor/eligibility";
import { type Competence, competence } from "@/lib/domain/training/competence";
import { authorise, type Ctx } from "../context";
import { db, type Tx } from "../db";

/** Either the client or a transaction. */
type Reader = Pick<Tx, "sponsorship">;

export type ActingSponsor = {
  readonly personId: string;
  readonly kind: "sponsor" | "deputy";
  /** has, at `now`, the training that the agent's tier asks for */
  readonly competent: boolean;
  /** when that ends by itself; null where not competent. New training is an event and moves the state epoch. */
  readonly competentUntil: Date | null;
};

/** Who is answerable for the agent now; the deputy where the sponsor is inactive. Null: nobody, so nothing is allowed. */
export async function actingSponsor(
  reader: Reader,
  agentId: string,
  now: Date,
): Promise<ActingSponsor | null> {
  return (await actingSponsors(reader, [agentId], now)).get(agentId) ?? null;
}

/** `actingSponsor` for many agents (null: all); agents without one are absent. */
export async function actingSponsors(
  reader: Reader,
  agentIds: readonly string[] | null,
  now: Date,
): Promise<ReadonlyMap<string, ActingSponsor>> {
  const rows = await reader.sponsorship.findMany({
    where: {
      toAt: null,
      ...(agentIds === null ? {} : { agentId: { in: [...agentIds] } }),
      // Who left, or no longer holds the role, answers for nothing.
      person: { active: true, roles: { some: { role: "sponsor" } } },
    },
    select: {
      agentId: true,
      personId: true,
      kind: true,
      agent: { select: { tier: true } },
      person: {
        select: {
          certificates: { select: { module: true, passedAt: true, expiresAt: true } },
        },
      },
    },
  });
  const acting = new Map<string, ActingSponsor>();
  for (const row of rows) {
    const kind = row.kind === "sponsor" ? "sponsor" : "deputy";
    if (kind === "deputy" && acting.has(row.agentId)) continue;
    const state = competence(row.person.certificates, asTier(row.agent.tier), now);
    acting.set(row.agentId, {
      personId: row.personId,
      kind,
      competent: state.competent,
      competentUntil: state.competentUntil,
    });
  }
  return acting;
}

/** Ids of the agents that the person sponsors or stands in for now. */
export async function sponsoredAgentIds(
  reader: Reader,
  personId: string,
): Promise<readonly string[]> {
  const rows = await reader.sponsorship.findMany({
    where: { personId, toAt: null },
    select: { agentId: true },
    distinct: ["agentId"],
    orderBy: { agentId: "asc" },
  });
  return rows.map((row) => row.agentId);
}

/** All assignments of the agent, newest first, each with what the person's training is worth now. Throws AppError("forbidden"). */
export async function sponsorshipViews(
  ctx: Ctx,
  agentId: string,
): Promise<readonly SponsorshipView[]> {
  authorise(ctx, "agent:read");
  const [rows, acting] = await Promise.all([
    db.sponsorship.findMany({
      where: { agentId },
      orderBy: [{ fromAt: "desc" }, { kind: "desc" }],
      include: {
        agent: { select: { tier: true } },
        person: { include: { certificates: true, roles: { where: { role: "sponsor" } } } },
      },
    }),
    actingSponsor(db, agentId, ctx.now),
  ]);
  return rows.map((row) => ({
    id: row.id,
    person: {
      id: row.personId,
      name: row.person.name,
      active: row.person.active,
      holdsRole: row.person.roles.length > 0,
    },
    kind: asSponsorKind(row.kind),
    fromAt: row.fromAt.toISOString(),
    toAt: row.toAt?.toISOString() ?? null,
    acting: row.toAt === null && acting?.personId === row.personId && acting.kind === row.kind,
    training: trainingView(competence(row.person.certificates, asTier(row.agent.tier), ctx.now)),
  }));
}

function trainingView(state: Competence): SponsorshipView["training"] {
  return {
    ...state,
    expiring: state.expiring.map(({ module, expiresAt }) => ({
      module,
      expiresAt: expiresAt.toISOString(),
    })),
    competentUntil: state.competentUntil?.toISOString() ?? null,
  };
}

export type SponsorCandidate = Named & {
  readonly title: string;
  /** why they can't be it, by kind; empty where they can */
  readonly objections: Readonly<Record<SponsorKind, readonly Objection[]>>;
};

/** Everybody who holds the role sponsor, with what stands against each. Throws AppError("forbidden" | "not-found"). */
export async function sponsorCandidates(
  ctx: Ctx,
  agentId: string,
): Promise<readonly SponsorCandidate[]> {
  authorise(ctx, "sponsor:assign");
  const [agent, people] = await Promise.all([
    db.agent.findUnique({
      where: { id: agentId },
      select: { tier: true, ownerId: true, sponsorships: { where: { toAt: null } } },
    }),
    db.person.findMany({
      where: { active: true, roles: { some: { role: "sponsor" } } },
      include: { roles: true, certificates: true },
      orderBy: { name: "asc" },
    }),
  ]);
  if (agent === null) throw new AppError("not-found", "there is no such agent");
  const holder = (kind: SponsorKind) =>
    agent.sponsorships.find((sponsorship) => sponsorship.kind === kind)?.personId ?? null;
  const assignment = {
    tier: asTier(agent.tier),
    ownerId: agent.ownerId,
    sponsorId: holder("sponsor"),
    deputyId: holder("deputy"),
  };
  return people.map((person) => {
    const roles = ROLES.filter((role) => person.roles.some((held) => held.role === role));
    const against = (kind: SponsorKind) =>
      objections({ ...person, roles }, { ...assignment, kind }, ctx.now);
    return {
      id: person.id,
      name: person.name,
      title: person.title,
      objections: { sponsor: against("sponsor"), deputy: against("deputy") },
    };
  });
}

function asSponsorKind(value: string): SponsorKind {
  return SPONSOR_KINDS.find((kind) => kind === value) ?? "deputy";
}
