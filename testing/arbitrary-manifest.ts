import fc from "fast-check";
import { DATA_CLASSES } from "@/lib/domain/agent/tier";
import {
  type Budgets,
  type Cluster,
  DAYS,
  type Hours,
  type IntentManifest,
  type NeverRule,
  type Rule,
} from "@/lib/domain/manifest/manifest";
import type { EvaluationRequest } from "@/lib/domain/policy/request";

/** A small vocabulary, so that random requests often meet random rules. */
const ACTIONS = ["read", "list", "post", "ledger.post", "delete"];
const TYPES = ["invoice", "ledger-entry", "payroll"];
const IDS = ["uk/1", "uk/2", "uk/a/b", "de/1", "x", "inv-1"];
const GLOBS = ["*", "**", "uk/*", "uk/**", "uk/1", "de/*", "x", "inv-*"];
const HOSTS = ["api.bank.example:443", "mail.bank.example:587", "evil.example:443"];
const CONDITIONS = [
  "context.spend <= 250000",
  "context.spend <= 100",
  "context.records < 50",
  "context.spend > 10 && context.spend <= 500",
  'resource.id.startsWith("uk/")',
  'action.name in ["read", "list"]',
  'context.dataClass == "internal"',
  'resource.properties.owner == "tf"',
  "context.records < 5 || context.spend < 5",
];

const some = <T>(from: readonly T[], max: number) =>
  fc.uniqueArray(fc.constantFrom(...from), { minLength: 1, maxLength: max });

const actions = fc.oneof(
  { weight: 5, arbitrary: some(ACTIONS, 3) },
  { weight: 1, arbitrary: fc.constant(undefined).map(() => ["*"]) },
);
const resources = fc.uniqueArray(
  fc
    .tuple(fc.constantFrom(...TYPES, "*"), fc.constantFrom(...GLOBS))
    .map(([type, glob]) => `${type}:${glob}`),
  { minLength: 1, maxLength: 3 },
);
const when = fc.option(fc.constantFrom(...CONDITIONS), { nil: undefined, freq: 3 });

/** Leave out what is undefined: a manifest has no member without a value. */
function withWhen<T extends object>(
  value: T,
  condition: string | undefined,
): T & { when?: string } {
  return condition === undefined ? value : { ...value, when: condition };
}

const rule: fc.Arbitrary<Rule> = fc
  .record({
    actions,
    resources,
    when,
    impact: fc.constantFrom("routine" as const, "transformative" as const),
    confirm: fc.constantFrom("never" as const, "each" as const, "new-target" as const),
  })
  .map(({ when: condition, ...rest }) => withWhen(rest, condition));

const cluster: fc.Arbitrary<Cluster> = fc.record({
  id: fc.constantFrom("match", "post", "triage"),
  purpose: fc.constantFrom("Match invoices", "Post what was matched", "Sort what came in"),
  rules: fc.array(rule, { minLength: 1, maxLength: 3 }),
});

const never: fc.Arbitrary<NeverRule> = fc
  .record({
    id: fc.constantFrom("payroll", "deletion"),
    because: fc.constantFrom("Pay data is out of scope", "Nothing is ever deleted"),
    actions,
    resources,
    when: fc.option(fc.constantFrom(...CONDITIONS), { nil: undefined, freq: 2 }),
  })
  .map(({ when: condition, ...rest }) => withWhen(rest, condition));

function defined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as T;
}

const optional = (values: readonly number[]) =>
  fc.option(fc.constantFrom(...values), { nil: undefined, freq: 3 });
const periods = fc
  .record({ minute: optional([0, 1, 10, 60]), hour: optional([5, 100]), day: optional([10, 1000]) })
  .map((value) => defined(value) as NonNullable<Budgets["requests"]>);
const budgets: fc.Arbitrary<Budgets> = fc
  .record({
    requests: fc.option(periods, { nil: undefined }),
    records: fc.option(periods, { nil: undefined }),
    spend: fc.option(
      periods.chain((p) => fc.constantFrom("GBP", "EUR").map((currency) => ({ ...p, currency }))),
      { nil: undefined },
    ),
  })
  .map((value) => defined(value) as Budgets);

const window = fc
  .tuple(
    some(DAYS, 7),
    fc.constantFrom("00:00", "07:00", "09:30"),
    fc.constantFrom("12:00", "18:00", "24:00"),
  )
  .map(([days, from, to]) => ({ days, from, to }));
const hours: fc.Arbitrary<Hours> = fc.record({
  timeZone: fc.constantFrom("Europe/London", "UTC", "America/New_York"),
  windows: fc.array(window, { minLength: 1, maxLength: 2 }),
});

const byId = { selector: (item: { id: string }) => item.id };

