import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileManifest } from "@/lib/domain/policy/compile";
import { decide } from "@/lib/domain/policy/decide";
import type { AgentState, Situation } from "@/lib/domain/policy/decision";
import {
  manifestArbitrary,
  meetingArbitrary,
  requestArbitrary,
  sampleManifest,
} from "@/testing/arbitrary-manifest";
import { type ChangeKind, countChanges } from "./change";
import { diffManifests } from "./diff";
import type { IntentManifest, Rule } from "./manifest";

const kinds = (before: IntentManifest | null, after: IntentManifest) =>
  diffManifests(before, after).map((change) => `${change.kind} ${change.path}`);

function withRule(change: Partial<Rule>, index = 1): IntentManifest {
  const sample = sampleManifest();
  return {
    ...sample,
    clusters: sample.clusters.map((cluster, c) =>
      c === index
        ? { ...cluster, rules: cluster.rules.map((rule) => ({ ...rule, ...change })) }
        : cluster,
    ),
  };
}

function withoutCondition(): IntentManifest {
  const manifest = withRule({});
  for (const cluster of manifest.clusters) {
    cluster.rules = cluster.rules.map(({ when: _, ...rule }) => rule);
  }
  return manifest;
}

const base = sampleManifest();

describe("the difference between two manifests", () => {
  it("is nothing between a manifest and itself", () => {
    expect(diffManifests(base, structuredClone(base))).toEqual([]);
  });

  it.each<[string, IntentManifest, readonly string[]]>([
    [
      "an action added",
      withRule({ actions: ["post", "delete"] }),
      ["widening /clusters/1/rules/0/actions"],
    ],
    [
      "a pattern widened",
      withRule({ resources: ["ledger-entry:**"] }),
      ["widening /clusters/1/rules/0/resources"],
    ],
    [
      "a pattern narrowed",
      withRule({ resources: ["ledger-entry:uk/1"] }),
      ["narrowing /clusters/1/rules/0/resources"],
    ],
    [
      "a pattern added that was covered",
      withRule({ resources: ["ledger-entry:uk/**", "ledger-entry:uk/1"] }),
      ["neutral /clusters/1/rules/0/resources"],
    ],
    ["a condition removed", withoutCondition(), ["widening /clusters/1/rules/0/when"]],
    [
      "a limit raised",
      withRule({ when: "context.spend <= 500000" }),
      ["widening /clusters/1/rules/0/when"],
    ],
    [
      "a limit lowered",
      withRule({ when: "context.spend <= 5" }),
      ["narrowing /clusters/1/rules/0/when"],
    ],
    [
      "a condition changed",
      withRule({ when: "context.records < 5" }),
      ["unclear /clusters/1/rules/0/when"],
    ],
    [
      "a confirmation weakened",
      withRule({ confirm: "new-target" }),
      ["widening /clusters/1/rules/0/confirm"],
    ],
    [
      "a confirmation strengthened",
      withRule({ confirm: "each" }, 0),
      ["narrowing /clusters/0/rules/0/confirm"],
    ],
    [
      "transformative called routine",
      withRule({ impact: "routine" }),
      ["unclear /clusters/1/rules/0/impact"],
    ],
    [
      "a cluster removed",
      { ...base, clusters: base.clusters.slice(0, 1) },
      ["narrowing /clusters/1/rules/0"],
    ],
    ["a never-rule removed", { ...base, never: [] }, ["widening /never/0"]],
    [
      "a never-rule narrowed",
      { ...base, never: base.never.map((n) => ({ ...n, resources: ["payroll:uk/**"] })) },
      ["widening /never/0/resources"],
    ],
    [
      "a never-rule given a condition",
      { ...base, never: base.never.map((n) => ({ ...n, when: "context.spend > 1.0" })) },
      ["widening /never/0/when"],
    ],
    [
      "a reason reworded",
      { ...base, never: base.never.map((n) => ({ ...n, because: "other words" })) },
      ["neutral /never/0/because"],
    ],
    [
      "the ceiling raised",
      { ...base, dataClassCeiling: "restricted" },
      ["widening /dataClassCeiling"],
    ],
    [
      "a budget raised",
      { ...base, budgets: { ...base.budgets, records: { day: 20_000 } } },
      ["widening /budgets/records/day"],
    ],
    [
      "a budget removed",
      {
        ...base,
        budgets: {
          requests: { day: 5000 },
          records: { day: 10_000 },
          spend: { day: 1e6, currency: "GBP" },
        },
      },
      ["widening /budgets/requests/minute"],
    ],
    [
      "a budget added",
      { ...base, budgets: { ...base.budgets, records: { day: 10_000, hour: 10 } } },
      ["narrowing /budgets/records/hour"],
    ],
    [
      "another currency",
      { ...base, budgets: { ...base.budgets, spend: { day: 1e6, currency: "JPY" } } },
      ["unclear /budgets/spend/currency"],
    ],
    [
      "hours moved",
      {
        ...base,
        hours: {
          timeZone: "Europe/London",
          windows: [{ days: ["mon", "tue", "wed", "thu", "fri"], from: "08:00", to: "20:00" }],
        },
      },
      ["widening /hours", "narrowing /hours"],
    ],
    [
      "hours split without a gap",
      {
        ...base,
        hours: {
          timeZone: "Europe/London",
          windows: [
            { days: ["mon", "tue", "wed", "thu", "fri"], from: "07:00", to: "12:00" },
            { days: ["mon", "tue", "wed", "thu", "fri"], from: "12:00", to: "19:00" },
          ],
        },
      },
      [],
    ],
    [
      "another time zone",
      { ...base, hours: { ...(base.hours ?? { windows: [] }), timeZone: "UTC" } },
      ["unclear /hours"],
    ],
    [
      "a host added",
      { ...base, network: [...base.network, "evil.example:443"] },
      ["widening /network/1"],
    ],
    [
      "a host under a wildcard",
      { ...base, network: ["*.bank.example:443"] },
      ["widening /network/0"],
    ],
    [
      "thresholds raised",
      { ...base, risk: { review: 70, contain: 90 } },
      ["widening /risk/review", "widening /risk/contain"],
    ],
    [
      "a longer validity",
      { ...base, validity: { ...base.validity, notAfter: "2027-01-01T00:00:00Z" } },
      ["widening /validity/notAfter"],
    ],
    [
      "a later start",
      { ...base, validity: { ...base.validity, notBefore: "2026-02-01T00:00:00Z" } },
      ["narrowing /validity/notBefore"],
    ],
    ["a goal reworded", { ...base, goal: "Other words." }, ["neutral /goal"]],
  ])("%s", (_, after, expected) => {
    expect(kinds(base, after)).toEqual(expected);
  });

  it("does not let a widening hide among cosmetic changes", () => {
    const after = { ...withRule({ confirm: "never" as const }), goal: "Other words.", network: [] };
    const changes = diffManifests(base, after);
    expect(changes.map((c) => c.kind)).toEqual(["widening", "narrowing", "neutral"]);
    expect(countChanges(changes)).toEqual({ widening: 1, unclear: 0, narrowing: 1, neutral: 1 });
  });

  it("calls every rule of a first version a widening", () => {
    expect(kinds(null, base)).toEqual([
      "widening /clusters/0/rules/0",
      "widening /clusters/1/rules/0",
      "narrowing /never/0",
    ]);
  });

  it("is the mirror of itself: what widens one way narrows the other", () => {
    const mirror: Readonly<Record<ChangeKind, ChangeKind>> = {
      widening: "narrowing",
      narrowing: "widening",
      unclear: "unclear",
      neutral: "neutral",
    };
    fc.assert(
      fc.property(manifestArbitrary(), manifestArbitrary(), (a, b) => {
        const hard = (changes: ReturnType<typeof diffManifests>) =>
          changes.filter((c) => /^\/(?:budgets|network|risk|validity|hours)/.test(c.path));
        const there = hard(diffManifests(a, b)).map((c) => c.kind);
        const back = hard(diffManifests(b, a)).map((c) => mirror[c.kind]);
        expect(there.toSorted()).toEqual(back.toSorted());
      }),
    );
  });
});

