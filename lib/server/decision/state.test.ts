import { expect, test, vi } from "vitest";
import type { Query } from "../ledger/append";
import { DecisionState } from "./state";

vi.mock("../log", () => ({ log: { error: vi.fn() } }));

const row = (id: string, riskScore: number) => ({
  id,
  name: id,
  status: "production",
  tier: "low",
  containment: null,
  riskScore,
  manifest: null,
  ended: [],
  keys: [],
  acting: null,
});

/** A database in which `changed` agents are named by the ledger and all have this score. */
function databaseOf(changed: readonly (string | null)[], riskScore: number) {
  const asked: unknown[] = [];
  const query = async (sql: string, values: readonly unknown[]) => {
    if (sql.includes('FROM "LedgerEntry"')) return changed.map((agentId) => ({ agentId }));
    asked.push(values[0]);
    const ids = values[0] === null ? ["agt_a", "agt_b"] : (values[0] as string[]);
    return ids.map((id) => row(id, riskScore));
  };
  return { query: query as unknown as Query, asked };
}

const at = (epoch: number, next: number) => ({ epoch: BigInt(epoch), next: BigInt(next) });

test("all agents are read first, then only those that the ledger names, and none where nothing happened", async () => {
  const state = new DecisionState();
  const first = databaseOf([], 1);
  await state.refresh(first.query, at(5, 10));
  const second = databaseOf(["agt_b"], 2);
  await state.refresh(second.query, at(6, 20));
  await state.refresh(second.query, at(6, 30));
  expect(first.asked).toEqual([null]);
  expect(second.asked).toEqual([["agt_b"]]);
  expect([state.agent("agt_a")?.riskScore, state.agent("agt_b")?.riskScore]).toEqual([1, 2]);
});

test("what is not about one agent, or about none, reads all again", async () => {
  const state = new DecisionState();
  await state.refresh(databaseOf([], 1).query, at(5, 10));
  const training = databaseOf(["agt_b", null], 2);
  await state.refresh(training.query, at(6, 20));
  const unexplained = databaseOf([], 3);
  await state.refresh(unexplained.query, at(7, 30));
  expect([training.asked, unexplained.asked]).toEqual([[null], [null]]);
});

test("older news that arrives late does not replace newer", async () => {
  const state = new DecisionState();
  await state.refresh(databaseOf([], 1).query, at(5, 10));
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const old = databaseOf(["agt_a"], 2);
  const slow: Query = async (sql, values) => {
    const rows = await old.query(sql, values);
    await held;
    return rows as never;
  };
  const late = state.refresh(slow, at(6, 20));
  await state.refresh(databaseOf(["agt_a"], 3).query, at(7, 30));
  letGo();
  await late;
  expect(state.agent("agt_a")?.riskScore).toBe(3);
  // And the later moment still counts as seen.
  const idle = databaseOf([], 4);
  await state.refresh(idle.query, at(7, 30));
  expect(idle.asked).toEqual([]);
});

test("a containment level of a newer version stops the agent until it is understood", async () => {
  const state = new DecisionState();
  const query = (async () => [
    { ...row("agt_a", 0), containment: "isolate-and-notify" },
  ]) as unknown as Query;
  await state.refresh(query, at(1, 1));
  expect(state.agent("agt_a")?.containment).toBe("stopped");
});
