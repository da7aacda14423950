import { afterAll, beforeAll, expect, test } from "vitest";
import type { EvaluationRequest } from "@/lib/domain/policy/request";
import { db } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { ledgerTransaction } from "@/lib/server/ledger/transaction";
import { makeKeyPair } from "@/testing/factories";
import {
  freePort,
  type GatewayProcess,
  makeToken,
  startGatewayProcess,
  storeToken,
} from "@/testing/gateway";
import { makeSponsoredAgent, postEntry, readInvoice } from "@/testing/sponsored-agent";
import { type Agent, createAgent } from "./agent";
import { Blocked, Denied, Held, Malformed, Unavailable } from "./decision";

let gateway: GatewayProcess;
let who: Awaited<ReturnType<typeof makeSponsoredAgent>>;
let agent: Agent;

const privateJwk = () => who.key.privateKey.export({ format: "jwk" });

beforeAll(async () => {
  const port = String(await freePort());
  process.env["COUNTERSIGN_GATEWAY_URL"] = `http://127.0.0.1:${port}`;
  who = await makeSponsoredAgent();
  const { manifest, key, sponsor } = who;
  await storeToken(makeToken({ manifest, key, sponsorId: sponsor.id }), manifest.id, key.jkt);
  gateway = await startGatewayProcess({ GATEWAY_PORT: port });
  agent = await createAgent({ gatewayUrl: `${gateway.origin}/`, privateKey: privateJwk() });
});
afterAll(() => gateway.stop());

/** As an agent's code writes it: without naming itself. */
function intentOf({ action, resource, context }: EvaluationRequest) {
  return { action, resource, context };
}

test("it knows who it is from its token, and is allowed what the manifest allows", async () => {
  expect(await agent.agentId()).toBe(who.agent.id);
  const decision = await agent.ask(intentOf(readInvoice(who.agent.id)));
  expect(decision).toMatchObject({
    allowed: true,
    outcome: "allow",
    reasonCode: "within_manifest",
    sponsor: who.sponsor.id,
    seq: expect.any(Number),
  });
});

test("guard runs the act only where it was allowed, and throws what kind of no it was", async () => {
  const ran: string[] = [];
  const act = (name: string) => () => ran.push(name);
  await agent.guard(intentOf(readInvoice(who.agent.id)), act("read"));
  const held = intentOf(postEntry(who.agent.id));
  await expect(agent.guard(held, act("post"))).rejects.toBeInstanceOf(Held);
  const payroll = { ...held, resource: { type: "payroll", id: "june" } };
  const blocked = await agent.guard(payroll, act("payroll")).catch((error) => error);
  expect(blocked).toBeInstanceOf(Blocked);
  expect(blocked).toMatchObject({ reasonCode: "never_rule", decision: { allowed: false } });
  const bad = { ...held, resource: { type: "invoice", id: "a/../b" } };
  await expect(agent.guard(bad, act("bad"))).rejects.toBeInstanceOf(Malformed);
  expect(ran).toEqual(["read"]);
});

test("a key that is not registered, and a CryptoKey that is: the first is denied, the second works", async () => {
  const stranger = makeKeyPair().privateKey.export({ format: "jwk" });
  const unknown = await createAgent({ gatewayUrl: gateway.origin, privateKey: stranger });
  const denied = await unknown.token().catch((error) => error);
  expect(denied).toBeInstanceOf(Denied);
  expect(denied.reasonCode).toBe("agent_key_unknown");
  const handle = await crypto.subtle.importKey("jwk", privateJwk(), "Ed25519", false, ["sign"]);
  await expect(
    createAgent({ gatewayUrl: gateway.origin, privateKey: handle }),
  ).rejects.toBeInstanceOf(TypeError);
  const { publicJwk } = who.key;
  const same = await createAgent({ gatewayUrl: gateway.origin, privateKey: handle, publicJwk });
  expect(await same.agentId()).toBe(who.agent.id);
});

