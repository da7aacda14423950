import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { matchSpans } from "@/lib/server/behaviour/match-spans";
import { projectLedger } from "@/lib/server/behaviour/project";
import { surroundings } from "@/lib/server/behaviour/surroundings";
import { db } from "@/lib/server/db";
import { ledgerTransaction } from "@/lib/server/ledger/transaction";
import { createAgent } from "@/packages/agent/agent";
import { ctxOf, makeKeyPair } from "@/testing/factories";
import {
  ask,
  freePort,
  type GatewayProcess,
  jws,
  makeProof,
  makeToken,
  startGatewayProcess,
} from "@/testing/gateway";
import { exportRequest } from "@/testing/protobuf";
import { makeSponsoredAgent, readInvoice } from "@/testing/sponsored-agent";

let gateway: GatewayProcess;
let who: Awaited<ReturnType<typeof sponsored>>;
let keeping: typeof who;
let leaving: typeof who;
let token = "";

async function sponsored(telemetry?: { readonly keepPrompts: boolean }) {
  const made = await makeSponsoredAgent(telemetry ? { manifest: { telemetry } } : {});
  const { manifest, key, sponsor } = made;
  return { ...made, token: makeToken({ manifest, key, sponsorId: sponsor.id }) };
}

beforeAll(async () => {
  const port = String(await freePort());
  process.env["COUNTERSIGN_GATEWAY_URL"] = `http://127.0.0.1:${port}`;
  who = await sponsored();
  keeping = await sponsored({ keepPrompts: true });
  leaving = await sponsored();
  gateway = await startGatewayProcess({ GATEWAY_PORT: port });
  token = (await telemetryToken(who.key)).body.token;
});
afterAll(() => gateway.stop());

async function telemetryToken(key: typeof who.key, given?: string) {
  const url = `${gateway.origin}/agent/v1/telemetry-token`;
  const proof = given ?? makeProof(key, { method: "GET", url });
  const response = await fetch(url, { headers: { dpop: proof } });
  return { status: response.status, body: await response.json(), proof };
}

async function send(
  body: Uint8Array | string,
  headers: Record<string, string> = {},
  bearer = token,
) {
  const response = await fetch(`${gateway.origin}/v1/traces`, {
    method: "POST",
    headers: {
      "content-type": "application/x-protobuf",
      authorization: `Bearer ${bearer}`,
      ...headers,
    },
    body: typeof body === "string" ? body : Buffer.from(body),
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  return { status: response.status, type: response.headers.get("content-type"), bytes };
}

const toolSpan = (traceId: string, spanId: string, more = {}) => ({
  traceId,
  spanId,
  startMs: Date.now(),
  name: "GET /customers/ms-smith",
  attributes: { "gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": "read_invoice" },
  ...more,
});

async function allowedIn(traceId: string, from = who): Promise<number> {
  const request = readInvoice(from.agent.id, `inv-${traceId.slice(0, 6)}`);
  const traced = { ...request, context: { ...request.context, traceId } };
  const { body } = await ask(gateway.origin, from, traced);
  expect(body.decision).toBe(true);
  return body.context.seq;
}

test("a failed tool span of the same trace tells the act's outcome, and is shown beside the decision", async () => {
  const trace = "4bf92f3577b34da6a3ce929d0e0e4736";
  const seq = await allowedIn("4BF92F35-77b3-4da6-a3ce-929d0e0e4736");
  const sent = exportRequest([
    toolSpan(trace, "00f067aa0ba902b7", { statusCode: 2 }),
    {
      traceId: trace,
      spanId: "00f067aa0ba902b8",
      startMs: Date.now(),
      attributes: { "db.system": "pg" },
    },
  ]);
  const { status, type, bytes } = await send(sent);
  expect([status, type, bytes.length]).toEqual([200, "application/x-protobuf", 0]);
  expect((await send(sent)).status).toBe(200);
  await projectLedger();
  expect(await matchSpans(new Date())).toBe(1);
  const step = await db.decisionStep.findUniqueOrThrow({ where: { seq: BigInt(seq) } });
  expect(step.actionOutcome).toBe("error");
  const around = await surroundings(ctxOf(who.owner, ["owner"]), seq);
  expect(around.spans).toMatchObject([
    { name: "execute_tool read_invoice", status: "error", decisionSeq: seq, messages: null },
  ]);
  const rows = await db.traceSpan.findMany({ where: { agentId: who.agent.id } });
  expect(
    JSON.stringify(rows, (_, value) => (typeof value === "bigint" ? Number(value) : value)),
  ).not.toContain("smith");
});

test("a span names its decision itself; a report of the agent stands above it; another's decision is not believed", async () => {
  const traceId = "aaaa2f3577b34da6a3ce929d0e0e4736";
  const [own, reported] = [await allowedIn("t-own"), await allowedIn("t-reported")];
  const foreign = await allowedIn("t-foreign", keeping);
  const body = { decision: reported, status: "ambiguous" };
  const url = `${gateway.origin}/access/v1/outcome`;
  const told = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: `DPoP ${who.token}`,
      dpop: makeProof(who.key, { url, token: who.token, body }),
    },
    body: JSON.stringify(body),
  });
  expect(told.status).toBe(201);
  const spans = [own, reported, foreign].map((decision, n) =>
    toolSpan(traceId, `00f067aa0ba90${n}aa`, { attributes: { "countersign.decision": decision } }),
  );
  expect((await send(gzipSync(exportRequest(spans)), { "content-encoding": "gzip" })).status).toBe(
    200,
  );
  await projectLedger();
  await matchSpans(new Date());
  const outcomes = await db.decisionStep.findMany({
    where: { seq: { in: [own, reported, foreign].map(BigInt) } },
    orderBy: { seq: "asc" },
  });
  expect(outcomes.map(({ actionOutcome }) => actionOutcome)).toEqual([
    "success",
    "ambiguous",
    null,
  ]);
});

