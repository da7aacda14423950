import { AppError } from "@/lib/domain/errors";
import { obstacleToManage } from "@/lib/domain/incident/rules";
import type { Incident } from "@/prisma/generated/client";
import type { Ctx } from "../context";
import type { Tx } from "../db";
import { refuse } from "../refuse";

type Reader = Pick<Tx, "incident" | "sponsorship">;

/** Is the actor sponsor or deputy of the agent now? */
export async function sponsorsAgent(
  reader: Pick<Tx, "sponsorship">,
  agentId: string | null,
  personId: string,
): Promise<boolean> {
  if (agentId === null) return false;
  return (await reader.sponsorship.count({ where: { agentId, personId, toAt: null } })) > 0;
}

/**
 * The open incident, for who may work on it. Throws AppError("not-found" | "forbidden" | "conflict"), and "stale" where it
 * is not at the version that the person saw.
 */
export async function incidentToWorkOn(
  reader: Reader,
  ctx: Ctx,
  input: { readonly incidentId: string; readonly version?: number },
): Promise<Incident> {
  const incident = await reader.incident.findUnique({ where: { id: input.incidentId } });
  if (incident === null) throw new AppError("not-found", "there is no such incident");
  refuse(
    obstacleToManage(ctx.actor, {
      closed: incident.state === "closed",
      openedById: incident.openedById,
      sponsorsAgent: await sponsorsAgent(reader, incident.agentId, ctx.actor.id),
    }),
  );
  if (input.version !== undefined && input.version !== incident.version) {
    throw new AppError("stale", "somebody else has changed the incident: look again");
  }
  return incident;
}

/** What each ledger event of an incident begins with. */
export function of(incident: Pick<Incident, "id" | "agentId">) {
  return { incidentId: incident.id, agentId: incident.agentId };
}
