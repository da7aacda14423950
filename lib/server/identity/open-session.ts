import { AppError } from "@/lib/domain/errors";
import { SESSION_MAX_SECONDS, type SignInMethod } from "@/lib/domain/identity/session";
import { db } from "../db";
import { newId } from "../ids";

/**
 * Begins a session for somebody whose proof was checked; its id goes into the cookie. Ends at the latest after 12 hours.
 * `passwordHash`: what the password was right for. Where it was changed, or the person deactivated, while the proof was
 * checked, no session begins that would outlive the end of all others. Throws AppError("forbidden").
 */
export async function openSession(
  personId: string,
  method: SignInMethod,
  request: { readonly userAgent: string; readonly now: Date },
  passwordHash?: string | null,
): Promise<string> {
  const id = newId("ses");
  await db.$transaction(async (tx) => {
    // Holds the person's row: who changes it either came before and is seen here, or comes after and ends this session.
    const { count } = await tx.person.updateMany({
      where: {
        id: personId,
        active: true,
        ...(passwordHash === undefined ? {} : { passwordHash }),
      },
      data: { active: true },
    });
    if (count === 0) throw new AppError("forbidden", "this account has just changed: try again");
    await tx.signInSession.create({
      data: {
        id,
        personId,
        method,
        userAgent: request.userAgent.slice(0, 300),
        createdAt: request.now,
        lastSeenAt: request.now,
        expiresAt: new Date(request.now.getTime() + SESSION_MAX_SECONDS * 1000),
      },
    });
  });
  return id;
}

/** Ends the session that a cookie names, when its holder signs out. */
export async function closeSession(sessionId: string, now: Date): Promise<void> {
  await db.signInSession.updateMany({
    where: { id: sessionId, revokedAt: null },
    data: { revokedAt: now },
  });
}