describe("INVARIANT", { timeout: 60_000 }, () => {
  const agent = (manifest: IntentManifest): AgentState => ({
    agentId: manifest.agentId,
    status: "production",
    tier: "moderate",
    containment: null,
    riskScore: 0,
    sponsor: { personId: "per_sponsor0001", competent: true },
    manifest: compileManifest(manifest, { manifestId: "mft_a", version: 1 }),
  });
  const mostly = <T>(usual: T, ...rest: T[]) =>
    fc.oneof(
      { weight: 4, arbitrary: fc.constant(usual) },
      { weight: 1, arbitrary: fc.constantFrom(...rest) },
    );
  const usage = fc.record({
    requests: mostly(0, 3, 50, 500),
    records: mostly(0, 3, 500),
    spend: mostly(0, 400, 50_000),
  });
  const situations: fc.Arbitrary<{ situation: Situation; riskScore: number }> = fc.record({
    situation: fc.record({
      now: fc.oneof(
        { weight: 3, arbitrary: fc.constant(Date.parse("2026-01-15T10:45:00Z")) },
        {
          weight: 1,
          arbitrary: fc.integer({ min: Date.parse("2025-12-01"), max: Date.parse("2027-01-15") }),
        },
      ),
      usage: fc.record({ minute: usage, hour: usage, day: usage }),
      grantId: fc.constant(null),
      targetConfirmed: fc.boolean(),
    }),
    riskScore: mostly(0, 30, 60, 90),
  });
  const withNoise = (pair: { before: IntentManifest; after: IntentManifest }) => {
    const request = fc.oneof(requestArbitrary(), meetingArbitrary(pair.after));
    const asked = fc.array(fc.tuple(request, situations), { minLength: 30, maxLength: 30 });
    return fc.tuple(fc.constant(pair), asked);
  };

  /** Two manifests that differ in a few places, which is what real versions do. */
  const versions = fc
    .tuple(
      manifestArbitrary(),
      manifestArbitrary(),
      fc.subarray(
        [
          "clusters",
          "never",
          "dataClassCeiling",
          "budgets",
          "hours",
          "network",
          "risk",
          "validity",
        ] as const,
        { minLength: 1, maxLength: 3 },
      ),
    )
    .map(([before, other, fields]) => {
      const after: IntentManifest = { ...before };
      for (const field of fields) Object.assign(after, { [field]: other[field] });
      if (after.hours === undefined) delete after.hours;
      return { before, after };
    });

  /** One aspect of every rule taken over from another rule. */
  const edits = fc
    .tuple(
      manifestArbitrary(),
      manifestArbitrary(),
      fc.constantFrom("actions", "resources", "when", "confirm"),
    )
    .map(([before, other, aspect]) => {
      const donor = other.clusters[0]?.rules[0];
      const after = structuredClone(before);
      for (const rule of after.clusters.flatMap((cluster) => cluster.rules)) {
        const value = donor?.[aspect as keyof Rule];
        if (value === undefined) delete rule.when;
        else Object.assign(rule, { [aspect]: value });
      }
      return { before, after };
    });

  it("what only the later manifest allows shows as a widening", () => {
    let newlyAllowed = 0;
    fc.assert(
      fc.property(fc.oneof(versions, edits).chain(withNoise), ([{ before, after }, asked]) => {
        const counts = countChanges(diffManifests(before, after));
        const [was, is] = [agent(before), agent(after)];
        for (const [request, { situation, riskScore }] of asked) {
          const now = decide(request, { ...is, riskScore }, situation).outcome;
          const then = decide(request, { ...was, riskScore }, situation).outcome;
          if (now !== "allow" || then === "allow") continue;
          newlyAllowed++;
          expect(
            counts.widening + counts.unclear,
            JSON.stringify({ request, before, after }),
          ).toBeGreaterThan(0);
        }
      }),
      { numRuns: 400 },
    );
    // Otherwise the property above would hold for want of a case.
    expect(newlyAllowed).toBeGreaterThan(50);
  });
});
