import { expect, test } from "vitest";
import type { EvaluationRequest } from "@/lib/domain/policy/request";
import { db } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { type Asked, decisions, many } from "@/testing/recorded-decisions";
import { readInvoice } from "@/testing/sponsored-agent";
import { readHistory } from "./history";
import { projectLedger, pruneBehaviour, rebuildRollups } from "./project";

const NOW = new Date("2026-11-24T12:30:00Z");
const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000);

/** A step of a trace, in a cluster. */
function stepOf(agentId: string, traceId: string, cluster: string): Asked {
  const request: EvaluationRequest = readInvoice(agentId);
  return { request: { ...request, context: { ...request.context, cluster, traceId, step: 1 } } };
}

async function rollups() {
  const order = { orderBy: { agentId: "asc" } } as const;
  const all = await Promise.all([
    db.hourlyOutcome.findMany(order),
    db.hourlyMix.findMany(order),
    db.hourlyTransition.findMany(order),
  ]);
  const text = (row: object) =>
    JSON.stringify(row, (_, value) => (typeof value === "bigint" ? Number(value) : value));
  return all.map((rows) => rows.map(text).sort());
}

test("counts by hour: outcomes, what allowed requests used, acts without denials, and turns within a trace", async () => {
  const agentId = newId("agt");
  await decisions(agentId, hoursAgo(2), [
    { records: 3, spend: 10.25, cluster: "read" },
    { records: 4, spend: 0.1, cluster: "read" },
    { reason: "no_rule", action: "delete", records: 500, spend: 99, cluster: "read" },
    { reason: "proof_replayed", action: null },
  ]);
  await decisions(agentId, hoursAgo(1), [
    stepOf(agentId, "trace-1", "read"),
    stepOf(agentId, "trace-2", "match"),
    stepOf(agentId, "trace-1", "match"),
    stepOf(agentId, "trace-1", "match"),
  ]);
  await projectLedger();
  const hour = new Date("2026-11-24T10:00:00Z");
  const outcomes = await db.hourlyOutcome.findMany({ where: { agentId, hour } });
  const of = (outcome: string) => outcomes.find((row) => row.outcome === outcome);
  expect(of("allow")).toMatchObject({ requests: 2, records: 7n, spend: 1035n });
  expect(of("block")).toMatchObject({ requests: 1, records: 0n, spend: 0n });
  expect(of("deny")).toMatchObject({ requests: 1 });
  const mix = await db.hourlyMix.findMany({ where: { agentId, hour } });
  expect(mix.map(({ action, requests }) => [action, requests]).sort()).toEqual([
    ["delete", 1],
    ["read", 2],
  ]);
  const turns = await db.hourlyTransition.findMany({ where: { agentId } });
  expect(turns.map(({ from, to, steps }) => [from, to, steps]).sort()).toEqual([
    ["match", "match", 1],
    ["read", "match", 1],
  ]);
});

test("rebuilding from the ledger gives what was kept step by step, also across batches and with two at once", async () => {
  const agentId = newId("agt");
  for (let hour = 30; hour > 0; hour -= 1) {
    const trace = `trace-${hour % 4}`;
    await decisions(agentId, hoursAgo(hour), [
      stepOf(agentId, trace, hour % 3 === 0 ? "read" : "match"),
      ...many(hour % 5, { reason: "confirm_each", cluster: "post", spend: 1.11 }),
      ...many(hour % 7, { records: hour, spend: 0.07 }),
    ]);
    if (hour % 4 === 0) await Promise.all([projectLedger(), projectLedger()]);
  }
  await projectLedger();
  const kept = await rollups();
  expect(kept.map((rows) => rows.length > 3)).toEqual([true, true, true]);
  const size = await db.ledgerEntry.count();
  expect(await rebuildRollups()).toBe(size);
  expect(await rollups()).toEqual(kept);
  expect(await projectLedger()).toBe(0);
});

test("a history is one asking per review, oldest first, up to its moment; targets stand there as digests", async () => {
  const agentId = newId("agt");
  const request = readInvoice(agentId, "secret-invoice");
  await decisions(agentId, hoursAgo(38 * 24), many(3));
  await decisions(agentId, hoursAgo(48), [
    { request },
    { request: readInvoice(agentId, "another") },
    { request },
    { reason: "confirm_each", reviewId: "rev_aaaa1" },
  ]);
  await decisions(agentId, hoursAgo(47), [
    { reason: "confirm_each", reviewId: "rev_aaaa1" },
    { reason: "no_rule", reviewId: "rev_bbbb1", action: "delete" },
  ]);
  await decisions(agentId, hoursAgo(-1), many(2));
  await projectLedger();
  const history = await readHistory(agentId, NOW);
  expect(history.map(({ outcome }) => outcome)).toEqual([
    ...Array(3).fill("allow"),
    "hold",
    "block",
  ]);
  expect(history.map(({ seq }) => seq)).toEqual(
    history.map(({ seq }) => seq).sort((a, b) => a - b),
  );
  const targets = history.map(({ target }) => target);
  expect(targets[0]).toMatch(/^[A-Za-z0-9+/]{22}$/);
  expect(targets[0]).toBe(targets[2]);
  expect(targets[1]).not.toBe(targets[0]);
  expect(history[0]).toMatchObject({ at: hoursAgo(48).getTime(), cluster: "read-documents" });
});

test("pruning deletes old steps, and the rollups stay", async () => {
  const agentId = newId("agt");
  await decisions(agentId, hoursAgo(46 * 24), many(2));
  await decisions(agentId, hoursAgo(44 * 24), many(3));
  await projectLedger();
  await pruneBehaviour(NOW);
  expect(await db.decisionStep.count({ where: { agentId } })).toBe(3);
  expect(await db.hourlyOutcome.count({ where: { agentId } })).toBe(2);
});
