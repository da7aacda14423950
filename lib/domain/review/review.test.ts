import { expect, test } from "vitest";
import { TIERS } from "@/lib/domain/agent/tier";
import { dueAt, GRANT_MINUTES, grantExpiry, seenMark, urgency } from "./review";

const OPENED = new Date("2026-11-24T12:00:00Z");
const later = (minutes: number) => new Date(OPENED.getTime() + minutes * 60_000);

test("the time to resolve follows the tier, and a higher tier never gets more", () => {
  expect(TIERS.map((tier) => dueAt(tier, OPENED).toISOString())).toEqual([
    "2026-11-25T12:00:00.000Z",
    "2026-11-24T20:00:00.000Z",
    "2026-11-24T16:00:00.000Z",
    "2026-11-24T13:00:00.000Z",
  ]);
});

test("due soon in the last quarter, overdue from the very moment", () => {
  const review = { createdAt: OPENED, dueAt: later(60) };
  expect(urgency(review, later(45))).toBe("ok");
  expect(urgency(review, new Date(later(45).getTime() + 1))).toBe("soon");
  expect(urgency(review, new Date(later(60).getTime() - 1))).toBe("soon");
  expect(urgency(review, later(60))).toBe("overdue");
});

test("a grant never outlives the manifest, and there is none where no manifest is left", () => {
  expect(grantExpiry(OPENED, later(600))).toEqual(later(GRANT_MINUTES));
  expect(grantExpiry(OPENED, later(10))).toEqual(later(10));
  expect(grantExpiry(OPENED, OPENED)).toBeNull();
});

test("what was seen is stale after resolution, escalation or ten times as many askings, not after each", () => {
  const seen = { state: "open", escalated: false, asked: 2 };
  expect(seenMark({ ...seen, asked: 9 })).toBe(seenMark(seen));
  expect(seenMark({ ...seen, asked: 10 })).not.toBe(seenMark(seen));
  expect(seenMark({ ...seen, escalated: true })).not.toBe(seenMark(seen));
  expect(seenMark({ ...seen, state: "resolved" })).not.toBe(seenMark(seen));
});
