import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "@/lib/server/db";
import {
  freePort,
  type GatewayProcess,
  makeToken,
  startGatewayProcess,
  storeToken,
} from "@/testing/gateway";
import { makeSponsoredAgent } from "@/testing/sponsored-agent";

const ROOT = path.resolve(import.meta.dirname, "..");
const guide = readFileSync(path.join(ROOT, "docs/integrating-an-agent.md"), "utf8");

/** The code blocks that are marked with `<!-- test:NAME -->`, as they are printed. */
function blocks(name: string): string[] {
  const pattern = /<!-- test:(\S+) -->\n```\w+\n([\s\S]*?)```/g;
  return [...guide.matchAll(pattern)].flatMap(([, found, code]) =>
    found === name && code !== undefined ? [code] : [],
  );
}

let gateway: GatewayProcess;
let folder = "";

beforeAll(async () => {
  const port = String(await freePort());
  const url = `http://127.0.0.1:${port}`;
  process.env["COUNTERSIGN_GATEWAY_URL"] = url;
  process.env["GATEWAY"] = url;
  const { agent, manifest, key, sponsor } = await makeSponsoredAgent({
    manifest: { clusters: [readDocuments()] },
  });
  await storeToken(makeToken({ manifest, key, sponsorId: sponsor.id }), manifest.id, key.jkt);
  folder = mkdtempSync(path.join(os.tmpdir(), "guide-"));
  const privateJwk = key.privateKey.export({ format: "jwk" });
  const file = { agentId: agent.id, name: agent.name, privateJwk };
  writeFileSync(path.join(folder, "key.json"), JSON.stringify(file));
  gateway = await startGatewayProcess({ GATEWAY_PORT: port });
});
afterAll(async () => {
  await gateway.stop();
  rmSync(folder, { recursive: true });
});

const readDocuments = () => ({
  id: "read-documents",
  purpose: "Read the documents that a reconciliation needs",
  rules: [
    {
      actions: ["read"],
      resources: ["invoice:**"],
      impact: "routine" as const,
      confirm: "never" as const,
    },
  ],
});

test("the guide's curl example is allowed as it is printed", async () => {
  const [proof = ""] = blocks("proof.mjs");
  writeFileSync(path.join(folder, "proof.mjs"), proof);
  const script = blocks("sh");
  expect(script).toHaveLength(2);
  const output = execFileSync("bash", ["-euo", "pipefail", "-c", script.join("\n")], {
    cwd: folder,
    encoding: "utf8",
  });
  const answer = JSON.parse(output.slice(output.lastIndexOf('{"decision"')));
  expect(answer).toMatchObject({ decision: true, context: { reason_code: "within_manifest" } });
  const seq = BigInt(answer.context.seq);
  expect((await db.ledgerEntry.findUniqueOrThrow({ where: { seq } })).outcome).toBe("allow");
});

test("the guide's client example runs as it is printed", () => {
  const [code = ""] = blocks("agent.mts");
  writeFileSync(path.join(folder, "agent.mts"), code);
  const result = spawnSync(
    process.execPath,
    ["--import", path.join(ROOT, "node_modules/tsx/dist/loader.mjs"), "agent.mts"],
    {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, TSX_TSCONFIG_PATH: path.join(ROOT, "tsconfig.json") },
    },
  );
  expect(result.stderr).not.toMatch(/error/i);
  expect(result.stdout).toMatch(/^read the invoice: .*Entry \d+\./);
});
