import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Behaviour, readFactors, riskScore, SIGNALS, WEIGHTS } from "./score";

/** The lowest review threshold that the manifest template suggests. */
const REVIEW_THRESHOLD = 60;

const steady: Behaviour = {
  recent: { requests: 240, refused: 5, badProofs: 0, newPairs: 0, busiestHour: 32 },
  baseline: {
    requests: 7000,
    refused: 150,
    seenOnce: 0,
    hours: Array.from({ length: 240 }, (_, hour) => 25 + (hour % 10)),
  },
};
const recently = (change: Partial<Behaviour["recent"]>, from = steady): Behaviour => ({
  ...from,
  recent: { ...from.recent, ...change },
});
const points = (behaviour: Behaviour) =>
  Object.fromEntries(riskScore(behaviour).factors.map((f) => [f.signal, f.points]));

const count = (max: number) => fc.integer({ min: 0, max });
const behaviour: fc.Arbitrary<Behaviour> = fc
  .record({
    recent: fc.record({
      requests: count(5000),
      refusedShare: fc.double({ min: 0, max: 1, noNaN: true }),
      badProofs: count(200),
      newPairs: count(30),
      busiestHour: count(5000),
    }),
    baseline: fc.record({
      requests: count(100_000),
      refusedShare: fc.double({ min: 0, max: 1, noNaN: true }),
      seenOnce: count(100),
      hours: fc.array(fc.integer({ min: 1, max: 1000 }), { maxLength: 100 }),
    }),
  })
  .map(({ recent, baseline }) => ({
    recent: {
      requests: recent.requests,
      refused: Math.floor(recent.requests * recent.refusedShare),
      badProofs: recent.badProofs,
      newPairs: recent.newPairs,
      busiestHour: recent.busiestHour,
    },
    baseline: {
      requests: baseline.requests,
      refused: Math.floor(baseline.requests * baseline.refusedShare),
      seenOnce: Math.min(baseline.seenOnce, baseline.requests),
      hours: baseline.hours,
    },
  }));

test("an agent that does what it always does scores nearly nothing", () => {
  expect(riskScore(steady).score).toBeLessThanOrEqual(2);
});

test("the weights sum to 100, and the factors are exactly the signals", () => {
  expect(Object.values<number>(WEIGHTS).reduce((a, b) => a + b)).toBe(100);
  expect(riskScore(steady).factors.map(({ signal }) => signal)).toEqual(SIGNALS);
});

describe("for every behaviour", () => {
  test("0 ≤ score ≤ 100, it is the rounded sum of its points, and each factor says why", () => {
    fc.assert(
      fc.property(behaviour, (given) => {
        const { score, factors } = riskScore(given);
        expect(Number.isInteger(score) && score >= 0 && score <= 100).toBe(true);
        const sum = factors.reduce((total, factor) => total + factor.points, 0);
        expect(Math.abs(score - sum)).toBeLessThanOrEqual(0.51);
        for (const factor of factors) {
          expect(factor.points).toBeGreaterThanOrEqual(0);
          expect(factor.points).toBeLessThanOrEqual(WEIGHTS[factor.signal]);
          expect(factor.words).not.toMatch(/NaN|undefined|Infinity/);
        }
      }),
    );
  });

  test("more of any signal never lowers the score", () => {
    fc.assert(
      fc.property(behaviour, count(50), (given, more) => {
        const before = riskScore(given).score;
        const { recent } = given;
        const refused = Math.min(recent.requests, recent.refused + more);
        expect(riskScore(recently({ refused }, given)).score).toBeGreaterThanOrEqual(before);
        for (const key of ["badProofs", "newPairs", "busiestHour"] as const) {
          const raised = recently({ [key]: recent[key] + more }, given);
          expect(riskScore(raised).score).toBeGreaterThanOrEqual(before);
        }
      }),
    );
  });

  test("three requests can't scream: refused ones alone stay far below the review threshold", () => {
    fc.assert(
      fc.property(behaviour, count(3), (given, few) => {
        const alone = recently(
          { requests: few, refused: few, badProofs: 0, newPairs: 0, busiestHour: few },
          { ...given, baseline: { ...given.baseline, hours: [] } },
        );
        expect(riskScore(alone).score).toBeLessThan(15);
      }),
    );
  });

  test("no single signal reaches the review threshold, and strangers' bad proofs add ten at most", () => {
    fc.assert(
      fc.property(behaviour, (given) => {
        for (const value of Object.values(points(given))) {
          expect(value).toBeLessThan(REVIEW_THRESHOLD);
        }
        const attacked = riskScore(recently({ badProofs: 1_000_000 }, given)).score;
        expect(attacked - riskScore(recently({ badProofs: 0 }, given)).score).toBeLessThanOrEqual(
          11,
        );
      }),
    );
  });
});

test("drift that a person would call drift reaches the review threshold", () => {
  const drifting = recently({ requests: 300, refused: 110, newPairs: 4 });
  expect(riskScore(drifting).score).toBeGreaterThanOrEqual(REVIEW_THRESHOLD);
  expect(riskScore(drifting).factors[0]?.words).toContain("110 of 300");
});

test("an agent whose every request waits for a person is not risky for that", () => {
  const confirming: Behaviour = {
    recent: { requests: 40, refused: 40, badProofs: 0, newPairs: 0, busiestHour: 5 },
    baseline: { requests: 1000, refused: 1000, seenOnce: 0, hours: Array(200).fill(5) },
  };
  expect(riskScore(confirming).score).toBeLessThanOrEqual(2);
});

test("novelty counts as far as the agent was stable", () => {
  const settled = points(recently({ newPairs: 1 }))["novelty"] ?? 0;
  const restless = points(
    recently({ newPairs: 1 }, { ...steady, baseline: { ...steady.baseline, seenOnce: 3500 } }),
  )["novelty"];
  const newcomer = points(
    recently({ newPairs: 1 }, { ...steady, baseline: { ...steady.baseline, requests: 20 } }),
  )["novelty"];
  expect(settled).toBeCloseTo(12.5);
  expect(restless).toBeLessThan(settled);
  expect(newcomer).toBeLessThan(settled / 5);
});

test("a burst counts by the agent's own spread, and not without history", () => {
  expect(points(recently({ busiestHour: 40 }))["volume"]).toBe(0);
  expect(points(recently({ busiestHour: 400 }))["volume"]).toBe(WEIGHTS.volume);
  const short = { ...steady, baseline: { ...steady.baseline, hours: [1, 2, 3] } };
  expect(points(recently({ busiestHour: 400 }, short))["volume"]).toBe(0);
});

test("kept factors come back with the most first, without those that add nothing", () => {
  const { factors } = riskScore(recently({ requests: 300, refused: 110, newPairs: 1 }));
  expect(readFactors(JSON.parse(JSON.stringify(factors))).map(({ points }) => points)).toEqual([
    45, 12.5,
  ]);
  expect(readFactors("nonsense")).toEqual([]);
});
