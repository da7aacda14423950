import { describe, expect, test } from "vitest";
import { AGENT_STATUSES, asStatus, canMove, productionObstacles } from "./lifecycle";

const READY = {
  agentId: "agt_12345678",
  kind: "embedded",
  tier: "high",
  maturity: 2,
  sponsor: { competent: true },
  manifestInForce: true,
  activeKeys: 1,
} as const;
const ids = (change: Partial<Parameters<typeof productionObstacles>[0]>) =>
  productionObstacles({ ...READY, ...change }).map(({ id }) => id);

test("an agent goes forward only, and retired is for good", () => {
  const moves = AGENT_STATUSES.flatMap((from) =>
    AGENT_STATUSES.filter((to) => canMove(from, to)).map((to) => `${from}>${to}`),
  );
  expect(moves).toEqual(["registered>production", "registered>retired", "production>retired"]);
  expect(asStatus("production")).toBe("production");
  expect(asStatus("whatever")).toBe("retired");
});

describe("what stands against production", () => {
  test("nothing, where everything is in place", () => {
    expect(ids({})).toEqual([]);
  });

  test.each([
    [["no-sponsor"], { sponsor: null }],
    [["sponsor-not-competent"], { sponsor: { competent: false } }],
    [["no-manifest"], { manifestInForce: false }],
    [["no-key"], { activeKeys: 0 }],
    [["maturity"], { maturity: 1 }],
    [["maturity"], { maturity: 0, tier: "critical" as const }],
    [["no-sponsor", "no-manifest"], { sponsor: null, manifestInForce: false }],
  ])("%s", (expected, change) => {
    expect(ids(change)).toEqual(expected);
  });

  test("level 2 is asked of embedded agents of tier high and critical only", () => {
    expect(ids({ maturity: 0, kind: "assistive" })).toEqual([]);
    expect(ids({ maturity: 0, tier: "moderate" })).toEqual([]);
  });

  test("every obstacle names a page of this agent", () => {
    const all = productionObstacles({
      ...READY,
      sponsor: null,
      manifestInForce: false,
      activeKeys: 0,
      maturity: 0,
    });
    expect(all).toHaveLength(4);
    for (const { href } of all) expect(href).toMatch(/^\/agents\/agt_12345678/);
  });
});
