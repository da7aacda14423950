import { asStatus } from "@/lib/domain/agent/lifecycle";
import { AppError } from "@/lib/domain/errors";
import type { Ctx } from "../context";
import type { Tx } from "../db";

/**
 * The agent, for a verb that changes it. Throws AppError: "not-found"; "forbidden" where the actor neither
 * administers agents nor owns this one; "conflict" where the agent is retired.
 */
export async function changeableAgent(tx: Pick<Tx, "agent">, ctx: Ctx, agentId: string) {
  const agent = await tx.agent.findUnique({
    where: { id: agentId },
    include: { sponsorships: { where: { toAt: null } } },
  });
  if (agent === null) throw new AppError("not-found", "there is no such agent");
  if (!ctx.actor.roles.includes("admin") && agent.ownerId !== ctx.actor.id) {
    throw new AppError("forbidden", "you don't own this agent");
  }
  if (asStatus(agent.status) === "retired") {
    throw new AppError("conflict", "this agent is retired: nothing about it changes any more");
  }
  return agent;
}

/** Owner and everybody who sponsors it, but the one who acts: the people whom a change concerns. */
export function concerned(
  agent: {
    readonly ownerId: string;
    readonly sponsorships: readonly { readonly personId: string }[];
  },
  actorId: string,
): readonly string[] {
  return [agent.ownerId, ...agent.sponsorships.map(({ personId }) => personId)].filter(
    (id) => id !== actorId,
  );
}
