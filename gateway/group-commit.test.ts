import { EventEmitter } from "node:events";
import type pg from "pg";
import { beforeEach, expect, test, vi } from "vitest";
import { decideGroup } from "@/lib/server/decision/decide";
import type { DecisionAnswer, DecisionItem } from "@/lib/server/decision/item";
import { DecisionState } from "@/lib/server/decision/state";
import { GroupCommit, LedgerUnavailable } from "./group-commit";

vi.mock("@/lib/server/decision/decide", () => ({ decideGroup: vi.fn() }));
vi.mock("@/lib/server/log", () => ({ log: { error: vi.fn() } }));

const decide = vi.mocked(decideGroup);
beforeEach(() => {
  decide.mockReset();
  decide.mockImplementation(async (_client, _state, items) => items.map(answerTo));
});

const item = (name: string, at = new Date()) => ({ agentId: name, at }) as unknown as DecisionItem;
const answerTo = (one: DecisionItem) => ({ sentence: one.agentId }) as DecisionAnswer;

function makeCommit() {
  const released: unknown[] = [];
  const client = { release: (failed: boolean) => released.push(failed) };
  const pool = Object.assign(new EventEmitter(), { connect: async () => client });
  const commit = new GroupCommit(pool as unknown as pg.Pool, new DecisionState(), () => undefined);
  return { commit, released };
}

const sizes = () => decide.mock.calls.map(([, , items]) => items.length);

test("what comes in while a group is being committed is the next group, and each hears its own answer", async () => {
  const { commit } = makeCommit();
  const names = Array.from({ length: 600 }, (_, n) => `a${n}`);
  const first = commit.submit(item("first"));
  await vi.waitFor(() => expect(decide).toHaveBeenCalledTimes(1), { timeout: 30_000 });
  const rest = names.map((name) => commit.submit(item(name)));
  expect((await first).sentence).toBe("first");
  expect((await Promise.all(rest)).map((answer) => answer.sentence)).toEqual(names);
  expect(sizes()[0]).toBe(1);
  expect(sizes().slice(1)).toEqual([256, 256, 88]);
});

test("beyond the queue's limit nobody waits: refused at once", async () => {
  const { commit } = makeCommit();
  const asked = Array.from({ length: 2100 }, (_, n) => commit.submit(item(`a${n}`)));
  const results = await Promise.allSettled(asked);
  const refused = results.filter((result) => result.status === "rejected");
  expect(refused).toHaveLength(2100 - 2048);
  expect(refused.every((result) => result.reason instanceof LedgerUnavailable)).toBe(true);
});

test("one agent can't take the whole queue from the others", async () => {
  const { commit } = makeCommit();
  const greedy = Array.from({ length: 300 }, () => commit.submit(item("greedy")));
  const modest = commit.submit(item("modest"));
  const results = await Promise.allSettled(greedy);
  expect(results.filter((result) => result.status === "rejected")).toHaveLength(300 - 256);
  expect((await modest).sentence).toBe("modest");
  // Once it has been served it may ask again.
  expect((await commit.submit(item("greedy"))).sentence).toBe("greedy");
});

test("who waited too long is not decided any more", async () => {
  const { commit } = makeCommit();
  const old = commit.submit(item("old", new Date(Date.now() - 6000)));
  const fresh = commit.submit(item("fresh"));
  await expect(old).rejects.toBeInstanceOf(LedgerUnavailable);
  expect((await fresh).sentence).toBe("fresh");
  expect(sizes()).toEqual([1]);
});

test("an outage refuses the whole group and lets go of the connection", async () => {
  const { commit, released } = makeCommit();
  decide.mockRejectedValue(new Error("Connection terminated unexpectedly"));
  const asked = [commit.submit(item("a")), commit.submit(item("b"))];
  for (const one of asked) await expect(one).rejects.toBeInstanceOf(LedgerUnavailable);
  expect(sizes()).toEqual([2]);
  expect(released).toEqual([true]);
});

test("one request that can't be recorded takes no other down with it", async () => {
  const { commit } = makeCommit();
  decide.mockImplementation(async (_client, _state, items) => {
    if (items.some(({ agentId }) => agentId === "bad")) throw new Error("invalid input syntax");
    return items.map(answerTo);
  });
  const asked = ["a", "bad", "b"].map((name) => commit.submit(item(name)));
  const results = await Promise.allSettled(asked);
  expect(results.map((result) => result.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
});

test("drain waits for what was submitted", async () => {
  const { commit } = makeCommit();
  let done = false;
  void commit.submit(item("a")).then(() => {
    done = true;
  });
  await commit.drain();
  expect(done).toBe(true);
});
