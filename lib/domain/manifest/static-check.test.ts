import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  manifestArbitrary,
  meetingArbitrary,
  requestArbitrary,
  sampleManifest,
} from "@/testing/arbitrary-manifest";
import { decideUnder } from "@/testing/decide-under";
import { contradictionIn } from "./condition-bounds";
import { templateManifest } from "./document";
import type { IntentManifest, Rule } from "./manifest";
import { checkManifest } from "./static-check";

const now = new Date("2026-03-01T10:00:00Z");
const codes = (manifest: IntentManifest, tier?: "critical") =>
  checkManifest(manifest, tier ? { now, tier } : { now }).map(
    (f) => `${f.severity} ${f.code} ${f.path}`,
  );

const read: Rule = {
  actions: ["read"],
  resources: ["invoice:uk/**"],
  impact: "routine",
  confirm: "never",
};
const rules = (...list: Rule[]) =>
  sampleManifest({ clusters: [{ id: "task", purpose: "Do the task", rules: list }] });
const base = sampleManifest();

describe("the static check", () => {
  it("has nothing against a careful manifest", () => {
    expect(codes(sampleManifest())).toEqual([]);
  });

  it.each<[string, IntentManifest, readonly string[]]>([
    [
      "everything on everything",
      rules({ ...read, actions: ["*"], resources: ["*:**"] }),
      ["error over-broad /clusters/0/rules/0"],
    ],
    [
      "every resource",
      rules({ ...read, resources: ["*:**"] }),
      ["warning over-broad /clusters/0/rules/0/resources"],
    ],
    [
      "every action",
      rules({ ...read, actions: ["*"] }),
      ["warning over-broad /clusters/0/rules/0/actions"],
    ],
    [
      "an unguarded change",
      {
        ...rules({
          ...read,
          actions: ["post"],
          resources: ["invoice:**"],
          impact: "transformative",
        }),
      },
      ["warning unguarded /clusters/0/rules/0"],
    ],
    [
      "a condition that is no CEL",
      rules({ ...read, when: "context.spend <=" }),
      ["error condition-invalid /clusters/0/rules/0/when"],
    ],
    [
      "a condition with an unknown name",
      rules({ ...read, when: "spend <= 1.0" }),
      ["error condition-invalid /clusters/0/rules/0/when"],
    ],
    [
      "a condition that contradicts itself",
      rules({ ...read, when: "context.spend > 10 && context.spend < 5" }),
      ["warning condition-never-true /clusters/0/rules/0/when"],
    ],
    [
      "a never-rule that never holds",
      { ...base, never: base.never.map((n) => ({ ...n, when: "context.records < 0" })) },
      ["warning condition-never-true /never/0/when"],
    ],
    [
      "a rule inside a never-rule",
      rules(read, { ...read, resources: ["payroll:uk/*"] }),
      ["warning inside-never /clusters/0/rules/1"],
    ],
    [
      "a pattern inside a never-rule",
      rules({ ...read, resources: ["invoice:uk/**", "payroll:uk/*"] }),
      ["warning inside-never /clusters/0/rules/0/resources/1"],
    ],
    [
      "a confirmation made moot by an earlier rule",
      rules(read, { ...read, resources: ["invoice:uk/1"], confirm: "each" }),
      ["warning shadowed /clusters/0/rules/1"],
    ],
    [
      "a condition made moot by a later rule",
      rules({ ...read, when: "context.records < 5" }, read),
      ["warning shadowed /clusters/0/rules/0"],
    ],
    ["a rule twice", rules(read, { ...read }), ["note redundant /clusters/0/rules/1"]],
    [
      "a stricter broader rule, which is no shadow",
      rules({ ...read, resources: ["invoice:**"], confirm: "each" }, read),
      [],
    ],
    ["no budget", { ...base, budgets: {} }, ["warning no-budget /budgets"]],
    [
      "no spend budget",
      { ...base, budgets: { requests: { day: 1 } } },
      ["note no-spend-budget /budgets/spend"],
    ],
    [
      "a budget of nothing",
      { ...base, budgets: { ...base.budgets, requests: { day: 0 } } },
      ["warning budget-zero /budgets/requests/day"],
    ],
    [
      "a budget that is never reached",
      { ...base, budgets: { ...base.budgets, records: { hour: 20, day: 10 } } },
      ["note budget-moot /budgets/records/hour"],
    ],
    [
      "the highest data class",
      { ...base, dataClassCeiling: "restricted" },
      ["warning ceiling-restricted /dataClassCeiling"],
    ],
    [
      "hours that never come",
      {
        ...base,
        validity: { notBefore: "2026-03-07T00:00:00Z", notAfter: "2026-03-09T00:00:00Z" },
      },
      ["error hours-closed /hours/windows"],
    ],
    [
      "a port that is none",
      { ...base, network: ["a.example:99999"] },
      ["error network-port /network/0"],
    ],
    [
      "a top-level domain",
      { ...base, network: ["*.com:443"] },
      ["warning network-broad /network/0"],
    ],
    [
      "a destination without a network",
      { ...rules({ ...read, when: 'context.destination == "a.example:443"' }), network: [] },
      ["warning network-unreachable /clusters/0/rules/0/when"],
    ],
    [
      "thresholds at one score",
      { ...base, risk: { review: 80, contain: 80 } },
      ["note threshold-moot /risk/review"],
    ],
    [
      "a threshold out of reach",
      { ...base, risk: { review: 80, contain: 100 } },
      ["warning threshold-high /risk/contain"],
    ],
    [
      "a validity that is over",
      {
        ...base,
        validity: { notBefore: "2025-01-01T00:00:00Z", notAfter: "2025-12-01T00:00:00Z" },
      },
      ["error validity-over /validity/notAfter"],
    ],
  ])("%s", (_, manifest, expected) => {
    expect(codes(manifest)).toEqual(expected);
  });

  it("says that hours are missing", () => {
    const { hours: _, ...open } = sampleManifest();
    expect(codes(open)).toEqual(["note hours-missing /hours"]);
  });

  it("is stricter with a critical agent", () => {
    const { hours: _, ...open } = sampleManifest();
    expect(codes(open, "critical")).toEqual([
      "warning hours-missing /hours",
      "warning validity-long /validity/notAfter",
    ]);
  });

  it("does not let the template through unedited", () => {
    const manifest = templateManifest({ agentId: base.agentId, now });
    expect(codes(manifest).filter((code) => code.startsWith("error"))).toEqual([
      "error template-wording /goal",
      "error template-wording /clusters/0/purpose",
    ]);
  });

  it("puts what is gravest first, and says what to do", () => {
    const found = checkManifest(
      { ...base, budgets: {}, network: ["a.example:0"], risk: { review: 9, contain: 9 } },
      { now },
    );
    expect(found.map((f) => f.severity)).toEqual(["error", "warning", "note"]);
    for (const finding of found) expect(finding.suggestion).toMatch(/\.$/);
  });

  it("is right about what it calls without effect: taking the rule out changes no decision", {
    timeout: 60_000,
  }, () => {
    let removed = 0;
    fc.assert(
      fc.property(
        manifestArbitrary().chain((m) =>
          fc.tuple(
            fc.constant(m),
            fc.array(fc.oneof(requestArbitrary(), meetingArbitrary(m)), {
              minLength: 20,
              maxLength: 20,
            }),
          ),
        ),
        ([manifest, requests]) => {
          const found = checkManifest(manifest, { now }).find(
            (f) =>
              ["shadowed", "redundant", "inside-never"].includes(f.code) &&
              /rules\/\d+$/.test(f.path),
          );
          if (!found) return;
          const [, , c, , r] = found.path.split("/").map(Number);
          const clusters = manifest.clusters.map((cluster, i) =>
            i === c ? { ...cluster, rules: cluster.rules.filter((_, j) => j !== r) } : cluster,
          );
          removed++;
          const without = { ...manifest, clusters };
          for (const request of requests) {
            const now = decideUnder(without, request).outcome;
            expect(now).toBe(decideUnder(manifest, request).outcome);
          }
        },
      ),
      { numRuns: 500 },
    );
    expect(removed).toBeGreaterThan(20);
  });
});

describe("contradictions", () => {
  it.each([
    ["context.spend > 10 && context.spend < 5", "context.spend"],
    ["context.spend >= 10 && context.records < 5 && context.spend < 10", "context.spend"],
    ["context.records < 0", "context.records"],
    ["5.0 < context.spend && context.spend == 5.0", "context.spend"],
    ["resource.properties.age > 10 && resource.properties.age < 10", "resource.properties.age"],
    ["false && context.spend > 1", "false"],
  ])("%s", (source, path) => expect(contradictionIn(source)).toBe(path));

  it.each([
    "context.spend > 10 || context.spend < 5",
    "context.spend >= 10 && context.spend <= 10",
    "resource.properties.delta < 0",
    "context.records < 1",
    "!(context.spend > 10 && context.spend < 5)",
  ])("none in %s", (source) => expect(contradictionIn(source)).toBeNull());
});
