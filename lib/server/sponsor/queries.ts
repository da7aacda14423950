import { asTier } from "@/lib/domain/agent/tier";
import { competence } from "@/lib/domain/training/competence";
import type { Tx } from "../db";

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
