import { expect, test } from "vitest";
import { dayTicks, shortDay, shortInstant } from "./time-axis";

const at = (iso: string) => Date.parse(iso);

test("ticks are midnights, at most ten", () => {
  const ticks = dayTicks(at("2026-10-25T13:00:00Z"), at("2026-11-24T22:00:00Z"));
  expect(ticks.length).toBe(10);
  expect(ticks[0]).toBe(at("2026-10-26T00:00:00Z"));
  expect(ticks.every((tick) => tick % 86_400_000 === 0)).toBe(true);
});

test("a span within one day has its ends; no span has no tick", () => {
  const [from, to] = [at("2026-11-24T08:00:00Z"), at("2026-11-24T09:00:00Z")];
  expect(dayTicks(from, to)).toEqual([from, to]);
  expect(dayTicks(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY)).toEqual([]);
});

test("days and instants are those of the reader's zone", () => {
  const late = at("2026-11-24T23:30:00Z");
  expect(shortDay(late, "Asia/Tokyo")).toBe("25 Nov");
  expect(shortInstant(late, "Asia/Tokyo")).toBe("25 Nov, 08:30");
});
