import { setFlagsFromString } from "node:v8";
import { preparsePolicySet, statefulIsAuthorized } from "@cedar-policy/cedar-wasm/nodejs";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  and,
  atMost,
  type CedarCondition,
  cedarContext,
  cedarPolicies,
  context,
  has,
  less,
  not,
  or,
  same,
  startsWith,
  value,
} from "@/testing/cedar";
import { GOOD_STANDING, manifests, requests, situations } from "@/testing/dense-policy";
import { compileManifest } from "./compile";
import { decide } from "./decide";
import type { EvaluationRequest } from "./request";

// V8 of Node 20 can crash (Deoptimizer::DoComputeBuiltinContinuation) after it has inlined a call into WebAssembly.
setFlagsFromString("--no-turbo-inline-js-wasm-calls");

const fewRecords = and([has("records"), less(context("records"), value(50))]);
const manyRecords = and([has("records"), not(less(context("records"), value(50)))]);
const littleSpend = and([has("spend"), less(context("spend"), value(1000))]);
const muchSpend = and([has("spend"), not(less(context("spend"), value(1000)))]);
const openOrUk = or([same(context("dataClass"), value(0)), startsWith("id", "uk/")]);
const desk = (name: string) => same(context("property_desk"), value(name));

/** The conditions of testing/dense-policy.ts, by hand in Cedar. */
const CONDITIONS: Readonly<Record<string, CedarCondition>> = {
  "context.spend <= 40": {
    holds: and([has("spend"), atMost(context("spend"), value(4000))]),
    maybe: or([not(has("spend")), atMost(context("spend"), value(4000))]),
  },
  "context.records < 50 || context.spend < 10": {
    holds: or([fewRecords, littleSpend]),
    maybe: not(and([manyRecords, muchSpend])),
  },
  'context.dataClass == "public" || resource.id.startsWith("uk/")': {
    holds: openOrUk,
    maybe: openOrUk,
  },
  'has(resource.properties.desk) && resource.properties.desk == "fx"': {
    holds: and([has("property_desk"), desk("fx")]),
    maybe: and([has("property_desk"), desk("fx")]),
  },
  'resource.properties.desk != "ops"': {
    holds: and([has("property_desk"), not(desk("ops"))]),
    maybe: or([not(has("property_desk")), not(desk("ops"))]),
  },
};

function conditions(cel: string): CedarCondition {
  const condition = CONDITIONS[cel];
  if (condition === undefined) throw new Error(`no Cedar for ${cel}`);
  return condition;
}

function permits(set: string, request: EvaluationRequest, facts: ReturnType<typeof cedarContext>) {
  const answer = statefulIsAuthorized({
    principal: { type: "Agent", id: request.subject.id },
    action: { type: "Action", id: request.action.name },
    resource: { type: "Resource", id: request.resource.id },
    context: facts,
    preparsedPolicySetId: set,
    entities: [],
  });
  if (answer.type === "failure") throw new Error(answer.errors.map((e) => e.message).join());
  // An error in a policy would make Cedar skip it, and an agreement say nothing.
  expect(answer.response.diagnostics.errors).toEqual([]);
  return answer.response.decision === "allow";
}

const ASKED_PER_MANIFEST = 40;
const standing = fc.record({
  riskScore: fc.constantFrom(0, 0, 0, 30, 60, 80, 90),
  containment: fc.constantFrom(null, null, null, "observe" as const, "confirm-all" as const),
});

test("Cedar and the decision agree on thousands of random requests", () => {
  const seen = { allow: 0, hold: 0, block: 0, deny: 0 };
  const asked = fc.array(fc.tuple(requests, situations, standing), {
    minLength: ASKED_PER_MANIFEST,
    maxLength: ASKED_PER_MANIFEST,
  });
  fc.assert(
    fc.property(manifests, asked, (manifest, questions) => {
      const { mandate, plain } = cedarPolicies(manifest, conditions);
      expect(preparsePolicySet("mandate", { staticPolicies: mandate })).toEqual({
        type: "success",
      });
      expect(preparsePolicySet("plain", { staticPolicies: plain })).toEqual({ type: "success" });
      const compiled = compileManifest(manifest, { manifestId: "man_1", version: 1 });
      for (const [request, { now, usage, targetConfirmed }, state] of questions) {
        const situation = { now, usage, targetConfirmed, grantId: null };
        const agent = { ...GOOD_STANDING, ...state, agentId: manifest.agentId, manifest: compiled };
        const { outcome } = decide(request, agent, situation);
        const facts = cedarContext(request, situation, agent, manifest.hours?.timeZone ?? "UTC");
        const isMandate = permits("mandate", request, facts);
        const isPlain = permits("plain", request, facts);
        seen[outcome]++;
        expect({ isMandate, isPlain }).toEqual({
          isMandate: outcome === "allow" || outcome === "hold",
          isPlain: outcome === "allow",
        });
      }
    }),
    { numRuns: 75 },
  );
  // Agreement on refusals alone would say little.
  expect(seen.allow).toBeGreaterThan(100);
  expect(seen.hold).toBeGreaterThan(100);
  expect(seen.block).toBeGreaterThan(100);
}, 120_000);
