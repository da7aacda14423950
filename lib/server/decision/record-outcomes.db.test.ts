import pg from "pg";
import { afterAll, expect, test } from "vitest";
import { db } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { decisions, many } from "@/testing/recorded-decisions";
import { type OutcomeItem, recordOutcomes } from "./record-outcomes";

const pool = new pg.Pool({ connectionString: process.env["DATABASE_URL"], max: 2 });
afterAll(() => pool.end());

async function record(items: readonly OutcomeItem[]) {
  const client = await pool.connect();
  try {
    return await recordOutcomes(client, items);
  } finally {
    client.release();
  }
}

const told = (agentId: string, decision: number, at = new Date()): OutcomeItem => ({
  agentId,
  report: { decision, status: "success", records: 2 },
  at,
  proof: null,
});

test("a month's reports are recorded in groups, at their own times, and marked as simulated", async () => {
  const agentId = newId("agt");
  const seqs = await decisions(agentId, new Date("2026-10-01T10:00:00Z"), many(3));
  const at = new Date("2026-10-01T10:00:02Z");
  const answers = await record(seqs.map((seq) => told(agentId, seq, at)));
  expect(answers.map(({ kind }) => kind)).toEqual(Array(3).fill("recorded"));
  const entries = await db.ledgerEntry.findMany({ where: { agentId, kind: "decision.outcome" } });
  expect(entries.map((entry) => entry.at)).toEqual(Array(3).fill(at));
  expect(JSON.parse(entries[0]?.canonical ?? "")).toMatchObject({ simulated: true, records: 2 });
  const epoch = await db.stateEpoch.findUniqueOrThrow({ where: { id: 1 } });
  await record([told(agentId, seqs[0] ?? -1)]);
  // No decision depends on a report: gateways need not read anything anew.
  expect(await db.stateEpoch.findUniqueOrThrow({ where: { id: 1 } })).toEqual(epoch);
});

test("a report that can't be recorded takes the whole group back, and the connection serves on", async () => {
  const agentId = newId("agt");
  const [first = -1, second = -1] = await decisions(agentId, new Date(), many(2));
  const bad = {
    ...told(agentId, second),
    report: { decision: second, status: "error" as const, errorClass: "Two words" },
  };
  await expect(record([told(agentId, first), bad])).rejects.toThrow();
  expect(await db.decisionOutcome.count({ where: { agentId } })).toBe(0);
  const [answer] = await record([told(agentId, first)]);
  expect(answer?.kind).toBe("recorded");
});
