import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Decision, UsageByPeriod } from "@/lib/domain/policy/decision";
import { REASONS, type ReasonCode } from "@/lib/domain/policy/reasons";
import type { EvaluationRequest } from "@/lib/domain/policy/request";
import { NO_USAGE } from "@/lib/domain/policy/usage";
import {
  manifestArbitrary,
  meetingArbitrary,
  requestArbitrary,
  sampleManifest,
} from "@/testing/arbitrary-manifest";
import { decideUnder, MONDAY } from "@/testing/decide-under";
import { amendFor } from "./amend";
import { diffManifests } from "./diff";
import { readManifest } from "./document";

const base = sampleManifest();
const request = (
  change: Partial<EvaluationRequest["context"]> & { action?: string; resource?: string },
): EvaluationRequest => {
  const { action = "post", resource = "ledger-entry:uk/1", ...context } = change;
  const [type = "", id = ""] = resource.split(/:(.*)/s);
  return {
    subject: { type: "agent", id: base.agentId },
    action: { name: action },
    resource: { type, id },
    context: {
      cluster: "post",
      purpose: "Settle the invoice",
      reasoning: "",
      dataClass: "internal",
      spend: 10,
      ...context,
    },
  };
};

describe("an amendment", () => {
  it.each<[string, EvaluationRequest, { now?: Date; usage?: UsageByPeriod }, readonly string[]]>([
    [
      "an unknown resource",
      request({ resource: "ledger-entry:de/7" }),
      {},
      ["widening /clusters/1/rules/1"],
    ],
    ["an unknown action", request({ action: "delete" }), {}, ["widening /clusters/1/rules/1"]],
    ["an unknown task", request({ cluster: "refund" }), {}, ["widening /clusters/2/rules/0"]],
    ["too much spend", request({ spend: 300_000 }), {}, ["widening /clusters/1/rules/1"]],
    ["a confirmation", request({}), {}, ["widening /clusters/1/rules/1"]],
    [
      "a reading rule that says the same",
      request({ cluster: "match", action: "read", resource: "memo:7", spend: 0 }),
      {},
      ["widening /clusters/0/rules/1"],
    ],
    ["the data class", request({ dataClass: "restricted" }), {}, ["widening /dataClassCeiling"]],
    ["a host", request({ destination: "new.example:443" }), {}, ["widening /network/1"]],
    ["the hours", request({}), { now: new Date("2026-03-01T22:14:00Z") }, ["widening /hours"]],
    [
      "a budget",
      request({}),
      { usage: { ...NO_USAGE, day: { requests: 5000, records: 0, spend: 0 } } },
      ["widening /budgets/requests/day"],
    ],
    [
      "class and host at once",
      request({ dataClass: "restricted", destination: "new.example:443" }),
      {},
      ["widening /dataClassCeiling", "widening /network/1"],
    ],
  ])("for %s widens just that", (_, asked, facts, expected) => {
    const decision = decideUnder(base, asked, facts);
    const amendment = amendFor(base, asked, decision, facts.now ?? MONDAY);
    if (!amendment.ok) throw new Error(amendment.why);
    expect(diffManifests(base, amendment.manifest).map((c) => `${c.kind} ${c.path}`)).toEqual(
      expected,
    );
    expect(amendment.steps).toHaveLength(expected.length);
    expect(decideUnder(amendment.manifest, asked, facts).reason).not.toBe(decision.reason);
  });

  it("keeps the confirmation of the rule that it relaxes", () => {
    const asked = request({ spend: 300_000 });
    const amendment = amendFor(base, asked, decideUnder(base, asked), MONDAY);
    if (!amendment.ok) throw new Error(amendment.why);
    expect(amendment.manifest.clusters[1]?.rules[1]).toEqual({
      actions: ["post"],
      resources: ["ledger-entry:uk/1"],
      when: "context.spend <= 300000",
      impact: "transformative",
      confirm: "each",
    });
    expect(decideUnder(amendment.manifest, asked).reason).toBe("confirm_each");
    expect(decideUnder(amendment.manifest, request({ spend: 300_001 })).reason).toBe(
      "condition_false",
    );
  });

  it("adds a pattern to a rule that says the same already, instead of one more rule", () => {
    const first = amendFor(
      base,
      request({ resource: "ledger-entry:de/1" }),
      { reason: "no_rule", miss: null },
      MONDAY,
    );
    if (!first.ok) throw new Error(first.why);
    const second = amendFor(
      first.manifest,
      request({ resource: "ledger-entry:de/2" }),
      { reason: "no_rule", miss: null },
      MONDAY,
    );
    if (!second.ok) throw new Error(second.why);
    expect(second.steps[0]?.path).toBe("/clusters/1/rules/1/resources/1");
  });

  it.each(["a b", "a%b", "x*y", 'say "hi"'])(
    "allows exactly the id %s, which no pattern can spell",
    (id) => {
      const asked = request({ resource: `ledger-entry:${id}` });
      const amendment = amendFor(base, asked, decideUnder(base, asked), MONDAY);
      if (!amendment.ok) throw new Error(amendment.why);
      expect(decideUnder(amendment.manifest, asked).reason).toBe("confirm_each");
      expect(
        decideUnder(amendment.manifest, request({ resource: "ledger-entry:xzy" })).reason,
      ).toBe("condition_false");
    },
  );

  it("gives a task that the agent named without words a purpose to be written", () => {
    const asked = request({ cluster: "refund", purpose: "" });
    const amendment = amendFor(base, asked, decideUnder(base, asked), MONDAY);
    if (!amendment.ok) throw new Error(amendment.why);
    expect(amendment.manifest.clusters[2]?.purpose).toBe("Say what this task is for.");
  });

  it.each<[ReasonCode, RegExp]>([
    ["never_rule", /never-rule/],
    ["risk_contain", /risk score/],
    ["risk_review", /risk score/],
    ["contained_confirm_all", /containment/],
    ["agent_stopped", /No manifest can allow this/],
    ["proof_replayed", /No manifest can allow this/],
    ["within_manifest", /nothing to amend/],
  ])("can't help against %s, and says why", (reason, why) => {
    const amendment = amendFor(base, request({}), { reason, miss: null }, MONDAY);
    expect(amendment.ok).toBe(false);
    if (!amendment.ok) expect(amendment.why).toMatch(why);
  });

  it("does not raise a budget that a containment cut", () => {
    const miss = { what: "requests per minute", asked: 7, allowed: 6 };
    expect(amendFor(base, request({}), { reason: "budget_requests", miss }, MONDAY)).toMatchObject({
      ok: false,
    });
  });

  it("does not write around a never-rule that stands behind the first objection", () => {
    const asked = request({ resource: "payroll:uk/1" });
    expect(amendFor(base, asked, { reason: "no_rule", miss: null }, MONDAY)).toMatchObject({
      ok: false,
    });
  });
});

