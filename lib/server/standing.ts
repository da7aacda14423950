import type { Actor } from "@/lib/domain/access/permissions";
import { asTier } from "@/lib/domain/agent/tier";
import { competence } from "@/lib/domain/training/competence";
import type { Tx } from "./db";

/** Where a person stands towards an agent: what object-level rules ask. */
export type Standing = {
  readonly actor: Actor;
  readonly ownsAgent: boolean;
  readonly office: "sponsor" | "deputy" | null;
  /** has, at `now`, the training that a sponsor of this agent's tier needs */
  readonly competent: boolean;
};

/** Reads the actor's standing towards the agent, inside the caller's transaction or outside one. */
export async function standingTowards(
  reader: Pick<Tx, "sponsorship" | "certificate">,
  agent: { readonly id: string; readonly ownerId: string; readonly tier: string },
  { actor, now }: { readonly actor: Actor; readonly now: Date },
): Promise<Standing> {
  const offices = await reader.sponsorship.findMany({
    where: { agentId: agent.id, personId: actor.id, toAt: null },
    select: { kind: true },
  });
  const certificates = await reader.certificate.findMany({
    where: { personId: actor.id },
    select: { module: true, passedAt: true, expiresAt: true },
  });
  return {
    actor,
    ownsAgent: agent.ownerId === actor.id,
    office: office(offices.map(({ kind }) => kind)),
    competent: competence(certificates, asTier(agent.tier), now).competent,
  };
}

function office(kinds: readonly string[]): Standing["office"] {
  if (kinds.includes("sponsor")) return "sponsor";
  return kinds.includes("deputy") ? "deputy" : null;
}

/** Ids of those who should hear of what happens to the agent: its sponsor and deputy in office, and its owner. */
export async function peopleBehind(
  reader: Pick<Tx, "sponsorship">,
  agent: { readonly id: string; readonly ownerId: string },
): Promise<readonly string[]> {
  const rows = await reader.sponsorship.findMany({
    where: { agentId: agent.id, toAt: null },
    select: { personId: true },
  });
  return [...new Set([...rows.map(({ personId }) => personId), agent.ownerId])];
}

/** Id of the agent's sponsor in office, whoever it was when a request came; its owner where there is none. */
export async function answerableNow(
  reader: Pick<Tx, "sponsorship">,
  agent: { readonly id: string; readonly ownerId: string },
): Promise<string> {
  const row = await reader.sponsorship.findFirst({
    where: { agentId: agent.id, kind: "sponsor", toAt: null },
    select: { personId: true },
  });
  return row?.personId ?? agent.ownerId;
}

/** Ids of the active people who hold the role. */
export async function peopleWithRole(
  reader: Pick<Tx, "person">,
  role: "admin" | "compliance",
): Promise<readonly string[]> {
  const rows = await reader.person.findMany({
    where: { active: true, roles: { some: { role } } },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}
