import { describe, expect, test } from "vitest";
import {
  dayMaxima,
  delay,
  falseAlarms,
  medianOf,
  quietMonths,
  rocAuc,
  thresholdFor,
} from "./metrics";
import type { Run } from "./replay";

function run(change: Partial<Run> & { readonly days: Int32Array }): Run {
  const width = change.days.length * 10;
  return {
    agent: "a",
    behaviour: "steady",
    labels: new Int8Array(change.days.length),
    onset: null,
    held: new Float32Array(width),
    measured: new Float32Array(width),
    months: 1,
    ...change,
  };
}

test("AUC: 1 where every positive lies above, 0.5 where nothing is known, ties count half", () => {
  expect(rocAuc([3, 4], [1, 2])).toBe(1);
  expect(rocAuc([1, 2], [3, 4])).toBe(0);
  expect(rocAuc([1, 1], [1, 1, 1])).toBe(0.5);
  expect(rocAuc([2, 1], [1, 0])).toBe(0.875);
  expect(rocAuc([], [1])).toBeNull();
});

describe("an agent that goes astray on its second day", () => {
  const attacked = run({
    days: Int32Array.from([1, 1, 2, 2, 2, 3, 4]),
    labels: Int8Array.from([0, 0, 0, 1, 1, 0, 1]),
    onset: 3,
  });
  const series = [10, 70, 20, 50, 65, 90, 40];

  test("has quiet days before, attack days after, and days that are neither", () => {
    expect(dayMaxima(attacked, series)).toEqual({ positives: [65, 40], negatives: [70] });
  });
  test("raises false alarms only before the onset, and is quiet only until then", () => {
    expect(falseAlarms(attacked, series, 60)).toBe(1);
    expect(quietMonths(attacked)).toBeCloseTo(3 / 7, 9);
  });
  test("is found at the first alarm from the onset on", () => {
    expect(delay(attacked, series, 60)).toBe(2);
    expect(delay(attacked, series, 50)).toBe(1);
    expect(delay(attacked, series, 95)).toBe(Number.POSITIVE_INFINITY);
  });
});

test("one stretch above the threshold is one false alarm", () => {
  const quiet = run({ days: Int32Array.from([1, 1, 1, 1, 2, 2]) });
  expect(falseAlarms(quiet, [60, 61, 60, 10, 70, 70], 60)).toBe(2);
});

test("the threshold for one false alarm a month is the lowest that raises no more", () => {
  const runs = [run({ days: Int32Array.from([1, 2, 3]) })];
  expect(thresholdFor(runs, () => [5, 9, 7])).toBe(5);
  expect(thresholdFor(runs, () => [9, 5, 7])).toBe(9);
});

test("a median with missing ones is missing only where half are", () => {
  expect(medianOf([1, 2, Number.POSITIVE_INFINITY])).toBe(2);
  expect(medianOf([1, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY])).toBe(
    Number.POSITIVE_INFINITY,
  );
});
