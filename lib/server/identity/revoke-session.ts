import { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import { SessionId } from "@/lib/domain/identity/session";
import { unrecorded } from "../unrecorded";
import { endSessions } from "./end-sessions";

/** Ends one of the person's own sessions. Throws AppError("not-found"). */
export const revokeSession = unrecorded({
  permission: "self:manage",
  because: "signing oneself out changes nothing that anyone answers for",
  input: z.strictObject({ sessionId: SessionId }),
  async run(tx, { ctx, input }) {
    const { count } = await tx.signInSession.updateMany({
      where: { id: input.sessionId, personId: ctx.actor.id, revokedAt: null },
      data: { revokedAt: ctx.now },
    });
    if (count === 0) throw new AppError("not-found", "this session has ended already");
  },
});

/** Ends all of the person's own sessions but this one; returns how many. */
export const revokeOtherSessions = unrecorded({
  permission: "self:manage",
  because: "signing oneself out changes nothing that anyone answers for",
  input: z.strictObject({ keep: SessionId }),
  run: (tx, { ctx, input }) => endSessions(tx, ctx.actor.id, ctx.now, input.keep),
});
