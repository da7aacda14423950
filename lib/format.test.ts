import { expect, test } from "vitest";
import {
  formatCount,
  formatDuration,
  formatInstant,
  formatMoney,
  formatRelative,
  shortHash,
} from "./format";

test("an instant is shown in the reader's zone, and says which", () => {
  expect(formatInstant("2026-07-01T09:05:00Z", "Europe/London")).toBe("1 Jul 2026, 10:05 BST");
  expect(formatInstant("2026-01-01T00:00:00Z", "Asia/Singapore")).toMatch(/^1 Jan 2026, 08:00 /);
  expect(formatInstant("2026-01-01T00:00:00Z", "UTC")).toBe("1 Jan 2026, 00:00 UTC");
});

test("an unknown zone falls back to UTC, and what is no date stays as it is", () => {
  expect(formatInstant("2026-01-01T12:00:00Z", "Mars/Olympus")).toBe("1 Jan 2026, 12:00 UTC");
  expect(formatInstant("soon")).toBe("soon");
});

test("how long ago, in the largest unit that fits", () => {
  const now = new Date("2026-03-02T10:00:00Z");
  expect(formatRelative("2026-03-02T07:00:00Z", now)).toBe("3 hours ago");
  expect(formatRelative("2026-03-02T10:00:59Z", now)).toBe("in 59 seconds");
  expect(formatRelative("2026-03-01T10:00:00Z", now)).toBe("yesterday");
  expect(formatRelative("2026-03-02T10:00:00Z", now)).toBe("now");
});

test("a length of time in two units", () => {
  expect(formatDuration(0)).toBe("0 s");
  expect(formatDuration(59)).toBe("59 s");
  expect(formatDuration(7_500)).toBe("2 h 5 min");
  expect(formatDuration(86_400)).toBe("1 d");
});

test("money comes from pence; whole pounds without them", () => {
  expect(formatMoney(25_000_000)).toBe("£250,000");
  expect(formatMoney(1_250n)).toBe("£12.50");
  expect(formatMoney(5)).toBe("£0.05");
});

test("counts agree with their noun", () => {
  expect(formatCount(1, "review")).toBe("1 review");
  expect(formatCount(1_200, "entry", "entries")).toBe("1,200 entries");
});

test("a hash is shortened only where that shortens it", () => {
  expect(shortHash("abcdefghijklmnop", 4)).toBe("abcd…mnop");
  expect(shortHash("abcdefghi", 4)).toBe("abcdefghi");
});