test("prompts are kept only where the manifest says so; JSON serves as well", async () => {
  const at = String(BigInt(Date.now()) * 1_000_000n);
  const span = (spanId: string) => ({
    traceId: "bbbb2f3577b34da6a3ce929d0e0e4736",
    spanId,
    startTimeUnixNano: at,
    endTimeUnixNano: at,
    attributes: [
      { key: "gen_ai.operation.name", value: { stringValue: "chat" } },
      { key: "gen_ai.input.messages", value: { stringValue: "the prompt" } },
    ],
  });
  const body = (...spans: object[]) =>
    JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] });
  const json = { "content-type": "application/json" };
  const kept = (await telemetryToken(keeping.key)).body.token;
  const answer = await send(body(span("00f067aa0ba90001"), span("bad")), json, kept);
  expect(answer.status).toBe(200);
  expect(JSON.parse(answer.bytes.toString())).toMatchObject({
    partialSuccess: { rejectedSpans: "1" },
  });
  await send(body(span("00f067aa0ba90001")), json);
  const messages = async (agentId: string) =>
    (await db.traceSpan.findFirstOrThrow({ where: { agentId, spanId: "00f067aa0ba90001" } }))
      .messages;
  expect(await messages(keeping.agent.id)).toEqual({ "gen_ai.input.messages": "the prompt" });
  expect(await messages(who.agent.id)).toBeNull();
  const malformed = await send(exportRequest([toolSpan("00", "00")]));
  expect(malformed.bytes.toString()).toContain("ids or times");
});

test("no spans without a telemetry token: none, a manifest token, another signer's, a used proof", async () => {
  const sent = exportRequest([toolSpan("cccc2f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7")]);
  const payload = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
  const forged = jws({ typ: "telemetry+jwt", alg: "EdDSA" }, payload, makeKeyPair().privateKey);
  for (const bearer of ["", who.token, forged, `${token}x`]) {
    expect((await send(sent, {}, bearer)).status).toBe(401);
  }
  const first = await telemetryToken(who.key);
  expect((await telemetryToken(who.key, first.proof)).body.reason_code).toBe("proof_replayed");
  expect((await telemetryToken(makeKeyPair())).body.reason_code).toBe("agent_key_unknown");
  expect(await db.traceSpan.count({ where: { traceId: { startsWith: "cccc" } } })).toBe(0);
});

test("the client fetches what an exporter needs", async () => {
  const privateKey = who.key.privateKey.export({ format: "jwk" });
  const agent = await createAgent({ gatewayUrl: gateway.origin, privateKey });
  const telemetry = await agent.telemetry();
  expect(telemetry.endpoint).toBe(`${gateway.origin}/v1/traces`);
  const days = (telemetry.expiresAt.getTime() - Date.now()) / 86_400_000;
  expect(Math.round(days)).toBe(30);
  const sent = exportRequest([toolSpan("eeee2f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7")]);
  expect((await send(sent, {}, telemetry.token)).status).toBe(200);
});

test("the token ends with its key", async () => {
  const bearer = (await telemetryToken(leaving.key)).body.token;
  const sent = exportRequest([toolSpan("dddd2f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7")]);
  expect((await send(sent, {}, bearer)).status).toBe(200);
  await ledgerTransaction({ personId: null, now: new Date() }, async (tx) => {
    const { jkt } = leaving.key;
    await tx.agentKey.update({ where: { jkt }, data: { revokedAt: new Date() } });
    return {
      value: null,
      events: [{ event: { kind: "agent.key-revoked", agentId: leaving.agent.id, jkt } }],
    };
  });
  await expect.poll(async () => (await send(sent, {}, bearer)).status).toBe(401);
});

test("what is no OTLP is said, not guessed: wrong type, wrong encoding, no message, too much", async () => {
  expect((await send("x", { "content-type": "text/plain" })).status).toBe(415);
  expect((await send("x", { "content-encoding": "br" })).status).toBe(415);
  expect((await send(Uint8Array.of(0x0f))).status).toBe(400);
  expect((await send("{", { "content-type": "application/json" })).status).toBe(400);
  expect((await send("x", { "content-encoding": "gzip" })).status).toBe(400);
  const bomb = gzipSync(Buffer.alloc(8 * 1024 * 1024));
  expect((await send(bomb, { "content-encoding": "gzip" })).status).toBe(400);
  expect((await send(new Uint8Array(1024 * 1024 + 1))).status).toBe(413);
});
