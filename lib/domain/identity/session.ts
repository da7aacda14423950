import { z } from "zod";

export const SessionId = z.string().regex(/^ses_[a-z0-9]{4,64}$/, "this is not a session's id");

/** Limits of a browser session (firm policy). */
export const SESSION_IDLE_SECONDS = 30 * 60;
export const SESSION_MAX_SECONDS = 12 * 60 * 60;
/** How long after sign-in a person may change how they sign in without proving themself again. */
export const FRESH_SECONDS = 15 * 60;
/** `lastSeenAt` is written at most this often. */
const TOUCH_SECONDS = 60;

/** How a person proved who they are when the session began. `temporary`: with a one-time password that must be changed. */
export const SIGN_IN_METHODS = ["password", "passkey", "temporary", "demo"] as const;
export type SignInMethod = (typeof SIGN_IN_METHODS)[number];

type SessionTimes = {
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
};

export type SessionState = "live" | "revoked" | "expired" | "idle";

/** What a session is worth at `now`. Anything but `live` is worth nothing. */
export function sessionState(session: SessionTimes, now: Date): SessionState {
  if (session.revokedAt !== null) return "revoked";
  if (now.getTime() >= session.expiresAt.getTime()) return "expired";
  if (now.getTime() - session.lastSeenAt.getTime() >= SESSION_IDLE_SECONDS * 1000) return "idle";
  return "live";
}

/** Whether it is time to write `lastSeenAt` again. */
export function needsTouch(lastSeenAt: Date, now: Date): boolean {
  return now.getTime() - lastSeenAt.getTime() >= TOUCH_SECONDS * 1000;
}
