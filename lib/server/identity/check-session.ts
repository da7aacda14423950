import type { Role } from "@/lib/domain/access/permissions";
import { knownRoles } from "@/lib/domain/identity/person";
import {
  needsTouch,
  SIGN_IN_METHODS,
  type SignInMethod,
  sessionState,
} from "@/lib/domain/identity/session";
import { db } from "../db";

export type SignedInPerson = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly title: string;
  readonly timeZone: string;
  readonly roles: readonly Role[];
};

export type LiveSession = {
  readonly sessionId: string;
  readonly method: SignInMethod;
  readonly person: SignedInPerson;
};

/**
 * The live session with this id, or null: unknown, revoked, idle for 30 minutes, older than 12 hours, or of a person who
 * was deactivated. A request in the `background` does not count as activity.
 */
export async function checkSession(
  sessionId: string,
  now: Date,
  options: { readonly background?: boolean } = {},
): Promise<LiveSession | null> {
  const session = await db.signInSession.findUnique({
    where: { id: sessionId },
    include: { person: { include: { roles: true } } },
  });
  if (session === null || !session.person.active) return null;
  if (sessionState(session, now) !== "live") return null;
  const method = SIGN_IN_METHODS.find((known) => known === session.method);
  if (method === undefined) return null;

  if (options.background !== true && needsTouch(session.lastSeenAt, now)) {
    // Never backwards, and never on a session that was revoked in between.
    await db.signInSession.updateMany({
      where: { id: sessionId, revokedAt: null, lastSeenAt: { lt: now } },
      data: { lastSeenAt: now },
    });
  }
  const { person } = session;
  return {
    sessionId,
    method,
    person: {
      id: person.id,
      name: person.name,
      email: person.email,
      title: person.title,
      timeZone: person.timeZone,
      roles: knownRoles(person.roles.map(({ role }) => role)),
    },
  };
}