test("no answer means no: no gateway, an answer that takes too long, an answer that is none", async () => {
  const answering = async (reply: () => Promise<Response>) => {
    let calls = 0;
    const fake: typeof fetch = async (input, init) => {
      calls += 1;
      return calls === 1 ? fetch(input, init) : reply();
    };
    const one = await createAgent({
      gatewayUrl: gateway.origin,
      privateKey: privateJwk(),
      fetch: fake,
    });
    return one.guard(intentOf(readInvoice(who.agent.id)), () => "ran").catch((error) => error);
  };
  const allow = { decision: true, context: { outcome: "allow" } };
  const replies: (() => Promise<Response>)[] = [
    () => Promise.reject(new TypeError("fetch failed")),
    () => Promise.resolve(new Response("<html>", { status: 200 })),
    () => Promise.resolve(Response.json({ decision: "true" })),
    () => Promise.resolve(Response.json(null)),
    () => Promise.resolve(Response.json(allow, { status: 503 })),
    () => Promise.resolve(Response.json(allow, { status: 201 })),
    () => Promise.resolve(Response.json({ decision: false, context: { outcome: "allow" } })),
  ];
  for (const reply of replies) expect(await answering(reply)).toBeInstanceOf(Unavailable);
  // The same double lets a true answer through, so that the cases above can fail.
  expect(await answering(() => Promise.resolve(Response.json(allow)))).toBe("ran");
});

async function resolve(reviewId: string, digest: string, resolution: "override" | "uphold") {
  await db.review.update({
    where: { id: reviewId },
    data: { state: "resolved", resolution, resolvedAt: new Date(), resolvedSeq: 0n },
  });
  if (resolution === "uphold") return;
  await db.grant.create({
    data: {
      id: newId("grt"),
      agentId: who.agent.id,
      reviewId,
      requestDigest: digest,
      expiresAt: new Date(Date.now() + 60_000),
      createdAt: new Date(),
    },
  });
}

test("waitFor asks again until a person has answered: once allowed, once refused, once out of time", async () => {
  const ask = (id: string) => agent.ask(intentOf(postEntry(who.agent.id, 10, id)));
  const quick = { longestPauseMs: 50 };

  const granted = await ask("le-granted");
  const waiting = agent.waitFor(granted, quick);
  await resolve(granted.review?.id ?? "", granted.requestDigest ?? "", "override");
  expect(await waiting).toMatchObject({ allowed: true, reasonCode: "granted_once" });

  const upheld = await ask("le-upheld");
  const refused = agent.waitFor(upheld, quick).catch((error) => error);
  await resolve(upheld.review?.id ?? "", upheld.requestDigest ?? "", "uphold");
  expect(await refused).toBeInstanceOf(Held);
  expect((await refused).decision.review.state).toBe("upheld");

  const late = await ask("le-late");
  await expect(agent.waitFor(late, { ...quick, timeoutMs: 120 })).rejects.toBeInstanceOf(Held);
  const stop = AbortSignal.abort(new Error("enough"));
  await expect(agent.waitFor(late, { ...quick, signal: stop })).rejects.toThrow("enough");
});

test("a new manifest in force: the client fetches its token and goes on without a word", async () => {
  const { key, sponsor, manifest, owner } = who;
  const next = { ...manifest, id: newId("mft"), version: 2 };
  await ledgerTransaction({ personId: sponsor.id, now: new Date() }, async (tx) => {
    await tx.manifest.update({ where: { id: manifest.id }, data: { state: "superseded" } });
    await tx.manifest.create({
      data: {
        id: next.id,
        agentId: who.agent.id,
        version: 2,
        state: "approved",
        document: manifest.document,
        digest: "x",
        authorId: owner.id,
        createdAt: new Date(),
        updatedAt: new Date(),
      },
    });
    const event = { kind: "manifest.revoked", agentId: who.agent.id, manifestId: next.id } as const;
    return { value: null, events: [{ event }] };
  });
  await storeToken(makeToken({ manifest: next, key, sponsorId: sponsor.id }), next.id, key.jkt);
  const before = await agent.token();
  const decision = await agent.ask(intentOf(readInvoice(who.agent.id)));
  expect(decision.allowed).toBe(true);
  expect(await agent.token()).not.toBe(before);
  const entry = await db.ledgerEntry.findUniqueOrThrow({
    where: { seq: BigInt(decision.seq ?? -1) },
  });
  expect(entry.manifestId).toBe(next.id);
});
