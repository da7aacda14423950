import { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import { ReasonInWords } from "@/lib/domain/review/reason-in-words";
import { command } from "../command";
import { newId } from "../ids";
import { notify } from "../notify";
import { IncidentId, words } from "./input";
import { incidentToWorkOn, of } from "./load";

/** Gives an action to a person, with a day (end of it, UTC) until which it is to be done. */
export const addAction = command({
  permission: "incident:manage",
  input: z.strictObject({
    incidentId: IncidentId,
    what: words(5, 1000),
    ownerId: z.string().max(64),
    due: z.iso.date("a day such as 2026-12-01"),
  }),
  async run(tx, { ctx, input }) {
    const incident = await incidentToWorkOn(tx, ctx, input);
    const owner = await tx.person.findUnique({ where: { id: input.ownerId } });
    if (owner === null || !owner.active) {
      const message = "choose a person who works here";
      throw new AppError("invalid", message, { fields: [{ path: "ownerId", message }] });
    }
    const dueAt = new Date(`${input.due}T23:59:59.000Z`);
    const actionId = newId("act");
    await tx.incidentAction.create({
      data: {
        id: actionId,
        incidentId: incident.id,
        what: input.what,
        ownerId: owner.id,
        dueAt,
        createdAt: ctx.now,
      },
    });
    await notify(tx, {
      personIds: [owner.id].filter((id) => id !== ctx.actor.id),
      kind: "incident.action",
      title: `An action for you, from the incident “${incident.title}”`,
      href: `/incidents/${incident.id}`,
      now: ctx.now,
    });
    return {
      value: { actionId },
      events: [
        {
          event: {
            kind: "incident.action-added",
            ...of(incident),
            actionId,
            ownerId: owner.id,
            dueAt: dueAt.toISOString(),
          },
          detail: { reason: input.what },
        },
      ],
    };
  },
});

/** Says that an action is done, and how that was seen. */
export const completeAction = command({
  permission: "incident:manage",
  input: z.strictObject({ actionId: z.string().max(64), reason: ReasonInWords }),
  async run(tx, { ctx, input }) {
    const action = await tx.incidentAction.findUnique({ where: { id: input.actionId } });
    if (action === null) throw new AppError("not-found", "there is no such action");
    const incident = await incidentToWorkOn(tx, ctx, { incidentId: action.incidentId });
    if (action.doneAt !== null) throw new AppError("conflict", "it is done already");
    await tx.incidentAction.update({
      where: { id: action.id },
      data: { doneAt: ctx.now, doneById: ctx.actor.id },
    });
    return {
      value: { actionId: action.id },
      events: [
        {
          event: { kind: "incident.action-done", ...of(incident), actionId: action.id },
          detail: { reason: input.reason },
        },
      ],
    };
  },
});
