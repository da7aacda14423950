import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type MaturityFacts, maturity } from "./maturity";

const NOW = new Date("2026-11-24T12:00:00Z");
const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000);
const FULL: MaturityFacts = {
  agentId: "agt_12345678",
  dedicatedCredentials: true,
  loggingEnabled: true,
  activeKeys: 1,
  manifest: { destinations: 0, budgets: 2, containAt: 85 },
  riskAt: hoursAgo(1),
};

describe("the level that the facts reach", () => {
  test.each<[number, string, Partial<MaturityFacts>]>([
    [3, "everything", {}],
    [3, "a score of exactly a day ago", { riskAt: hoursAgo(24) }],
    [2, "an older score", { riskAt: hoursAgo(24.01) }],
    [2, "never scored", { riskAt: null }],
    [2, "no budget", { manifest: { destinations: 3, budgets: 0, containAt: 85 } }],
    [1, "no active key", { activeKeys: 0 }],
    [0, "no manifest: no boundary either", { manifest: null }],
    [0, "shared credentials", { dedicatedCredentials: false }],
    [0, "no logs", { loggingEnabled: false }],
  ])("%i: %s", (level, _, change) => {
    expect(maturity({ ...FULL, ...change }, NOW).level).toBe(level);
  });
});

test("what is missing is what the next level lacks, each with the page that mends it", () => {
  const state = maturity({ ...FULL, loggingEnabled: false, riskAt: null }, NOW);
  expect(state.missing.map(({ id, href }) => [id, href])).toEqual([
    ["logging", "/agents/agt_12345678?tab=settings"],
  ]);
  expect(maturity(FULL, NOW).missing).toEqual([]);
});

test("mending what is missing, level by level, ends at 3; a fact lost never raises the level", () => {
  const facts: fc.Arbitrary<MaturityFacts> = fc.record({
    agentId: fc.constant("agt_12345678"),
    dedicatedCredentials: fc.boolean(),
    loggingEnabled: fc.boolean(),
    activeKeys: fc.nat(2),
    manifest: fc.option(
      fc.record({ destinations: fc.nat(2), budgets: fc.nat(2), containAt: fc.constant(80) }),
    ),
    riskAt: fc.option(fc.nat(60).map(hoursAgo)),
  });
  fc.assert(
    fc.property(facts, (given) => {
      const { level, missing, requirements } = maturity(given, NOW);
      expect(missing.length === 0).toBe(level === 3);
      expect(requirements.filter((need) => need.level <= level).every(({ met }) => met)).toBe(true);
      for (const lost of [
        { loggingEnabled: false },
        { activeKeys: 0 },
        { manifest: null },
        { riskAt: null },
      ]) {
        expect(maturity({ ...given, ...lost }, NOW).level).toBeLessThanOrEqual(level);
      }
    }),
  );
});
