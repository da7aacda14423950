import { expect, test } from "vitest";
import type { IntentManifest } from "./manifest";
import { ruleInWords } from "./rule-in-words";

const rule = (actions: string[], resources: string[]) =>
  ({ actions, resources, impact: "routine", confirm: "never" }) as const;

const MANIFEST: IntentManifest = {
  schema: "intent-manifest.v1",
  agentId: "agt_abcdefgh",
  goal: "Reconcile invoices",
  clusters: [
    { id: "first", purpose: "Read", rules: [rule(["read"], ["invoice:*"])] },
    {
      id: "second",
      purpose: "Write",
      rules: [rule(["read"], ["ledger:*"]), { ...rule(["post"], ["ledger:*"]), confirm: "each" }],
    },
  ],
  never: [],
  dataClassCeiling: "internal",
  budgets: {},
  network: [],
  risk: { review: 50, contain: 80 },
  validity: { notBefore: "2026-01-01T00:00:00Z", notAfter: "2026-12-01T00:00:00Z" },
};

test("a rule is found by its cluster and place, confirmed or not", () => {
  expect(ruleInWords(MANIFEST, { clusterId: "first", index: 0 })).toMatch(/read.*invoice/i);
  expect(ruleInWords(MANIFEST, { clusterId: "second", index: 1 })).toMatch(/post/i);
});

test("what the manifest does not have is null", () => {
  expect(ruleInWords(MANIFEST, { clusterId: "third", index: 0 })).toBeNull();
  expect(ruleInWords(MANIFEST, { clusterId: "first", index: 1 })).toBeNull();
});
