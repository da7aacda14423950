/**
 * Manifests, requests and circumstances from a vocabulary so small that about half of the requests meet a rule:
 * properties of the decision say nothing where everything is blocked anyway.
 */
import fc from "fast-check";
import { DATA_CLASSES } from "@/lib/domain/agent/tier";
import { CONTAINMENT_LEVELS } from "@/lib/domain/containment/level";
import type { Hours, IntentManifest, NeverRule, Rule } from "@/lib/domain/manifest/manifest";
import type { AgentState, Situation } from "@/lib/domain/policy/decision";
import type { EvaluationRequest } from "@/lib/domain/policy/request";

const AGENT_ID = "agt_sample00001";
/** A Tuesday, 10:00 in London. */
export const TUESDAY = Date.parse("2026-01-13T10:00:00Z");

const often = <T>(usual: T, ...others: readonly T[]) =>
  fc.oneof(
    { weight: 8, arbitrary: fc.constant(usual) },
    { weight: 2, arbitrary: fc.constantFrom(...others) },
  );
const some = <T>(...from: readonly T[]) =>
  fc.uniqueArray(fc.constantFrom(...from), { minLength: 1 });

const actions: fc.Arbitrary<string[]> = fc.oneof(some("read", "post"), fc.tuple(fc.constant("*")));
const resources = some(
  "invoice:**",
  "invoice:*",
  "invoice:uk/**",
  "*:**",
  "*:uk/1",
  "payee:a*",
  "payee:**",
);
const conditions = [
  "context.spend <= 40",
  "context.records < 50 || context.spend < 10",
  'context.dataClass == "public" || resource.id.startsWith("uk/")',
  'has(resource.properties.desk) && resource.properties.desk == "fx"',
  'resource.properties.desk != "ops"',
];

const rule: fc.Arbitrary<Rule> = fc
  .tuple(
    fc.record({
      actions,
      resources,
      impact: fc.constant("routine" as const),
      confirm: fc.constantFrom(
        "never" as const,
        "never" as const,
        "new-target" as const,
        "each" as const,
      ),
    }),
    often<string | null>(null, ...conditions),
  )
  .map(([rest, when]) => (when === null ? rest : { ...rest, when }));

const never: fc.Arbitrary<NeverRule> = fc
  .tuple(
    some("read", "post"),
    some("invoice:uk/1", "payee:**", "*:x"),
    fc.option(fc.constantFrom(...conditions)),
  )
  .map(([acts, res, when]) => ({
    id: "never",
    because: "It is outside the purpose",
    actions: acts,
    resources: res,
    ...(when === null ? {} : { when }),
  }));

const limits = fc.constantFrom({}, { minute: 60 }, { minute: 10, day: 100 }, { hour: 100 });
const hours: Hours = {
  timeZone: "Europe/London",
  windows: [
    { days: ["mon", "tue"], from: "07:00", to: "19:00" },
    { days: ["wed", "thu", "fri"], from: "09:00", to: "17:00" },
  ],
};

export const manifests: fc.Arbitrary<IntentManifest> = fc
  .record({
    first: fc.array(rule, { minLength: 1, maxLength: 4 }),
    second: fc.array(rule, { minLength: 1, maxLength: 2 }),
    never: fc.array(never, { maxLength: 1 }),
    dataClassCeiling: often("confidential" as const, ...DATA_CLASSES),
    requests: limits,
    records: limits,
    spend: limits,
    hours: fc.option(fc.constant(hours)),
    network: often(["*.bank.example:443", "a.example:80"], ["a.example:80"], []),
    risk: fc.constantFrom({ review: 60, contain: 80 }, { review: 30, contain: 90 }),
  })
  .map(({ first, second, requests, records, spend, hours: open, ...rest }) => ({
    schema: "intent-manifest.v1",
    agentId: AGENT_ID,
    goal: "Match what came in with what was promised",
    clusters: [
      { id: "first", purpose: "The usual work", rules: first },
      { id: "second", purpose: "The other work", rules: second },
    ],
    budgets: { requests, records, spend: { ...spend, currency: "GBP" } },
    ...(open === null ? {} : { hours: open }),
    validity: { notBefore: "2026-01-01T00:00:00Z", notAfter: "2026-12-01T00:00:00Z" },
    ...rest,
  }));

export const requests: fc.Arbitrary<EvaluationRequest> = fc
  .record({
    action: often("read", "post", "delete"),
    type: often("invoice", "payee"),
    id: fc.constantFrom("uk/1", "uk/2", "uk/1/a", "a", "x"),
    desk: often<string | null>("fx", "ops", null),
    cluster: often("first", "second", "third"),
    dataClass: often("public" as const, ...DATA_CLASSES),
    records: often<number | null>(null, 1, 60),
    spend: often<number | null>(0.5, 39.99, 50, null),
    destination: often<string | null>(
      null,
      "a.example:80",
      "x.bank.example:443",
      "evil.example:443",
    ),
  })
  .map(({ action, type, id, desk, cluster, dataClass, records, spend, destination }) => ({
    subject: { type: "agent", id: AGENT_ID },
    action: { name: action },
    resource: { type, id, ...(desk === null ? {} : { properties: { desk } }) },
    context: {
      cluster,
      dataClass,
      purpose: "As the task says",
      reasoning: "The step before asked for it",
      ...(records === null ? {} : { records }),
      ...(spend === null ? {} : { spend }),
      ...(destination === null ? {} : { destination }),
    },
  }));

const usage = fc.record({
  requests: often(0, 9, 30, 99),
  records: often(0, 9, 99),
  spend: often(0, 900, 5000),
});

export const situations: fc.Arbitrary<Situation> = fc.record({
  now: fc.oneof(
    { weight: 6, arbitrary: fc.constant(TUESDAY) },
    {
      weight: 1,
      arbitrary: fc.integer({ min: Date.parse("2025-12-20"), max: Date.parse("2027-01-10") }),
    },
  ),
  usage: fc.record({ minute: usage, hour: usage, day: usage }),
  grantId: often<string | null>(null, "grt_1"),
  targetConfirmed: fc.boolean(),
});

/** All of an agent's state but its id and its manifest. */
export type Standing = Omit<AgentState, "manifest" | "agentId">;

export const GOOD_STANDING: Standing = {
  status: "production",
  tier: "high",
  containment: null,
  riskScore: 0,
  sponsor: { personId: "per_1", competent: true },
};

const standing = <K extends keyof Standing>(key: K, ...others: readonly Standing[K][]) =>
  often<Standing[K]>(GOOD_STANDING[key], GOOD_STANDING[key], GOOD_STANDING[key], ...others);

export const standings: fc.Arbitrary<Standing> = fc.record({
  status: standing("status", "registered", "retired"),
  tier: fc.constant("high" as const),
  containment: standing("containment", ...CONTAINMENT_LEVELS),
  riskScore: standing("riskScore", 29, 30, 60, 85, 100),
  sponsor: standing("sponsor", null, { personId: "per_1", competent: false }),
});