/** Any valid manifest over the small vocabulary. */
export function manifestArbitrary(): fc.Arbitrary<IntentManifest> {
  return fc
    .record({
      clusters: fc.uniqueArray(cluster, { minLength: 1, maxLength: 3, ...byId }),
      never: fc.uniqueArray(never, { maxLength: 2, ...byId }),
      dataClassCeiling: fc.constantFrom(...DATA_CLASSES),
      budgets,
      hours: fc.option(hours, { nil: undefined }),
      network: fc.uniqueArray(fc.constantFrom("*.bank.example:443", ...HOSTS.slice(0, 2)), {
        maxLength: 2,
      }),
      risk: fc.constantFrom(
        { review: 60, contain: 85 },
        { review: 30, contain: 30 },
        { review: 100, contain: 100 },
      ),
      months: fc.integer({ min: 1, max: 11 }),
    })
    .map(({ hours: h, months, ...rest }) => ({
      schema: "intent-manifest.v1" as const,
      agentId: AGENT_ID,
      goal: "Match trade-finance documents and post what agrees.",
      ...rest,
      ...(h ? { hours: h } : {}),
      validity: {
        notBefore: "2026-01-01T00:00:00Z",
        notAfter: `2026-${String(months + 1).padStart(2, "0")}-01T00:00:00Z`,
      },
    }));
}

const AGENT_ID = "agt_sample00001";

/** Any request over the small vocabulary. */
export function requestArbitrary(): fc.Arbitrary<EvaluationRequest> {
  return fc
    .record({
      action: fc.constantFrom(...ACTIONS),
      type: fc.constantFrom(...TYPES),
      id: fc.constantFrom(...IDS),
      owner: fc.constantFrom(undefined, "tf", "ops"),
      cluster: fc.constantFrom("match", "post", "triage", "other"),
      records: optional([0, 1, 10, 100, 5000]),
      spend: optional([0, 4, 50, 300, 1e6]),
      dataClass: fc.constantFrom(...DATA_CLASSES),
      destination: fc.option(fc.constantFrom(...HOSTS), { nil: undefined }),
    })
    .map((r) => ({
      subject: { type: "agent" as const, id: AGENT_ID },
      action: { name: r.action },
      resource: { type: r.type, id: r.id, ...(r.owner ? { properties: { owner: r.owner } } : {}) },
      context: defined({
        cluster: r.cluster,
        purpose: "as the task says",
        reasoning: "the step before asked for it",
        dataClass: r.dataClass,
        records: r.records,
        spend: r.spend,
        destination: r.destination,
      }) as EvaluationRequest["context"],
    }));
}

/** A request that one of the manifest's rules may well be about. */
export function meetingArbitrary(manifest: IntentManifest): fc.Arbitrary<EvaluationRequest> {
  const rules = manifest.clusters.flatMap((c) => c.rules.map((r) => ({ cluster: c.id, rule: r })));
  return fc
    .tuple(fc.constantFrom(...rules), requestArbitrary(), fc.nat(), fc.boolean())
    .map(([{ cluster: id, rule: met }, request, n, harmless]) => {
      const [type = "", glob = ""] = (met.resources[n % met.resources.length] ?? "").split(":");
      const action = met.actions[n % met.actions.length] ?? "*";
      const { destination: _, ...context } = request.context;
      return {
        ...request,
        action: { name: action === "*" ? "read" : action },
        resource: {
          ...request.resource,
          type: type === "*" ? "invoice" : type,
          id: glob.replace("**", "uk/1").replace("*", "1"),
        },
        context: {
          ...(harmless ? context : request.context),
          cluster: id,
          ...(harmless ? { dataClass: "public" as const, records: 1, spend: 4 } : {}),
        },
      };
    });
}

/** One hand-written manifest, valid through 2026. */
export function sampleManifest(changes: Partial<IntentManifest> = {}): IntentManifest {
  return {
    schema: "intent-manifest.v1",
    agentId: AGENT_ID,
    goal: "Reconcile trade-finance documents with the ledger.",
    clusters: [
      {
        id: "match",
        purpose: "Match invoices with letters of credit",
        rules: [
          {
            actions: ["read", "list"],
            resources: ["invoice:**", "letter-of-credit:**"],
            impact: "routine",
            confirm: "never",
          },
        ],
      },
      {
        id: "post",
        purpose: "Post entries for what was matched",
        rules: [
          {
            actions: ["post"],
            resources: ["ledger-entry:uk/**"],
            when: "context.spend <= 250000",
            impact: "transformative",
            confirm: "each",
          },
        ],
      },
    ],
    never: [
      {
        id: "payroll",
        because: "pay data is out of scope",
        actions: ["*"],
        resources: ["payroll:**"],
      },
    ],
    dataClassCeiling: "confidential",
    budgets: {
      requests: { minute: 60, day: 5000 },
      records: { day: 10_000 },
      spend: { day: 1_000_000, currency: "GBP" },
    },
    hours: {
      timeZone: "Europe/London",
      windows: [{ days: ["mon", "tue", "wed", "thu", "fri"], from: "07:00", to: "19:00" }],
    },
    network: ["ledger.bank.example:443"],
    risk: { review: 60, contain: 85 },
    validity: { notBefore: "2026-01-01T00:00:00Z", notAfter: "2026-12-31T00:00:00Z" },
    ...changes,
  };
}
