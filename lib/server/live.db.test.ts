import pg from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { LedgerNews } from "@/lib/domain/ledger/news";
import { applyContainment } from "@/lib/server/containment/apply";
import { ctxOf, makeAgent, makeLegalEntity, makePerson } from "@/testing/factories";
import { newestPosition, onLedgerNews } from "./live";

/** How long a busy machine may take; not a promise. */
const PATIENCE = { timeout: 30_000 };
const owner = new pg.Client({ connectionString: process.env["TEST_OWNER_URL"] });
beforeAll(() => owner.connect());
afterAll(() => owner.end());

const listeners = async () =>
  (
    await owner.query(
      "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'countersign-live'",
    )
  ).rows;

async function appendOne() {
  const admin = await makePerson(["admin"]);
  const { agent } = await makeAgent({
    ownerId: (await makePerson(["owner"])).id,
    legalEntityId: (await makeLegalEntity()).id,
  });
  await applyContainment(ctxOf(admin, ["admin"]), {
    agentId: agent.id,
    level: "observe",
    reason: "To be watched closely",
  });
}

test("many hear over one connection, which ends with the last of them", async () => {
  const heard: (LedgerNews | null)[] = [];
  const stops = [1, 2, 3].map(() => onLedgerNews((news) => heard.push(news)));
  await vi.waitFor(() => expect(heard).toEqual([null, null, null]), PATIENCE);
  await appendOne();
  const position = await newestPosition();
  const news = { from: position, to: position, kinds: ["containment.applied"] };
  await vi.waitFor(() => expect(heard.slice(3)).toEqual([news, news, news]), PATIENCE);
  expect(await listeners()).toHaveLength(1);
  for (const stop of stops) stop();
  await vi.waitFor(async () => expect(await listeners()).toHaveLength(0), PATIENCE);
});

test("a lost connection is made again, and says that something may have been missed", async () => {
  const heard: (LedgerNews | null)[] = [];
  const stop = onLedgerNews((news) => heard.push(news));
  await vi.waitFor(() => expect(heard).toEqual([null]), PATIENCE);
  for (const { pid } of await listeners()) {
    await owner.query("SELECT pg_terminate_backend($1)", [pid]);
  }
  await vi.waitFor(() => expect(heard).toEqual([null, null]), PATIENCE);
  await appendOne();
  await vi.waitFor(() => expect(heard).toHaveLength(3), PATIENCE);
  stop();
});

test("who comes late is told to look for what came before", async () => {
  const first = onLedgerNews(() => undefined);
  await vi.waitFor(async () => expect(await listeners()).toHaveLength(1), PATIENCE);
  const heard: (LedgerNews | null)[] = [];
  const second = onLedgerNews((news) => heard.push(news));
  await vi.waitFor(() => expect(heard.length).toBeGreaterThan(0), PATIENCE);
  expect(heard[0]).toBeNull();
  first();
  second();
});
