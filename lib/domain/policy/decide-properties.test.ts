import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { DATA_CLASSES } from "@/lib/domain/agent/tier";
import type { IntentManifest, Rule } from "@/lib/domain/manifest/manifest";
import {
  GOOD_STANDING,
  manifests,
  requests,
  type Standing,
  situations,
  standings,
  TUESDAY,
} from "@/testing/dense-policy";
import { compileManifest } from "./compile";
import { compileCondition } from "./condition";
import { decide } from "./decide";
import type { AgentState, Situation } from "./decision";
import { matchesResource } from "./pattern";
import { type Outcome, overridable, REASONS } from "./reasons";
import type { EvaluationRequest } from "./request";

vi.setConfig({ testTimeout: 30_000 });

const META = { manifestId: "man_1", version: 1 };
const RUNS = { numRuns: 1000 };

function decided(
  manifest: IntentManifest,
  request: EvaluationRequest,
  standing: Standing,
  situation: Situation,
) {
  const agent: AgentState = {
    ...standing,
    agentId: manifest.agentId,
    manifest: compileManifest(manifest, META),
  };
  return decide(request, agent, situation);
}

/** A rule read as it is written, without index and compiled patterns. */
function reads(rule: Pick<Rule, "actions" | "resources">, request: EvaluationRequest): boolean {
  const { type, id } = request.resource;
  return (
    rule.actions.some((action) => action === "*" || action === request.action.name) &&
    rule.resources.some((pattern) => matchesResource(pattern, type, id))
  );
}

const conditionOf = (rule: { readonly when?: string | undefined }, request: EvaluationRequest) =>
  rule.when === undefined ? "true" : compileCondition(rule.when).test(request);

const RANK: Readonly<Record<Outcome, number>> = { deny: 0, block: 0, hold: 1, allow: 2 };

test("default deny: without a grant nothing is allowed or held that no rule of the declared cluster allows", () => {
  let seen = 0;
  fc.assert(
    fc.property(manifests, requests, standings, situations, (m, r, a, s) => {
      const decision = decided(m, r, a, { ...s, grantId: null });
      if (decision.outcome !== "allow" && decision.outcome !== "hold") return;
      seen++;
      const cluster = m.clusters.find((c) => c.id === r.context.cluster);
      const rules = cluster?.rules.filter(
        (rule) => reads(rule, r) && conditionOf(rule, r) === "true",
      );
      expect(rules?.length).toBeGreaterThan(0);
      const rule = cluster?.rules[decision.ruleIndex ?? -1];
      expect(rules).toContain(rule);
      if (decision.outcome === "allow" && !s.targetConfirmed) expect(rule?.confirm).toBe("never");
    }),
    RUNS,
  );
  expect(seen).toBeGreaterThan(100);
});

test("a never-rule always wins, also where its condition can't be evaluated, and no grant lifts it", () => {
  let seen = 0;
  fc.assert(
    fc.property(manifests, requests, situations, (m, r, s) => {
      const forbidden = m.never.some((n) => reads(n, r) && conditionOf(n, r) !== "false");
      const decision = decided(m, r, GOOD_STANDING, { ...s, grantId: "grt_1" });
      if (forbidden) seen++;
      if (forbidden && decision.outcome !== "deny") expect(decision.reason).toBe("never_rule");
      if (!forbidden) expect(decision.reason).not.toBe("never_rule");
    }),
    RUNS,
  );
  expect(seen).toBeGreaterThan(100);
});

test("a grant lifts what may be lifted and nothing else", () => {
  fc.assert(
    fc.property(manifests, requests, standings, situations, (m, r, a, s) => {
      const without = decided(m, r, a, { ...s, grantId: null });
      const withGrant = decided(m, r, a, { ...s, grantId: "grt_1" });
      if (overridable(without.reason)) {
        expect(withGrant).toMatchObject({
          reason: "granted_once",
          grantId: "grt_1",
          miss: without.miss,
        });
      } else {
        expect(withGrant).toEqual(without);
        expect(withGrant.grantId).toBeNull();
      }
    }),
    RUNS,
  );
});

test("the same input gives the same decision, whatever was decided in between", () => {
  fc.assert(
    fc.property(
      manifests,
      fc.array(fc.tuple(requests, situations), { minLength: 1, maxLength: 6 }),
      standings,
      (m, asked, standing) => {
        const shared: AgentState = {
          ...standing,
          agentId: m.agentId,
          manifest: compileManifest(m, META),
        };
        const first = asked.map(([r, s]) => decide(r, shared, s));
        const again = [...asked].reverse().map(([r, s]) => decide(r, shared, s));
        expect(again.reverse()).toEqual(first);
        expect(asked.map(([r, s]) => decided(m, r, standing, s))).toEqual(first);
      },
    ),
  );
});