describe("PROPERTY: an amendment is enough, and no more than enough", { timeout: 60_000 }, () => {
  const ruleReasons: readonly ReasonCode[] = [
    "cluster_unknown",
    "no_rule",
    "condition_false",
    "condition_error",
    "confirm_each",
    "confirm_new_target",
  ];
  const meeting = manifestArbitrary().chain((manifest) =>
    fc.tuple(fc.constant(manifest), fc.oneof(requestArbitrary(), meetingArbitrary(manifest))),
  );
  const usage = fc.constantFrom<UsageByPeriod>(
    NO_USAGE,
    { ...NO_USAGE, minute: { requests: 60, records: 0, spend: 0 } },
    { ...NO_USAGE, day: { requests: 10, records: 1000, spend: 100_000 } },
  );
  const when = fc.constantFrom(
    MONDAY,
    new Date("2026-01-04T23:30:00Z"),
    new Date("2026-01-15T06:10:00Z"),
  );

  const amendable = (decision: Decision) =>
    REASONS[decision.reason] !== "deny" &&
    decision.reason !== "never_rule" &&
    decision.outcome !== "allow";

  it("the same request no longer meets the reason", () => {
    const amended = new Map<string, number>();
    fc.assert(
      fc.property(meeting, fc.record({ now: when, usage }), ([manifest, asked], facts) => {
        const decision = decideUnder(manifest, asked, facts);
        const amendment = amendFor(manifest, asked, decision, facts.now);
        if (!amendable(decision)) expect(amendment.ok).toBe(false);
        if (!amendment.ok) return;
        amended.set(decision.reason, (amended.get(decision.reason) ?? 0) + 1);
        expect(readManifest(amendment.manifest).problems).toEqual([]);
        if (decision.reason.startsWith("budget_")) return;
        expect(decideUnder(amendment.manifest, asked, facts).reason).not.toBe(decision.reason);
      }),
      { numRuns: 800 },
    );
    for (const reason of [
      ...ruleReasons,
      "data_class_exceeded",
      "destination_outside",
      "outside_hours",
      "budget_requests",
    ]) {
      expect(
        amended.get(reason) ?? 0,
        `${reason} of ${JSON.stringify([...amended])}`,
      ).toBeGreaterThan(0);
    }
  });

  it("nothing unrelated becomes allowed", () => {
    const thing = ({ action, resource, context }: EvaluationRequest) =>
      `${context.cluster} ${action.name} ${resource.type}:${resource.id}`;
    fc.assert(
      fc.property(
        meeting,
        fc.array(requestArbitrary(), { minLength: 15, maxLength: 15 }),
        ([manifest, asked], others) => {
          const amendment = amendFor(manifest, asked, decideUnder(manifest, asked), MONDAY);
          if (!amendment.ok) return;
          const changes = diffManifests(manifest, amendment.manifest);
          // What is widened for every rule at once widens other requests too; each such step is named.
          if (changes.some((change) => !change.path.startsWith("/clusters/"))) return;
          for (const other of others.filter((request) => thing(request) !== thing(asked))) {
            const allowed = decideUnder(amendment.manifest, other).outcome === "allow";
            expect(allowed).toBe(decideUnder(manifest, other).outcome === "allow");
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it("raises a budget by what was missing, period after period", () => {
    fc.assert(
      fc.property(meeting, usage, ([manifest, asked], used) => {
        let current = manifest;
        for (let round = 0; round < 9; round++) {
          const decision = decideUnder(current, asked, { usage: used });
          if (!decision.reason.startsWith("budget_")) return;
          const amendment = amendFor(current, asked, decision, MONDAY);
          if (!amendment.ok) return;
          current = amendment.manifest;
        }
        throw new Error("nine limits were raised and the request is still over one");
      }),
      { numRuns: 300 },
    );
  });
});
