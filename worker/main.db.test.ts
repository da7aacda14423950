import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { z } from "zod";
import { openCheckpoint } from "@/lib/domain/ledger/checkpoint";
import { command } from "@/lib/server/command";
import { db } from "@/lib/server/db";
import { logVerifier } from "@/lib/server/ledger/log-key";
import { ctxOf } from "@/testing/factories";

const ROOT = path.resolve(import.meta.dirname, "..");
const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
});

function startWorker(settings: Record<string, string> = {}): {
  readonly child: ChildProcess;
  readonly output: () => string;
} {
  let output = "";
  const child = spawn(process.execPath, ["--import", "tsx", "worker/main.ts"], {
    cwd: ROOT,
    env: { ...process.env, LOG_LEVEL: "info", ...settings },
  });
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (output += data));
  running.push(child);
  return { child, output: () => output };
}

const recordEvent = command({
  permission: "people:manage",
  input: z.strictObject({}),
  async run() {
    return {
      value: null,
      events: [{ event: { kind: "person.deactivated", subjectId: "per_someone01" } }],
    };
  },
});

it("two workers start at once, sign the head that they find, and end when they are told to", async () => {
  await recordEvent(ctxOf({ id: "per_admin0001" }, ["admin"]), {});
  const workers = [startWorker(), startWorker()];
  await vi.waitFor(
    async () => {
      const checkpoint = await db.checkpoint.findFirstOrThrow();
      expect(openCheckpoint(checkpoint.note, logVerifier()).size).toBe(1);
      for (const { output } of workers) expect(output()).toContain("worker ready");
    },
    { timeout: 30_000, interval: 200 },
  );
  const ends = workers.map(async ({ child }) => {
    const exit = once(child, "exit");
    child.kill("SIGTERM");
    return (await exit)[0];
  });
  expect(await Promise.all(ends)).toEqual([0, 0]);
  for (const { output } of workers) {
    expect(output()).not.toMatch(/"level":(50|60)/);
    expect(output()).toContain("worker stopped");
  }
  expect(await db.checkpoint.count()).toBe(1);
});

it("says why it can't start, and ends", async () => {
  const { child, output } = startWorker({
    DATABASE_URL: "postgresql://nobody:nothing@127.0.0.1:1/none",
    LOG_LEVEL: "fatal",
  });
  expect((await once(child, "exit"))[0]).toBe(1);
  expect(output()).toContain("worker can't start");
});