test("a decision's outcome is its reason's, and only a block has a nearest rule", () => {
  fc.assert(
    fc.property(manifests, requests, standings, situations, (m, r, a, s) => {
      const { outcome, reason, nearest, miss, ruleIndex } = decided(m, r, a, s);
      expect(outcome).toBe(REASONS[reason]);
      if (outcome === "block" && reason !== "never_rule") {
        const cluster = m.clusters.find((c) => c.id === nearest?.clusterId);
        expect(cluster?.rules[nearest?.ruleIndex ?? -1]).toBeDefined();
        expect(nearest?.differs.length).toBeGreaterThan(0);
        expect(miss).not.toBeNull();
      } else {
        expect(nearest).toBeNull();
      }
      if (outcome === "hold") expect(ruleIndex).not.toBeNull();
    }),
    RUNS,
  );
});

describe("narrowing a manifest never allows more:", () => {
  type Pick_ = <T>(items: readonly T[]) => T;
  type Narrowing = (manifest: IntentManifest, pick: Pick_) => IntentManifest;

  const mapRules = (m: IntentManifest, change: (rule: Rule) => Rule): IntentManifest => ({
    ...m,
    clusters: m.clusters.map((c) => ({ ...c, rules: c.rules.map(change) })),
  });
  /** Change one rule, not all: the others must not make up for it. */
  const oneRule = (
    m: IntentManifest,
    pick: Pick_,
    change: (rule: Rule) => Rule,
  ): IntentManifest => {
    const chosen = pick(m.clusters.flatMap((c) => c.rules));
    return mapRules(m, (rule) => (rule === chosen ? change(rule) : rule));
  };
  const lower = (limits: Readonly<Record<string, number | string | undefined>>) =>
    Object.fromEntries(
      Object.entries(limits).map(([k, v]) => [k, typeof v === "number" ? Math.floor(v / 2) : v]),
    );

  const NARROWINGS: Readonly<Record<string, Narrowing>> = {
    "remove a rule": (m, pick) => {
      const chosen = pick(m.clusters.flatMap((c) => c.rules));
      const clusters = m.clusters.map((c) => ({
        ...c,
        rules: c.rules.filter((r) => r !== chosen),
      }));
      return { ...m, clusters };
    },
    "remove a cluster": (m, pick) => {
      const chosen = pick(m.clusters);
      return { ...m, clusters: m.clusters.filter((c) => c !== chosen) };
    },
    "tighten the patterns": (m, pick) =>
      oneRule(m, pick, (rule) => ({
        ...rule,
        resources: rule.resources.map((pattern) => pattern.replace("**", "*").replace(/\*$/, "x*")),
      })),
    "take `**` for `*`": (m, pick) =>
      oneRule(m, pick, (rule) => ({
        ...rule,
        resources: rule.resources.map((pattern) => pattern.replaceAll("**", "*")),
      })),
    "name the actions": (m, pick) =>
      oneRule(m, pick, (rule) => ({
        ...rule,
        actions: rule.actions.includes("*") ? ["read", "post"] : rule.actions.slice(1),
      })),
    "add a condition": (m, pick) =>
      oneRule(m, pick, (rule) => ({
        ...rule,
        when: `${rule.when === undefined ? "" : `(${rule.when}) && `}context.spend <= 40`,
      })),
    "confirm more": (m, pick) =>
      oneRule(m, pick, (rule) => ({
        ...rule,
        confirm: rule.confirm === "never" ? "new-target" : "each",
      })),
    "add a never-rule": (m, pick) => ({
      ...m,
      never: [
        ...m.never,
        {
          id: "added",
          because: "b",
          actions: [pick(["read", "*"])],
          resources: [pick(["invoice:**", "*:uk/*"])],
        },
      ],
    }),
    "lower the ceiling": (m) => ({
      ...m,
      dataClassCeiling:
        DATA_CLASSES[Math.max(0, DATA_CLASSES.indexOf(m.dataClassCeiling) - 1)] ?? "public",
    }),
    "lower the budgets": (m) => ({
      ...m,
      budgets: {
        ...(m.budgets.requests ? { requests: lower(m.budgets.requests) } : {}),
        ...(m.budgets.records ? { records: lower(m.budgets.records) } : {}),
        ...(m.budgets.spend ? { spend: { currency: "GBP", ...lower(m.budgets.spend) } } : {}),
      },
    }),
    "add budgets": (m, pick) => ({
      ...m,
      budgets: {
        ...m.budgets,
        requests: { day: pick([1, 50]), ...m.budgets.requests },
        records: { day: 50, ...m.budgets.records },
      },
    }),
    "add hours": (m) => ({
      ...m,
      hours: m.hours
        ? { ...m.hours, windows: m.hours.windows.slice(0, 1) }
        : { timeZone: "UTC", windows: [{ days: ["tue"], from: "09:00", to: "10:30" }] },
    }),
    "shut the network": (m) => ({ ...m, network: m.network.slice(1) }),
    "lower the thresholds": (m) => ({
      ...m,
      risk: { review: Math.ceil(m.risk.review / 2), contain: Math.ceil(m.risk.contain / 2) },
    }),
    "end it earlier": (m) => ({
      ...m,
      validity: { ...m.validity, notAfter: "2026-01-13T09:59:59Z" },
    }),
  };

  test.each(Object.entries(NARROWINGS))("%s", (_, narrow) => {
    let narrowed = 0;
    fc.assert(
      fc.property(
        fc.tuple(manifests, fc.nat()).map(([m, seed]) => [m, narrow(m, chooser(seed))] as const),
        requests,
        standings,
        situations,
        ([wide, tight], r, a, s) => {
          const before = RANK[decided(wide, r, a, s).outcome];
          const after = RANK[decided(tight, r, a, s).outcome];
          if (after < before) narrowed++;
          expect(after).toBeLessThanOrEqual(before);
        },
      ),
      RUNS,
    );
    // The property would say nothing if the narrowing never made a difference.
    expect(narrowed).toBeGreaterThan(0);
  });

  function chooser(seed: number): Pick_ {
    return (items) => {
      const item = items[seed % items.length];
      if (item === undefined) throw new Error("nothing to choose from");
      return item;
    };
  }
});

