import { expect, test } from "vitest";
import type { Rule } from "@/lib/domain/manifest/manifest";
import { actsOf } from "./mandate";

const rule = (actions: string[], resources: string[]): Rule => ({
  actions,
  resources,
  impact: "routine",
  confirm: "never",
});

test("names each act once, and nothing where a rule is a wildcard", () => {
  const rules = [
    rule(["read", "list"], ["invoice:*", "purchase-order:uk/**"]),
    rule(["read"], ["invoice:eu/*"]),
    rule(["*"], ["ledger-entry:*"]),
    rule(["export"], ["*:**"]),
  ];
  expect(actsOf({ rules })).toEqual([
    "read invoice",
    "read purchase-order",
    "list invoice",
    "list purchase-order",
  ]);
});
