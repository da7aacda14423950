import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileManifest } from "@/lib/domain/policy/compile";
import type { EvaluationRequest } from "@/lib/domain/policy/request";
import { manifestArbitrary, meetingArbitrary, sampleManifest } from "@/testing/arbitrary-manifest";
import { type BacktestManifest, backtest, backtestDigest, type PastRequest } from "./backtest";
import { countChanges } from "./change";
import { diffManifests } from "./diff";
import type { IntentManifest } from "./manifest";

const MONDAY = Date.parse("2026-03-02T10:00:00Z");
const digest = "A".repeat(43);
const span = {
  from: new Date(MONDAY - 30 * 86_400_000),
  to: new Date(MONDAY),
  truncated: false,
  agentId: "agt_sample00001",
  tier: "moderate",
} as const;

function side(manifest: IntentManifest, confirmed: readonly string[] = []): BacktestManifest {
  const compiled = compileManifest(manifest, { manifestId: "mft_a", version: 1 });
  return { manifestId: "mft_a", digest, compiled, confirmed: new Set(confirmed) };
}

function past(
  seq: number,
  request: EvaluationRequest,
  change: Partial<PastRequest> = {},
): PastRequest {
  return {
    seq: String(seq),
    at: MONDAY + seq * 1000,
    request,
    riskScore: 0,
    containment: null,
    ...change,
  };
}

function asked(
  change: { action?: string; resource?: [string, string]; cluster?: string; spend?: number } = {},
): EvaluationRequest {
  const [type, id] = change.resource ?? ["invoice", "1"];
  return {
    subject: { type: "agent", id: span.agentId },
    action: { name: change.action ?? "read" },
    resource: { type, id },
    context: {
      cluster: change.cluster ?? "match",
      purpose: "p",
      reasoning: "r",
      dataClass: "internal",
      ...(change.spend ? { spend: change.spend } : {}),
    },
  };
}

const base = sampleManifest();
const post = asked({
  action: "post",
  resource: ["ledger-entry", "uk/1"],
  cluster: "post",
  spend: 10,
});

describe("a backtest", () => {
  it("changes nothing where the manifest is the same", () => {
    const result = backtest(
      [past(1, asked()), past(2, post)],
      { before: side(base), after: side(base) },
      span,
    );
    expect(result).toMatchObject({
      total: 2,
      unchanged: 2,
      counts: { allowed: 0, blocked: 0, held: 0 },
    });
  });

  it("names each request that would be newly blocked, held and allowed", () => {
    const after = sampleManifest({
      clusters: [
        {
          id: "match",
          purpose: "p",
          rules: [
            { actions: ["read"], resources: ["memo:**"], impact: "routine", confirm: "never" },
            { actions: ["list"], resources: ["invoice:**"], impact: "routine", confirm: "each" },
          ],
        },
      ],
    });
    const items = [
      past(5, asked()),
      past(6, asked({ action: "list" })),
      past(7, asked({ resource: ["memo", "m"] })),
      past(8, asked({ action: "wipe" })),
    ];
    const result = backtest(items, { before: side(base), after: side(after) }, span);
    expect(result.newlyBlocked).toEqual([
      {
        seq: "5",
        at: "2026-03-02T10:00:05.000Z",
        action: "read",
        resource: "invoice:1",
        cluster: "match",
        before: { outcome: "allow", reason: "within_manifest" },
        after: { outcome: "block", reason: "no_rule" },
      },
    ]);
    expect(result.newlyHeld.map((row) => row.seq)).toEqual(["6"]);
    expect(result.newlyAllowed.map((row) => row.seq)).toEqual(["7"]);
    expect(result).toMatchObject({ unchanged: 1, counts: { allowed: 1, blocked: 1, held: 1 } });
  });

  it("counts everything as new where no manifest was in force", () => {
    const result = backtest(
      [past(1, asked()), past(2, post)],
      { before: null, after: side(base) },
      span,
    );
    expect(result.newlyAllowed.map((row) => row.before.reason)).toEqual(["no_manifest"]);
    expect(result.newlyHeld).toHaveLength(1);
    expect(result.previousManifestId).toBeNull();
  });

  it("runs budgets along each side", () => {
    const after = sampleManifest({ budgets: { ...base.budgets, requests: { minute: 3 } } });
    const items = Array.from({ length: 5 }, (_, i) => past(i, asked()));
    const result = backtest(items, { before: side(base), after: side(after) }, span);
    expect(result.newlyBlocked.map((row) => row.after.reason)).toEqual([
      "budget_requests",
      "budget_requests",
    ]);
    const spread = items.map((item, i) => ({ ...item, at: MONDAY + i * 61_000 }));
    expect(backtest(spread, { before: side(base), after: side(after) }, span).unchanged).toBe(5);
  });

  it("looks past validity and quarantine, but not past risk", () => {
    const expired = sampleManifest({
      validity: { notBefore: "2027-01-01T00:00:00Z", notAfter: "2027-02-01T00:00:00Z" },
    });
    const items = [
      past(1, asked(), { containment: "quarantine" }),
      past(2, asked(), { riskScore: 70 }),
    ];
    const lenient = { ...expired, risk: { review: 80, contain: 90 } };
    const result = backtest(items, { before: side(base), after: side(lenient) }, span);
    expect(result.newlyAllowed.map((row) => row.seq)).toEqual(["2"]);
    expect(result.unchanged).toBe(1);
  });

  it("knows which targets were confirmed under which version", () => {
    const fresh = sampleManifest({
      clusters: [
        {
          id: "match",
          purpose: "p",
          rules: [
            {
              actions: ["read"],
              resources: ["invoice:**"],
              impact: "routine",
              confirm: "new-target",
            },
          ],
        },
      ],
    });
    const sides = { before: side(fresh, ["match read invoice:1"]), after: side(fresh) };
    expect(backtest([past(1, asked())], sides, span).newlyHeld).toHaveLength(1);
  });

  it("has a digest that any row changes", () => {
    const run = (spend: number) =>
      backtest(
        [past(1, { ...post, context: { ...post.context, spend } })],
        { before: null, after: side(base) },
        span,
      );
    expect(backtestDigest(run(10))).toBe(backtestDigest(run(20)));
    expect(backtestDigest(run(10))).not.toBe(backtestDigest(run(1e6)));
  });

  it("agrees with the difference: nothing is newly allowed without a widening", {
    timeout: 60_000,
  }, () => {
    let allowed = 0;
    const pairs = fc.tuple(manifestArbitrary(), manifestArbitrary()).chain(([before, other]) => {
      const after = { ...before, clusters: other.clusters, budgets: other.budgets };
      return fc.tuple(
        fc.constant({ before, after }),
        fc.array(meetingArbitrary(after), { minLength: 10, maxLength: 10 }),
      );
    });
    fc.assert(
      fc.property(pairs, ([{ before, after }, requests]) => {
        const items = requests.map((request, i) => past(i, request));
        const result = backtest(items, { before: side(before), after: side(after) }, span);
        allowed += result.counts.allowed;
        const counts = countChanges(diffManifests(before, after));
        // A request that is blocked early leaves its budget to later ones, so that narrowing can allow, too.
        const byBudget = result.newlyAllowed.every((row) =>
          row.before.reason.startsWith("budget_"),
        );
        if (!byBudget) expect(counts.widening + counts.unclear).toBeGreaterThan(0);
        expect(
          result.unchanged + result.counts.allowed + result.counts.blocked + result.counts.held,
        ).toBe(10);
      }),
      { numRuns: 200 },
    );
    expect(allowed).toBeGreaterThan(20);
  });
});
