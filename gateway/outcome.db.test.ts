import { afterAll, beforeAll, expect, test } from "vitest";
import type { Json } from "@/lib/domain/crypto/canonical-json";
import { projectLedger } from "@/lib/server/behaviour/project";
import { db } from "@/lib/server/db";
import { ledgerTransaction } from "@/lib/server/ledger/transaction";
import { type Agent, createAgent } from "@/packages/agent/agent";
import { Denied } from "@/packages/agent/decision";
import {
  ask,
  freePort,
  type GatewayProcess,
  makeProof,
  makeToken,
  startGatewayProcess,
  storeToken,
} from "@/testing/gateway";
import { makeSponsoredAgent, postEntry, readInvoice } from "@/testing/sponsored-agent";

const PATH = "/access/v1/outcome";

let gateway: GatewayProcess;
let who: Awaited<ReturnType<typeof sponsored>>;
let other: typeof who;
let stopped: typeof who;

async function sponsored() {
  const made = await makeSponsoredAgent();
  const { manifest, key, sponsor } = made;
  const token = makeToken({ manifest, key, sponsorId: sponsor.id });
  await storeToken(token, manifest.id, key.jkt);
  return { ...made, token };
}

beforeAll(async () => {
  const port = String(await freePort());
  process.env["COUNTERSIGN_GATEWAY_URL"] = `http://127.0.0.1:${port}`;
  who = await sponsored();
  other = await sponsored();
  stopped = await sponsored();
  gateway = await startGatewayProcess({ GATEWAY_PORT: port });
});
afterAll(() => gateway.stop());

async function allowed(from = who, id = "inv-1"): Promise<number> {
  const { body } = await ask(gateway.origin, from, readInvoice(from.agent.id, id));
  expect(body.decision).toBe(true);
  return body.context.seq;
}

async function report(
  body: Json,
  changes: { readonly from?: typeof who; readonly signed?: Json; readonly proof?: string } = {},
) {
  const from = changes.from ?? who;
  const { token } = from;
  const url = gateway.origin + PATH;
  const proof = changes.proof ?? makeProof(from.key, { url, token, body: changes.signed ?? body });
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `DPoP ${token}`, dpop: proof },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

test("a report stands in the ledger without a word of text, and in the step that it is about", async () => {
  const decision = await allowed();
  const told = { decision, status: "error", errorClass: "timeout", records: 3, bytes: 2048 };
  const { status, body } = await report(told);
  expect([status, body]).toEqual([201, { decision, status: "error", seq: decision + 1 }]);
  const entry = await db.ledgerEntry.findUniqueOrThrow({ where: { seq: BigInt(body.seq) } });
  expect(JSON.parse(entry.canonical)).toMatchObject({
    kind: "decision.outcome",
    agentId: who.agent.id,
    ...told,
    simulated: false,
    commitment: null,
  });
  await projectLedger();
  const step = await db.decisionStep.findUniqueOrThrow({ where: { seq: BigInt(decision) } });
  expect(step.actionOutcome).toBe("error");
});

test("the same report again changes nothing; another is refused", async () => {
  const decision = await allowed();
  const first = await report({ decision, status: "success" });
  const size = await db.ledgerEntry.count();
  const again = await report({ decision, status: "success" });
  expect(again).toEqual({ status: 200, body: first.body });
  const other = await report({ decision, status: "success", records: 1 });
  expect([other.status, other.body.reason_code]).toEqual([409, "outcome_recorded"]);
  expect(await db.ledgerEntry.count()).toBe(size);
});

test("many at once, the same twice among them: each decision has one report", async () => {
  const seqs = await Promise.all(Array.from({ length: 12 }, (_, n) => allowed(who, `inv-m${n}`)));
  const answers = await Promise.all(
    [...seqs, ...seqs].map((decision) => report({ decision, status: "ambiguous" })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([
    ...Array(12).fill(200),
    ...Array(12).fill(201),
  ]);
  const rows = await db.decisionOutcome.findMany({ where: { seq: { in: seqs.map(BigInt) } } });
  expect(new Set(rows.map(({ reportSeq }) => reportSeq)).size).toBe(12);
});

test("what was not allowed, is somebody else's or is no decision can't be reported", async () => {
  const held = await ask(gateway.origin, who, postEntry(who.agent.id));
  const { body, status } = await report({ decision: held.body.context.seq, status: "success" });
  expect([status, body.reason_code]).toEqual([409, "decision_not_allowed"]);
  const foreign = await report({ decision: await allowed(), status: "success" }, { from: other });
  expect([foreign.status, foreign.body.reason_code]).toEqual([404, "unknown_decision"]);
  const none = await report({ decision: 9_999_999, status: "success" });
  expect(none.status).toBe(404);
});

test("an altered body, a replayed proof, a missing proof and malformed reports are refused", async () => {
  const decision = await allowed();
  const altered = await report(
    { decision, status: "success" },
    { signed: { decision, status: "error" } },
  );
  expect([altered.status, altered.body.reason_code]).toEqual([401, "intent_mismatch"]);
  const body = { decision, status: "success" };
  const proof = makeProof(who.key, { url: gateway.origin + PATH, token: who.token, body });
  expect((await report(body, { proof })).status).toBe(201);
  const replayed = await report(body, { proof });
  expect([replayed.status, replayed.body.reason_code]).toEqual([401, "proof_replayed"]);
  expect((await report(body, { proof: "" })).status).toBe(401);
  for (const bad of [
    { decision, status: "maybe" },
    { decision, status: "success", errorClass: "timeout" },
    { decision, status: "error", errorClass: "It failed because Ms Smith called" },
    { decision, status: "error", note: "free text" },
    { decision: -1, status: "error" },
    { status: "error" },
  ]) {
    expect((await report(bad)).status).toBe(400);
  }
});

test("an agent that is stopped, with a manifest that was superseded, still tells what it did", async () => {
  const decision = await allowed(stopped);
  await ledgerTransaction({ personId: null, now: new Date() }, async (tx) => {
    await tx.agent.update({ where: { id: stopped.agent.id }, data: { containment: "stopped" } });
    await tx.manifest.update({ where: { id: stopped.manifest.id }, data: { state: "superseded" } });
    const event = {
      kind: "containment.applied",
      agentId: stopped.agent.id,
      level: "stopped",
      rule: "test",
    } as const;
    return { value: null, events: [{ event }] };
  });
  expect((await report({ decision, status: "error" }, { from: stopped })).status).toBe(201);
});

test("the client reports, twice without harm, and hears why it may not", async () => {
  const privateKey = who.key.privateKey.export({ format: "jwk" });
  const agent: Agent = await createAgent({ gatewayUrl: gateway.origin, privateKey });
  const { action, resource, context } = readInvoice(who.agent.id, "inv-client");
  const decision = await agent.ask({ action, resource, context });
  await agent.reportOutcome(decision, { status: "success", records: 1 });
  await agent.reportOutcome(decision, { status: "success", records: 1 });
  const otherwise = agent.reportOutcome(decision, { status: "error", errorClass: "timeout" });
  const error = await otherwise.catch((thrown) => thrown);
  expect(error).toBeInstanceOf(Denied);
  expect(error.reasonCode).toBe("outcome_recorded");
});