describe("whatever it is given, it decides", () => {
  const standing = { ...GOOD_STANDING, riskScore: Number.NaN };

  test("random JSON is refused, not thrown at", () => {
    fc.assert(
      fc.property(manifests, fc.jsonValue(), situations, (m, json, s) => {
        const request = json as unknown as EvaluationRequest;
        expect(["deny", "block"]).toContain(decided(m, request, GOOD_STANDING, s).outcome);
      }),
    );
  });

  test("a request with random JSON in any of its places", () => {
    const keys = ["cluster", "records", "spend", "dataClass", "destination"] as const;
    fc.assert(
      fc.property(
        manifests,
        requests,
        fc.constantFrom("subject", "action", "resource", "context", ...keys),
        fc.jsonValue(),
        (m, r, place, json) => {
          const isTop = place in r;
          const context = isTop ? r.context : { ...r.context, [place]: json };
          const request = {
            ...r,
            context,
            ...(isTop ? { [place]: json } : {}),
          } as EvaluationRequest;
          const s = {
            now: TUESDAY,
            grantId: null,
            targetConfirmed: true,
          };
          const none = { requests: 0, records: 0, spend: 0 };
          const situation = { ...s, usage: { minute: none, hour: none, day: none } };
          expect(() => decided(m, request, GOOD_STANDING, situation)).not.toThrow();
          if (place === "dataClass" && !DATA_CLASSES.some((c) => c === json)) {
            expect(decided(m, request, GOOD_STANDING, situation).outcome).not.toBe("allow");
          }
        },
      ),
      RUNS,
    );
  });

  test("amounts that are no amounts count as exceeding, a risk that is no number as too high", () => {
    const now = TUESDAY;
    const none = { requests: 0, records: 0, spend: 0 };
    const situation = {
      now,
      usage: { minute: none, hour: none, day: none },
      grantId: null,
      targetConfirmed: true,
    };
    const m: IntentManifest = {
      schema: "intent-manifest.v1",
      agentId: "agt_sample00001",
      goal: "g",
      clusters: [
        {
          id: "c",
          purpose: "p",
          rules: [{ actions: ["*"], resources: ["*:**"], impact: "routine", confirm: "never" }],
        },
      ],
      never: [],
      dataClassCeiling: "internal",
      budgets: { records: { day: 10 }, spend: { day: 10, currency: "GBP" } },
      network: [],
      risk: { review: 50, contain: 80 },
      validity: { notBefore: "2026-01-01T00:00:00Z", notAfter: "2026-12-01T00:00:00Z" },
    };
    const ask = (context: object, a: Standing = GOOD_STANDING) =>
      decided(
        m,
        {
          subject: { type: "agent", id: m.agentId },
          action: { name: "read" },
          resource: { type: "invoice", id: "1" },
          context: { cluster: "c", purpose: "", reasoning: "", dataClass: "public", ...context },
        },
        a,
        situation,
      ).reason;
    expect(ask({})).toBe("within_manifest");
    for (const bad of [Number.NaN, -1, Number.POSITIVE_INFINITY]) {
      expect(ask({ records: bad })).toBe("budget_records");
      expect(ask({ spend: bad })).toBe("budget_spend");
    }
    expect(ask({}, standing)).toBe("risk_contain");
    expect(ask({ destination: 5 })).toBe("proof_malformed");
  });
});
