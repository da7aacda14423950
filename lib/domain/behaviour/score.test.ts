import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TIERS } from "@/lib/domain/agent/tier";
import { FALL_PER_DAY, fires, scoreSignals } from "./assess";
import { combine, eachSignal, weightsOf } from "./score";
import { makeSignal, SIGNALS, type SignalName } from "./signal";

const values = fc
  .array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 10, maxLength: 10 })
  .map((list) => eachSignal((signal) => list[SIGNALS.indexOf(signal)] ?? 0));
const tier = fc.constantFrom(...TIERS);

const evidence = { events: [], counts: {}, baseline: {}, words: "seen" };
const signals = (given: Partial<Record<SignalName, number>>) =>
  SIGNALS.map((signal) => makeSignal(signal, given[signal] ?? 0, evidence));
const NOW = Date.UTC(2026, 5, 1);
const DAY = 86_400_000;
const options = { tier: "moderate" as const, now: NOW };
const usualDay = { count: 40, perDay: 40 };

describe("the formula", () => {
  test("stays within 0–100, its points sum to the score, and only what was found has points", () => {
    fc.assert(
      fc.property(values, tier, (given, of) => {
        const { score, points } = combine(given, weightsOf(of));
        expect(Number.isInteger(score) && score >= 0 && score <= 100).toBe(true);
        const sum = SIGNALS.reduce((total, signal) => total + points[signal], 0);
        expect(sum).toBeCloseTo(score, 6);
        for (const signal of SIGNALS) if (given[signal] === 0) expect(points[signal]).toBe(0);
      }),
    );
  });

  test("more of any signal never lowers the score, and a stricter tier never does", () => {
    fc.assert(
      fc.property(values, fc.constantFrom(...SIGNALS), (given, raised) => {
        const before = combine(given, weightsOf("low")).score;
        const more = eachSignal((one) => (one === raised ? 1 : given[one]));
        expect(combine(more, weightsOf("low")).score).toBeGreaterThanOrEqual(before);
        expect(combine(given, weightsOf("critical")).score).toBeGreaterThanOrEqual(before);
      }),
    );
  });

  test("nothing found is 0; weak signals together speak as a strong one", () => {
    expect(
      combine(
        eachSignal(() => 0),
        weightsOf("critical"),
      ).score,
    ).toBe(0);
    const one = combine(
      eachSignal((s) => (s === "mix" ? 0.4 : 0)),
      weightsOf("moderate"),
    ).score;
    const three = combine(
      eachSignal((s) => (["mix", "sequence", "reasoning"].includes(s) ? 0.4 : 0)),
      weightsOf("moderate"),
    ).score;
    expect(three).toBeGreaterThan(1.8 * one);
  });
});

describe("the fall limit", () => {
  const previous = { at: NOW - 3 * DAY, signals: { novelty: 0.8 } };
  const noveltyOf = (count: number) =>
    scoreSignals(signals({}), { ...options, previous }, { count, perDay: 40 }).factors.find(
      ({ signal }) => signal === "novelty",
    );

  test("silence explains nothing, however long", () => {
    expect(noveltyOf(0)).toMatchObject({ value: 0.8, measured: 0 });
    expect(noveltyOf(0)?.words).toContain("only ordinary requests lower it");
  });

  test("a usual day's work lets a signal fall by the stated step, half a day by half of it", () => {
    expect(noveltyOf(40)?.value).toBeCloseTo(0.8 - FALL_PER_DAY, 9);
    expect(noveltyOf(20)?.value).toBeCloseTo(0.8 - FALL_PER_DAY / 2, 9);
    expect(noveltyOf(4000)?.value).toBe(0);
  });

  test("a rise is never held back", () => {
    const { factors } = scoreSignals(signals({ novelty: 1 }), { ...options, previous }, usualDay);
    expect(factors[0]).toMatchObject({ signal: "novelty", value: 1 });
  });
});

describe("what a person has explained", () => {
  const found = signals({ volume: 0.8, refusals: 0.3 });
  const adjusted = (value: number, until: number) =>
    scoreSignals(found, { ...options, explained: [{ signal: "volume", value, until }] }, usualDay);

  test("comes off the adjusted figure and not off the raw one", () => {
    const plain = scoreSignals(found, options, usualDay);
    const explained = adjusted(0.8, NOW + DAY);
    expect(plain.adjusted).toBe(plain.score);
    expect(explained.score).toBe(plain.score);
    expect(explained.adjusted).toBeLessThan(plain.score);
    expect(explained.factors.find(({ signal }) => signal === "volume")).toMatchObject({
      explained: true,
      adjustedPoints: 0,
    });
  });

  test("does not cover what goes beyond the explained level, and ends at its end", () => {
    expect(adjusted(0.5, NOW + DAY).adjusted).toBeGreaterThan(adjusted(0.8, NOW + DAY).adjusted);
    expect(adjusted(0.8, NOW).adjusted).toBe(adjusted(0.8, NOW).score);
  });
});

test("only a pivot and a rise of data class can act at once, and only when they are strong", () => {
  const fired = signals({ pivot: 0.6, class: 0.5, novelty: 1, refusals: 1 }).filter(fires);
  expect(fired.map(({ signal }) => signal)).toEqual(["pivot"]);
});
