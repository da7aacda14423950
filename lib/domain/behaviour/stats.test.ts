import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  belief,
  jensenShannon,
  logGamma,
  quantile,
  robustZ,
  spread,
  tailBits,
  valueOfBits,
} from "./stats";

const count = (max: number) => fc.integer({ min: 0, max });

test("ln Γ is right where it is known", () => {
  expect(logGamma(1)).toBeCloseTo(0, 10);
  expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 10);
  expect(logGamma(11)).toBeCloseTo(Math.log(3_628_800), 8);
});

describe("the Beta-Binomial tail", () => {
  test("under a uniform belief every count is as likely as every other", () => {
    // P(K ≥ k) = (n − k + 1) / (n + 1) for Beta(1, 1).
    expect(tailBits(8, 9, { a: 1, b: 1 })).toBeCloseTo(Math.log2(10 / 2), 8);
    expect(tailBits(5, 9, { a: 1, b: 1 })).toBeCloseTo(Math.log2(10 / 5), 8);
  });

  test("a count that was to be expected is no surprise", () => {
    expect(tailBits(5, 100, { a: 5, b: 95 })).toBe(0);
    expect(tailBits(0, 0, { a: 5, b: 95 })).toBe(0);
  });

  test("more hits never surprise less, and never without end", () => {
    fc.assert(
      fc.property(count(300), count(300), count(300), (n, a, k) => {
        const own = { a: a / 10 + 0.1, b: 20 };
        const bits = tailBits(Math.min(k, n), n, own);
        const more = tailBits(Math.min(k + 1, n), n, own);
        expect(Number.isFinite(bits)).toBe(true);
        expect(more).toBeGreaterThanOrEqual(bits - 1e-9);
      }),
    );
  });

  test("a long history is believed no more than it may be", () => {
    const { a, b } = belief(500, 10_000, { mean: 0.05, strength: 20, most: 80 });
    expect(a + b).toBeCloseTo(80, 10);
    expect(a / (a + b)).toBeCloseTo(0.05, 10);
  });
});

test("three observations can say less than half, whatever they are", () => {
  expect(valueOfBits(1e9, 3)).toBeLessThan(0.5);
  expect(valueOfBits(1e9, 100)).toBeGreaterThan(0.95);
});

describe("Jensen–Shannon distance", () => {
  const table = fc.dictionary(
    fc.constantFrom("a", "b", "c", "d"),
    fc.integer({ min: 1, max: 50 }),
    {
      minKeys: 1,
    },
  );
  test("0 for the same shares, 1 for nothing in common, never outside", () => {
    const usual = new Map([
      ["a", 3],
      ["b", 1],
    ]);
    expect(
      jensenShannon(
        usual,
        new Map([
          ["a", 30],
          ["b", 10],
        ]),
        0,
      ),
    ).toBeCloseTo(0, 9);
    expect(jensenShannon(usual, new Map([["c", 4]]), 0)).toBeCloseTo(1, 9);
    fc.assert(
      fc.property(table, table, count(20), (left, right, pull) => {
        const distance = jensenShannon(
          new Map(Object.entries(left)),
          new Map(Object.entries(right)),
          pull,
        );
        expect(distance).toBeGreaterThanOrEqual(0);
        expect(distance).toBeLessThanOrEqual(1 + 1e-9);
      }),
    );
  });
  test("a handful of requests is drawn towards the usual", () => {
    const usual = new Map([["a", 100]]);
    const one = jensenShannon(usual, new Map([["z", 1]]), 6);
    const many = jensenShannon(usual, new Map([["z", 60]]), 6);
    expect(one).toBeLessThan(0.35);
    expect(many).toBeGreaterThan(0.8);
  });
});

test("quantiles are interpolated, and one outlier in ten moves neither centre nor width far", () => {
  expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
  expect(quantile([], 0.5)).toBe(0);
  const calm = spread([10, 11, 9, 10, 12, 10, 9, 11, 10, 10], 0.1);
  expect(calm.centre).toBe(10);
  expect(robustZ(10, calm)).toBe(0);
  expect(spread([1, 1, 1], 0.5).width).toBe(0.5);
});
