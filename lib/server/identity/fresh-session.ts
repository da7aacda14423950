import { AppError } from "@/lib/domain/errors";
import { FRESH_SECONDS } from "@/lib/domain/identity/session";
import type { Ctx } from "../context";
import type { Tx } from "../db";

/**
 * What changes how a person proves themself is done soon after they proved themself: whoever finds an open screen, or a
 * stolen cookie, must not add a key of their own. Throws AppError("forbidden").
 */
export async function requireFreshSession(
  tx: Pick<Tx, "signInSession">,
  ctx: Ctx,
  sessionId: string,
): Promise<void> {
  const session = await tx.signInSession.findUnique({ where: { id: sessionId } });
  const age =
    session === null ? Number.POSITIVE_INFINITY : ctx.now.getTime() - session.createdAt.getTime();
  if (session === null || session.personId !== ctx.actor.id || session.revokedAt !== null) {
    throw new AppError("forbidden", "this session has ended: sign in again");
  }
  if (age > FRESH_SECONDS * 1000) {
    throw new AppError(
      "forbidden",
      "for this you must have signed in within the last 15 minutes: sign out, sign in again, then do it at once",
    );
  }
}
