import { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import { command } from "../command";
import { notify } from "../notify";
import { peopleBehind, peopleWithRole } from "../standing";
import { IncidentId, Version, words } from "./input";
import { incidentToWorkOn, of } from "./load";
import { leftOf } from "./stored";

/**
 * Closes an incident with what was learnt from it. `confirmed` is the second step of two. Throws AppError("conflict")
 * with all that is left to do, and as the other verbs do.
 */
export const closeIncident = command({
  permission: "incident:manage",
  input: z.strictObject({
    incidentId: IncidentId,
    version: Version,
    lessons: words(20, 4000),
    confirmed: z.literal(true, "confirm that you have read what is closed"),
  }),
  async run(tx, { ctx, input }) {
    const incident = await incidentToWorkOn(tx, ctx, input);
    const incidentId = incident.id;
    const actions = await tx.incidentAction.findMany({ where: { incidentId } });
    const reports = await tx.incidentReport.findMany({ where: { incidentId } });
    const left = leftOf({ ...incident, actions, reports }, ctx.now);
    if (left.length > 0) throw new AppError("conflict", `not yet: ${left.join("; ")}`);
    await tx.incident.update({
      where: { id: incidentId },
      data: {
        state: "closed",
        lessons: input.lessons,
        closedAt: ctx.now,
        closedById: ctx.actor.id,
        version: incident.version + 1,
      },
    });
    const agent =
      incident.agentId === null
        ? null
        : await tx.agent.findUnique({ where: { id: incident.agentId } });
    await notify(tx, {
      personIds: [
        ...(await peopleWithRole(tx, "compliance")),
        ...(agent === null ? [] : await peopleBehind(tx, agent)),
      ].filter((id) => id !== ctx.actor.id),
      kind: "incident.closed",
      title: `Incident closed: ${incident.title}`,
      href: `/incidents/${incidentId}`,
      now: ctx.now,
    });
    return {
      value: { incidentId },
      events: [
        {
          event: { kind: "incident.closed", ...of(incident), actions: actions.length },
          detail: { reason: input.lessons },
        },
      ],
    };
  },
});
