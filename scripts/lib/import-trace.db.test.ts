import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { TraceLine } from "@/lib/domain/behaviour/trace-line";
import { projectLedger } from "@/lib/server/behaviour/project";
import { rescoreAll } from "@/lib/server/behaviour/rescore";
import { db } from "@/lib/server/db";
import { makeLegalEntity, makePerson } from "@/testing/factories";
import { importer, importTrace } from "./import-trace";

const HOUR_MS = 3_600_000;
const NOW = new Date();
const client = new pg.Client({ connectionString: process.env["DATABASE_URL"] });
beforeAll(() => client.connect());
afterAll(() => client.end());

/** Twenty quiet days a year ago, then a turn to foreign data after an error. */
function lines(): TraceLine[] {
  const start = Date.UTC(2025, 1, 3, 9);
  const line = (hours: number, change: Record<string, unknown> = {}) =>
    TraceLine.parse({
      agent: "Travel Bot",
      at: new Date(start + hours * HOUR_MS).toISOString(),
      action: "search_hotels",
      resource: "Hotel:paris/1",
      cluster: "book a trip",
      reasoning: "The user wants a hotel near the station.",
      goal: "Book trips for travellers",
      outcome: "allow",
      dataClass: "internal",
      ...change,
    });
  const quiet = Array.from({ length: 480 }, (_, i) => line(Math.floor(i / 24) * 24 + (i % 24) / 3));
  return [
    ...quiet,
    line(20 * 24, { outcome: "error" }),
    line(20 * 24 + 0.1, { action: "read", resource: "passport:all", dataClass: "restricted" }),
    line(20 * 24 + 0.2, { outcome: "block", action: "send", resource: "mail" }),
  ];
}

test("a trace becomes a scratch agent that is scored, marked as simulated, and that nobody can act for", async () => {
  await makePerson(["admin"]);
  await makePerson(["owner"]);
  await makeLegalEntity();
  const { actor, ...owning } = await importer();
  const trace = { agent: "Travel Bot", lines: lines(), ...owning, move: true };
  const { agentId, name, decisions } = await importTrace(client, { actor, now: NOW }, trace);
  expect(name).toContain("Scratch: Travel Bot");
  expect(decisions).toBe(483);

  const entries = await db.ledgerEntry.findMany({ where: { agentId }, orderBy: { seq: "asc" } });
  const bodies = entries.map(({ canonical }) => JSON.parse(canonical));
  const asked = bodies.filter(({ kind }) => kind === "decision");
  expect(asked).toHaveLength(483);
  expect(asked.every(({ simulated, personId }) => simulated && personId === null)).toBe(true);
  const newest = Date.parse(asked.at(-1).at);
  expect(newest).toBeLessThanOrEqual(NOW.getTime());
  expect(newest).toBeGreaterThan(NOW.getTime() - 25 * HOUR_MS);

  await projectLedger();
  await rescoreAll(new Date(NOW.getTime() + 1000));
  const steps = await db.decisionStep.groupBy({
    by: ["actionOutcome"],
    where: { agentId },
    _count: true,
  });
  expect(Object.fromEntries(steps.map((one) => [one.actionOutcome, one._count]))).toEqual({
    success: 481,
    error: 1,
    null: 1,
  });
  const agent = await db.agent.findUniqueOrThrow({ where: { id: agentId } });
  expect(agent.riskScore).toBeGreaterThan(30);
  expect(await db.manifest.count({ where: { agentId, state: { not: "draft" } } })).toBe(0);
  expect(await db.agentKey.count({ where: { agentId } })).toBe(0);
});
