import { expect, test } from "vitest";
import { needsTouch, sessionState } from "./session";

const at = (minutes: number) => new Date(Date.parse("2026-03-02T10:00:00Z") + minutes * 60_000);
const session = { lastSeenAt: at(0), expiresAt: at(720), revokedAt: null };

test("a session lives for 30 minutes after it was last seen", () => {
  expect(sessionState(session, at(29.9))).toBe("live");
  expect(sessionState(session, at(30))).toBe("idle");
});

test("however busy, it ends at its limit", () => {
  const busy = { ...session, lastSeenAt: at(719) };
  expect(sessionState(busy, at(719.9))).toBe("live");
  expect(sessionState(busy, at(720))).toBe("expired");
});

test("a revoked session is dead at once", () => {
  expect(sessionState({ ...session, revokedAt: at(1) }, at(1))).toBe("revoked");
});

test("the time of the last visit is written once a minute at most", () => {
  expect(needsTouch(at(0), at(0.9))).toBe(false);
  expect(needsTouch(at(0), at(1))).toBe(true);
});
