import { SESSION_MAX_SECONDS, type SignInMethod } from "@/lib/domain/identity/session";
import { db } from "../db";
import { newId } from "../ids";

/** Begins a session for somebody whose proof was checked; its id goes into the cookie. Ends at the latest after 12 hours. */
export async function openSession(
  personId: string,
  method: SignInMethod,
  request: { readonly userAgent: string; readonly now: Date },
): Promise<string> {
  const id = newId("ses");
  await db.signInSession.create({
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
  return id;
}

/** Ends the session that a cookie names, when its holder signs out. */
export async function closeSession(sessionId: string, now: Date): Promise<void> {
  await db.signInSession.updateMany({
    where: { id: sessionId, revokedAt: null },
    data: { revokedAt: now },
  });
}
