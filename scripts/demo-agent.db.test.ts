import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { AGENTS } from "@/prisma/demo/agents";
import {
  freePort,
  type GatewayProcess,
  makeToken,
  startGatewayProcess,
  storeToken,
} from "@/testing/gateway";
import { makeSponsoredAgent, type SponsoredAgent } from "@/testing/sponsored-agent";

const NAME = "Trade Finance Reconciler";
let gateway: GatewayProcess;
let who: SponsoredAgent;
let folder = "";

beforeAll(async () => {
  const port = String(await freePort());
  process.env["COUNTERSIGN_GATEWAY_URL"] = `http://127.0.0.1:${port}`;
  const mandate = AGENTS.find(({ name }) => name === NAME)?.mandate;
  // Whatever the hour at which this test runs.
  const { hours: _, ...atAnyHour } = mandate ?? {};
  who = await makeSponsoredAgent({ manifest: atAnyHour });
  const { manifest, key, sponsor } = who;
  await storeToken(makeToken({ manifest, key, sponsorId: sponsor.id }), manifest.id, key.jkt);
  folder = mkdtempSync(path.join(os.tmpdir(), "demo-agent-"));
  mkdirSync(path.join(folder, "demo-agents"));
  const privateJwk = key.privateKey.export({ format: "jwk" });
  writeFileSync(
    path.join(folder, "demo-agents", `${who.agent.id}.jwk.json`),
    JSON.stringify({ agentId: who.agent.id, name: NAME, privateJwk }),
  );
  gateway = await startGatewayProcess({ GATEWAY_PORT: port });
});
afterAll(async () => {
  await gateway.stop();
  rmSync(folder, { recursive: true });
});

function run(...args: readonly string[]) {
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/demo-agent.ts", ...args], {
    cwd: path.resolve(import.meta.dirname, ".."),
    env: { ...process.env, COUNTERSIGN_HOME: folder },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (data: Buffer) => {
      output += data.toString();
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  return { ended, output: () => output };
}

test("it walks its task, is blocked where it leaves its mandate, and gets through once after a person's leave", async () => {
  const agent = run("--agent", "trade", "--once", "--oddity", "too-large", "--pause", "10");
  const open = () => db.review.findFirst({ where: { agentId: who.agent.id, state: "open" } });
  let review = await open();
  for (
    const until = Date.now() + 30_000;
    review === null && Date.now() < until;
    review = await open()
  ) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  if (review === null) throw new Error(`no review was opened: ${agent.output()}`);
  expect(review).toMatchObject({ outcome: "block", reason: "condition_false" });
  await db.review.update({
    where: { id: review.id },
    data: { state: "resolved", resolution: "override", resolvedAt: new Date(), resolvedSeq: 0n },
  });
  await db.grant.create({
    data: {
      id: newId("grt"),
      agentId: who.agent.id,
      reviewId: review.id,
      requestDigest: review.requestDigest,
      expiresAt: new Date(Date.now() + 60_000),
      createdAt: new Date(),
    },
  });
  expect(await agent.ended).toBe(0);
  const lines = agent.output().trim().split("\n");
  const words = lines.map((line) => line.split("  ").slice(2, 4).join(" "));
  expect(
    words.filter((word) => /^(read|annotate) .* ALLOW within_manifest$/.test(word)),
  ).toHaveLength(3);
  expect(words.at(-1)).toMatch(/^post ledger-entry:.* ALLOW granted_once$/);
  expect(words.at(-2)).toMatch(/BLOCK condition_false$/);
  expect(await db.grant.count({ where: { agentId: who.agent.id, usedSeq: null } })).toBe(0);
});

test("it says which agents there are, and what went wrong", async () => {
  const unknown = run("--agent", "nobody");
  expect(await unknown.ended).toBe(1);
  expect(unknown.output()).toContain(NAME);
  const nowhere = run("--agent", who.agent.id, "--once", "--url", "http://127.0.0.1:1");
  expect(await nowhere.ended).toBe(1);
  expect(nowhere.output()).toContain("Unavailable");
});
