import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TIERS } from "@/lib/domain/agent/tier";
import { AT_ONCE } from "@/lib/domain/behaviour/assess";
import { SIGNALS } from "@/lib/domain/behaviour/signal";
import { REASONS } from "@/lib/domain/policy/reasons";
import { CONTAINMENT_LEVELS } from "./level";
import { strictness } from "./rules";
import {
  BUDGET_REASONS,
  CONTAINMENT_RULES,
  DEFAULT_THRESHOLDS,
  DENIED_PROOFS,
  mostInAMinute,
  type TriggerFacts,
  triggersFor,
} from "./triggers";

const quiet: TriggerFacts = {
  tier: "high",
  score: 0,
  thresholds: { review: 50, contain: 75 },
  signals: {},
  deniedProofsLastMinute: 0,
  budgetExhausted: false,
  containment: null,
};
const facts: fc.Arbitrary<TriggerFacts> = fc.record({
  tier: fc.constantFrom(...TIERS),
  score: fc.integer({ min: 0, max: 100 }),
  thresholds: fc
    .tuple(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 100 }))
    .map(([a, b]) => ({ review: Math.min(a, b), contain: Math.max(a, b) })),
  signals: fc.dictionary(fc.constantFrom(...SIGNALS), fc.double({ min: 0, max: 1, noNaN: true })),
  deniedProofsLastMinute: fc.nat({ max: 6 }),
  budgetExhausted: fc.boolean(),
  containment: fc.constantFrom(...CONTAINMENT_LEVELS, null),
  liftedAtScore: fc.constantFrom(null, 0, 40, 70, 100),
});

describe("each rule", () => {
  test.each([
    [{ score: 50 }, "confirm-all", "score-review"],
    [{ score: 75 }, "quarantine", "score-contain"],
    [{ signals: { pivot: 0.5 } }, "quarantine", "semantic-pivot"],
    [{ signals: { class: 0.8 } }, "quarantine", "class-escalation"],
    [{ deniedProofsLastMinute: 3 }, "stopped", "denied-proofs"],
    [{ budgetExhausted: true }, "throttle", "budget-exhausted"],
  ] as const)("%o", (change, level, rule) => {
    expect(triggersFor({ ...quiet, ...change })).toEqual({ level, rule });
  });

  test.each([
    { score: 49 },
    { signals: { pivot: 0.49, class: 0.69, novelty: 1 } },
    { deniedProofsLastMinute: 2 },
    { tier: "moderate", signals: { pivot: 1, class: 1 } },
    { containment: "stopped", deniedProofsLastMinute: 9, score: 100 },
    { containment: "throttle", budgetExhausted: true },
    { score: 74, liftedAtScore: 74 },
  ] satisfies readonly Partial<TriggerFacts>[])("nothing for %o", (change) => {
    expect(triggersFor({ ...quiet, ...change })).toBeNull();
  });

  test("a score that has risen since a person lifted fires again", () => {
    expect(triggersFor({ ...quiet, score: 80, liftedAtScore: 76 })?.rule).toBe("score-contain");
  });

  test("is as strict about signals as the behaviour model says, and about scores in the order of the tiers", () => {
    expect(triggersFor({ ...quiet, signals: { pivot: AT_ONCE.pivot } })).not.toBeNull();
    expect(triggersFor({ ...quiet, signals: { pivot: AT_ONCE.pivot - 0.01 } })).toBeNull();
    expect(triggersFor({ ...quiet, signals: { class: AT_ONCE.class } })).not.toBeNull();
    expect(triggersFor({ ...quiet, signals: { class: AT_ONCE.class - 0.01 } })).toBeNull();
    const contain = TIERS.map((tier) => DEFAULT_THRESHOLDS[tier].contain);
    expect(contain).toEqual(contain.toSorted((a, b) => b - a));
  });
});

describe("properties", () => {
  test("never milder than what is there, nor as strict: only stricter", () => {
    fc.assert(
      fc.property(facts, (one) => {
        const trigger = triggersFor(one);
        if (trigger === null) return;
        expect(strictness(trigger.level)).toBeGreaterThan(strictness(one.containment));
        expect(trigger.level).toBe(CONTAINMENT_RULES[trigger.rule]);
      }),
    );
  });

  test("the same facts give the same answer, and applying it leaves nothing to do", () => {
    fc.assert(
      fc.property(facts, (one) => {
        const trigger = triggersFor(one);
        expect(triggersFor(structuredClone(one))).toEqual(trigger);
        if (trigger) expect(triggersFor({ ...one, containment: trigger.level })).toBeNull();
      }),
    );
  });

  test("worse facts never lead to a milder level", () => {
    fc.assert(
      fc.property(facts, fc.nat({ max: 20 }), (one, more) => {
        const worse = {
          ...one,
          score: Math.min(100, one.score + more),
          deniedProofsLastMinute: one.deniedProofsLastMinute + more,
          budgetExhausted: true,
        };
        expect(strictness(triggersFor(worse)?.level ?? worse.containment)).toBeGreaterThanOrEqual(
          strictness(triggersFor(one)?.level ?? one.containment),
        );
      }),
    );
  });
});

test("the rules are listed strictest first", () => {
  const levels = Object.values(CONTAINMENT_RULES).map(strictness);
  expect(levels).toEqual(levels.toSorted((a, b) => b - a));
});

test("the reasons that are counted have the outcome that is looked for", () => {
  expect(DENIED_PROOFS.filter((reason) => REASONS[reason] !== "deny")).toEqual([]);
  expect(BUDGET_REASONS.filter((reason) => REASONS[reason] !== "block")).toEqual([]);
});

test("counts within any one minute, whatever the order", () => {
  expect(mostInAMinute([])).toBe(0);
  expect(mostInAMinute([120_000, 0, 59_999])).toBe(2);
  expect(mostInAMinute([0, 60_000])).toBe(1);
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 300_000 })), (times) => {
      const slow = times.map((end) => times.filter((at) => at <= end && at > end - 60_000).length);
      expect(mostInAMinute(times)).toBe(Math.max(0, ...slow));
    }),
  );
});
