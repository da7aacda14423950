import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  Classification,
  classify,
  classifySoFar,
  gravity,
  QUESTION_NAMES,
  QUESTIONS,
  TIER_RULES,
} from "./classification";
import { compareTier, DATA_CLASSES, TIERS } from "./tier";

const answers: fc.Arbitrary<Classification> = fc.record({
  autonomy: fc.constantFrom("suggests", "acts-with-confirmation", "acts-alone"),
  reversibility: fc.constantFrom("reversible", "costly", "irreversible"),
  dataClass: fc.constantFrom(...DATA_CLASSES),
  customerImpact: fc.constantFrom("none", "indirect", "direct"),
  moneyMoved: fc.constantFrom("none", "limited", "material", "unlimited"),
  doraCriticalFunction: fc.boolean(),
  aiActHighRisk: fc.boolean(),
});
const HARMLESS: Classification = {
  autonomy: "suggests",
  reversibility: "reversible",
  dataClass: "internal",
  customerImpact: "none",
  moneyMoved: "none",
  doraCriticalFunction: false,
  aiActHighRisk: false,
};

describe("the tier follows from the answers", () => {
  test.each([
    ["low", {}],
    ["low", { dataClass: "public", customerImpact: "indirect" }],
    ["moderate", { autonomy: "acts-alone" }],
    ["moderate", { dataClass: "restricted" }],
    ["moderate", { moneyMoved: "limited" }],
    ["high", { doraCriticalFunction: true }],
    ["high", { aiActHighRisk: true }],
    ["high", { moneyMoved: "unlimited" }],
    ["high", { autonomy: "acts-alone", dataClass: "restricted" }],
    ["critical", { autonomy: "acts-alone", doraCriticalFunction: true }],
    ["critical", { autonomy: "acts-with-confirmation", moneyMoved: "unlimited" }],
    ["critical", { autonomy: "acts-alone", moneyMoved: "material", reversibility: "irreversible" }],
  ] as const)("%s: %o", (tier, change) => {
    expect(classify({ ...HARMLESS, ...change }).tier).toBe(tier);
  });

  test("a worse answer never lowers the tier, and never silences a rule", () => {
    fc.assert(
      fc.property(answers, answers, (a, b) => {
        const worse = QUESTION_NAMES.every((name) => gravity(b, name) >= gravity(a, name));
        fc.pre(worse);
        const [before, after] = [classify(a), classify(b)];
        expect(compareTier(after.tier, before.tier)).toBeGreaterThanOrEqual(0);
        expect(after.because).toEqual(expect.arrayContaining([...before.because]));
      }),
      { numRuns: 300 },
    );
  });

  test("one answer made worse at a time never lowers the tier", () => {
    fc.assert(
      fc.property(answers, answers, fc.constantFrom(...QUESTION_NAMES), (a, from, name) => {
        const b = { ...a, [name]: from[name] };
        const [milder, graver] = gravity(a, name) <= gravity(b, name) ? [a, b] : [b, a];
        expect(compareTier(classify(graver).tier, classify(milder).tier)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test("an unfinished questionnaire says the least that it can end at", () => {
    fc.assert(
      fc.property(answers, fc.subarray([...QUESTION_NAMES]), (given, answered) => {
        const part = Object.fromEntries(answered.map((name) => [name, given[name]]));
        expect(compareTier(classify(given).tier, classifySoFar(part).tier)).toBeGreaterThanOrEqual(
          0,
        );
      }),
    );
    expect(classifySoFar({ aiActHighRisk: true }).tier).toBe("high");
  });

  test("the tier is that of the first rule given, and no rule that applies forces more", () => {
    fc.assert(
      fc.property(answers, (given) => {
        const { tier, because } = classify(given);
        expect(because[0]?.tier).toBe(tier);
        expect(because.every((rule) => compareTier(rule.tier, tier) <= 0)).toBe(true);
      }),
    );
  });
});

test("rules stand gravest first, have unique ids, and none is dead", () => {
  const ranks = TIER_RULES.map((rule) => TIERS.indexOf(rule.tier));
  expect(ranks).toEqual([...ranks].sort((a, b) => b - a));
  expect(new Set(TIER_RULES.map((rule) => rule.id)).size).toBe(TIER_RULES.length);
  for (const rule of TIER_RULES) {
    const own = { ...HARMLESS, dataClass: "public" as const, ...rule.atLeast };
    expect(classify(own).because).toContain(rule);
    expect(classify(own).tier).toBe(rule.tier);
  }
});

test("the questions on the page list the answers in the order of their gravity", () => {
  for (const name of QUESTION_NAMES) {
    const order = Object.keys(QUESTIONS[name].answers).map((answer) => {
      const value = answer === "true" || answer === "false" ? answer === "true" : answer;
      return gravity(Classification.parse({ ...HARMLESS, [name]: value }), name);
    });
    expect(order).toEqual(order.map((_, index) => index));
  }
});

test("an unknown, missing or additional answer is refused", () => {
  expect(Classification.safeParse({ ...HARMLESS, autonomy: "roams" }).success).toBe(false);
  expect(Classification.safeParse({ ...HARMLESS, tier: "low" }).success).toBe(false);
  expect(Classification.safeParse({ ...HARMLESS, aiActHighRisk: undefined }).success).toBe(false);
});
