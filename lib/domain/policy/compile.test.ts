import { expect, test } from "vitest";
import { AppError } from "@/lib/domain/errors";
import { IntentManifest } from "@/lib/domain/manifest/manifest";
import table from "./cases.json";
import { compileManifest } from "./compile";

const base = IntentManifest.parse(table.manifest);
const META = { manifestId: "man_1", version: 3 };

test("a compiled manifest knows its limits in minor units and its validity in milliseconds", () => {
  const compiled = compileManifest(base, META);
  expect(compiled).toMatchObject({ ...META, agentId: base.agentId, ceiling: "confidential" });
  expect(compiled.notBefore).toBe(Date.parse("2026-01-01T00:00:00Z"));
  expect(compiled.budgets.currency).toBe("GBP");
  expect(compiled.budgets.normal).toContainEqual({
    measure: "spend",
    period: "day",
    limit: 50_000_000,
  });
  expect(compiled.budgets.throttled).toContainEqual({
    measure: "spend",
    period: "day",
    limit: 5_000_000,
  });
});

test("each bad condition is named by its path", () => {
  const [first, ...others] = base.clusters;
  const [rule] = first?.rules ?? [];
  if (first === undefined || rule === undefined) throw new Error("the table's manifest has rules");
  const broken = {
    ...base,
    clusters: [{ ...first, rules: [rule, { ...rule, when: "context.spent < 3" }] }, ...others],
    never: [{ id: "n", because: "b", actions: ["*"], resources: ["*:**"], when: "1 +" }],
  };
  try {
    compileManifest(broken, META);
    expect.unreachable();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    expect(error.code).toBe("invalid");
    expect(error.fields.map((field) => field.path)).toEqual([
      "clusters.0.rules.1.when",
      "never.0.when",
    ]);
  }
});

test("a pattern with very many stars is refused by its path", () => {
  const [never] = base.never;
  if (never === undefined) throw new Error("the table's manifest has never-rules");
  const costly = { ...base, never: [{ ...never, resources: ["a:*", "a:*b*b*b*b*b*b*b*b*b"] }] };
  expect(() => compileManifest(costly, META)).toThrow(
    expect.objectContaining({
      fields: [{ path: "never.0.resources.1", message: "has more than 8 stars" }],
    }),
  );
});
