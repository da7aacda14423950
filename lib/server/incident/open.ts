import { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import { command } from "../command";
import type { Tx } from "../db";
import { newId } from "../ids";
import { notify } from "../notify";
import { peopleBehind, peopleWithRole } from "../standing";
import { Instant, words } from "./input";
import { sponsorsAgent } from "./load";
import { notLater } from "./not-later";

/**
 * Opens an incident, from a containment (its agent and its time are taken over) or by hand. A sponsor opens one about
 * their own agents or about none. Throws AppError("forbidden" | "not-found" | "conflict" | "invalid").
 */
export const openIncident = command({
  permission: "incident:manage",
  input: z.strictObject({
    title: words(5, 160),
    summary: words(10, 4000),
    agentId: z.string().max(64).nullable(),
    containmentId: z.string().max(64).nullable(),
    detectedAt: Instant,
  }),
  async run(tx, { ctx, input }) {
    notLater("detectedAt", input.detectedAt, ctx.now);
    const { agentId, detectedAt, containmentId } = await source(tx, input);
    const oversees = ctx.actor.roles.some((role) => role === "compliance" || role === "admin");
    if (agentId !== null && !oversees && !(await sponsorsAgent(tx, agentId, ctx.actor.id))) {
      throw new AppError("forbidden", "you sponsor neither this agent nor stand in for it");
    }
    const id = newId("inc");
    const agent = agentId === null ? null : await tx.agent.findUnique({ where: { id: agentId } });
    await tx.incident.create({
      data: {
        id,
        title: input.title,
        summary: input.summary,
        agentId,
        containmentId,
        openedById: ctx.actor.id,
        openedAt: ctx.now,
        detectedAt,
        entityType: "credit-institution",
        timeZone: "Europe/London",
      },
    });
    await notify(tx, {
      personIds: [
        ...(await peopleWithRole(tx, "compliance")),
        ...(agent === null ? [] : await peopleBehind(tx, agent)),
      ].filter((personId) => personId !== ctx.actor.id),
      kind: "incident.opened",
      title: `Incident opened: ${input.title}`,
      href: `/incidents/${id}`,
      now: ctx.now,
    });
    return {
      value: { incidentId: id },
      events: [
        {
          event: { kind: "incident.opened", incidentId: id, agentId, containmentId },
          detail: { reason: input.summary, title: input.title },
        },
      ],
    };
  },
});

type Source = {
  readonly agentId: string | null;
  readonly containmentId: string | null;
  readonly detectedAt: Date;
};

async function source(tx: Tx, given: Source): Promise<Source> {
  const { containmentId, agentId, detectedAt } = given;
  if (containmentId === null) {
    if (agentId !== null && (await tx.agent.count({ where: { id: agentId } })) === 0) {
      throw new AppError("not-found", "there is no such agent");
    }
    return { agentId, containmentId, detectedAt };
  }
  const containment = await tx.containment.findUnique({ where: { id: containmentId } });
  if (containment === null) throw new AppError("not-found", "there is no such containment");
  const open = await tx.incident.findFirst({ where: { containmentId, state: "open" } });
  if (open !== null) throw new AppError("conflict", "an incident is open for this containment");
  return { agentId: containment.agentId, containmentId, detectedAt: containment.appliedAt };
}
