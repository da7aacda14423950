import { z } from "zod";
import { unrecorded } from "../unrecorded";

/** Marks the reader's own notes as read: one, or all up to the moment at which they were shown. Others' are not touched. */
export const markRead = unrecorded({
  permission: "self:manage",
  because: "nobody answers for having read a note",
  input: z.union([
    z.strictObject({ id: z.string().max(64) }),
    z.strictObject({ upTo: z.iso.datetime() }),
  ]),
  async run(tx, { ctx, input }) {
    const which = "id" in input ? { id: input.id } : { createdAt: { lte: new Date(input.upTo) } };
    const { count } = await tx.notification.updateMany({
      where: { ...which, personId: ctx.actor.id, readAt: null },
      data: { readAt: ctx.now },
    });
    return { marked: count };
  },
});
