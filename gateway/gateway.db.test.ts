import { generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { canonicalJson } from "@/lib/domain/crypto/canonical-json";
import { db } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { ledgerTransaction } from "@/lib/server/ledger/transaction";
import { exampleManifest, makeKeyPair } from "@/testing/factories";
import {
  ask,
  digest,
  evaluationUrl,
  type GatewayProcess,
  makeProof,
  makeToken,
  postEvaluation,
  startGatewayProcess,
  storeToken,
  type TokenParts,
} from "@/testing/gateway";
import {
  makeSponsoredAgent,
  postEntry,
  readInvoice,
  type SponsoredAgent,
} from "@/testing/sponsored-agent";

let gateway: GatewayProcess;
let who: SponsoredAgent & { readonly token: string };
let other: SponsoredAgent & { readonly token: string };
/** in the database before the gateway starts, so that no event is needed to make it known */
let stopped: SponsoredAgent & { readonly token: string };
let ended: { readonly superseded: string; readonly revoked: string };

async function withToken() {
  const made = await makeSponsoredAgent();
  return { ...made, token: tokenFor(made) };
}

const tokenFor = (made: SponsoredAgent, changes: Partial<TokenParts> = {}): string =>
  makeToken({ manifest: made.manifest, key: made.key, sponsorId: made.sponsor.id, ...changes });

beforeAll(async () => {
  who = await withToken();
  other = await withToken();
  stopped = await withToken();
  await db.agent.update({ where: { id: stopped.agent.id }, data: { containment: "stopped" } });
  const end = async (version: number, state: "superseded" | "revoked") => {
    const id = newId("mft");
    await db.manifest.create({
      data: {
        id,
        agentId: who.agent.id,
        version,
        state,
        document: exampleManifest(who.agent.id),
        digest: "x",
        authorId: who.owner.id,
        createdAt: new Date(),
        updatedAt: new Date(),
      },
    });
    return tokenFor(who, { manifest: { ...who.manifest, id, version } });
  };
  ended = { superseded: await end(7, "superseded"), revoked: await end(8, "revoked") };
  await storeToken(who.token, who.manifest.id, who.key.jkt);
  gateway = await startGatewayProcess();
});
afterAll(() => gateway.stop());

test("a request within the manifest is allowed, and its entry is there when the answer comes", async () => {
  const body = readInvoice(who.agent.id);
  const answer = await ask(gateway.origin, who, body, {
    sent: { headers: { "x-request-id": "trace-1" } },
  });
  expect(answer.status).toBe(200);
  expect(answer.headers.get("x-request-id")).toBe("trace-1");
  expect(answer.body).toMatchObject({
    decision: true,
    context: { outcome: "allow", reason_code: "within_manifest", sponsor: who.sponsor.id },
  });
  const seq = BigInt(answer.body.context.seq);
  const entry = await db.ledgerEntry.findUniqueOrThrow({ where: { seq } });
  expect(entry).toMatchObject({ outcome: "allow", agentId: who.agent.id });
});

test("a held request names its review and how to ask again; a blocked one too", async () => {
  const held = await ask(gateway.origin, who, postEntry(who.agent.id));
  expect(held.status).toBe(200);
  expect(held.body.decision).toBe(false);
  const { review } = held.body.context;
  expect(review).toMatchObject({ state: "open", retry: { after_seconds: expect.any(Number) } });
  expect(review.url).toBe(`http://localhost:3000/reviews/${review.id}`);
  expect(await db.review.findUnique({ where: { id: review.id } })).toMatchObject({
    outcome: "hold",
    requestDigest: held.body.context.request_digest,
  });
  const payroll = readInvoice(who.agent.id);
  const body = { ...payroll, resource: { type: "payroll", id: "june" } };
  const blocked = await ask(gateway.origin, who, body);
  expect(blocked.body.context).toMatchObject({ outcome: "block", reason_code: "never_rule" });
});

describe("who asks wrongly is refused, each with its own reason, and recorded where the agent is known", () => {
  const stranger = makeKeyPair();
  const foreign = generateKeyPairSync("ed25519").privateKey;
  const now = () => Math.floor(Date.now() / 1000);
  const body = () => readInvoice(who.agent.id);
  const cases: readonly (readonly [
    string,
    () => ReturnType<typeof ask>,
    { readonly recorded: boolean },
  ])[] = [
    [
      "proof_missing",
      () => ask(gateway.origin, who, body(), { sent: { proof: undefined } }),
      yes(),
    ],
    [
      "proof_malformed",
      () => ask(gateway.origin, who, body(), { sent: { proof: "x.y.z" } }),
      yes(),
    ],
    [
      "proof_malformed",
      () => ask(gateway.origin, who, body(), { proof: { header: { alg: "none" } } }),
      yes(),
    ],
    [
      "proof_signature_invalid",
      () => ask(gateway.origin, who, body(), { sent: unsigned() }),
      yes(),
    ],
    [
      "proof_signature_invalid",
      // signed by a stranger who names the agent's key
      () => ask(gateway.origin, { ...who, key: { ...who.key, privateKey: foreign } }, body()),
      yes(),
    ],
    [
      "proof_method_mismatch",
      () => ask(gateway.origin, who, body(), { proof: { method: "GET" } }),
      yes(),
    ],
    [
      "proof_url_mismatch",
      () => ask(gateway.origin, who, body(), { proof: { url: "https://elsewhere.example/" } }),
      yes(),
    ],
    [
      "proof_stale",
      () => ask(gateway.origin, who, body(), { proof: { claims: { iat: now() - 90 } } }),
      yes(),
    ],
    [
      "proof_from_future",
      () => ask(gateway.origin, who, body(), { proof: { claims: { iat: now() + 60 } } }),
      yes(),
    ],
    [
      "proof_token_mismatch",
      () => ask(gateway.origin, who, body(), { proof: { token: "another" } }),
      yes(),
    ],
    [
      "intent_mismatch",
      () => ask(gateway.origin, who, body(), { sent: { body: postEntry(who.agent.id) } }),
      yes(),
    ],
    [
      "token_missing",
      () =>
        ask(gateway.origin, who, body(), {
          proof: { token: undefined },
          sent: { token: undefined },
        }),
      yes(),
    ],
    ["token_missing", () => ask(gateway.origin, who, body(), { sent: asBearer() }), yes()],
    ["token_malformed", () => ask(gateway.origin, { ...who, token: "a.b.c" }, body()), yes()],
    [
      "token_signature_invalid",
      () => ask(gateway.origin, { ...who, token: tokenFor(who, { signWith: foreign }) }, body()),
      yes(),
    ],
    [
      "token_signature_invalid",
      () => {
        const token = tokenFor(who, { claims: { iss: "https://another.example" } });
        return ask(gateway.origin, { ...who, token }, body());
      },
      yes(),
    ],
    [
      "token_malformed",
      () =>
        ask(gateway.origin, { ...who, token: tokenFor(who, { header: { alg: "HS256" } }) }, body()),
      yes(),
    ],
    // A stolen token with a key of one's own: nobody's key, so nobody's entry.
    ["token_key_mismatch", () => ask(gateway.origin, { ...who, key: stranger }, body()), no()],
    ["token_key_mismatch", () => ask(gateway.origin, { ...who, key: other.key }, body()), yes()],
    ["token_agent_mismatch", () => ask(gateway.origin, who, readInvoice(other.agent.id)), yes()],
    [
      "token_expired",
      () => {
        const token = tokenFor(who, { claims: { exp: now() - 1 } });
        return ask(gateway.origin, { ...who, token }, body());
      },
      yes(),
    ],
    [
      "token_not_yet_valid",
      () => {
        const token = tokenFor(who, { claims: { nbf: now() + 60 } });
        return ask(gateway.origin, { ...who, token }, body());
      },
      yes(),
    ],
    [
      "manifest_superseded",
      () => ask(gateway.origin, { ...who, token: ended.superseded }, body()),
      yes(),
    ],
    [
      "manifest_revoked",
      () => ask(gateway.origin, { ...who, token: ended.revoked }, body()),
      yes(),
    ],
    [
      "agent_key_unknown",
      () => ask(gateway.origin, { key: stranger, token: tokenFor(who, { key: stranger }) }, body()),
      yes(),
    ],
    [
      "agent_unknown",
      () => {
        const id = "agt_nobodyknows1";
        const manifest = { ...who.manifest, document: exampleManifest(id) };
        const token = tokenFor(who, { key: stranger, manifest });
        return ask(gateway.origin, { key: stranger, token }, readInvoice(id));
      },
      no(),
    ],
  ];

  test.each(cases)("%s (%#)", async (reason, send, { recorded }) => {
    const answer = await send();
    expect(answer.body).toMatchObject({
      decision: false,
      context: { outcome: "deny", reason_code: reason },
    });
    expect(answer.status).toBe(401);
    expect(answer.headers.get("www-authenticate")).toMatch(
      /^DPoP error="invalid_(dpop_proof|token)"/,
    );
    const { seq } = answer.body.context;
    expect(seq !== null).toBe(recorded);
    if (!recorded) return;
    const entry = await db.ledgerEntry.findUniqueOrThrow({ where: { seq: BigInt(seq) } });
    expect(entry).toMatchObject({ outcome: "deny", reason });
  });

  function yes() {
    return { recorded: true };
  }
  function no() {
    return { recorded: false };
  }
  function unsigned() {
    const proof = makeProof(who.key, { url: evaluationUrl(), token: who.token, body: body() });
    return { proof: `${proof.slice(0, proof.lastIndexOf("."))}.${"A".repeat(86)}` };
  }
  function asBearer() {
    return { token: undefined, headers: { authorization: `Bearer ${who.token}` } };
  }
});

test("a contained agent is refused with the reason of its containment, by a decision and not as an intruder", async () => {
  const answer = await ask(gateway.origin, stopped, readInvoice(stopped.agent.id));
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({
    decision: false,
    context: { outcome: "deny", reason_code: "agent_stopped" },
  });
});

test("containment by somebody else counts from the next request on", async () => {
  expect((await ask(gateway.origin, other, readInvoice(other.agent.id))).body.decision).toBe(true);
  await ledgerTransaction({ personId: other.sponsor.id, now: new Date() }, async (tx) => {
    await tx.agent.update({ where: { id: other.agent.id }, data: { containment: "quarantine" } });
    const agentId = other.agent.id;
    return {
      value: null,
      events: [
        { event: { kind: "containment.applied", agentId, level: "quarantine", rule: null } },
      ],
    };
  });
  const answer = await ask(gateway.origin, other, readInvoice(other.agent.id));
  expect(answer.body.context.reason_code).toBe("agent_quarantined");
});

test("who has only a token can't fill the ledger in the agent's name, nor charge its budget", async () => {
  const before = await db.ledgerEntry.count();
  const usage = () => db.budgetUsage.findMany({ where: { agentId: who.agent.id, period: "day" } });
  const charged = await usage();
  const answers = await Promise.all(
    Array.from({ length: 100 }, () =>
      postEvaluation(gateway.origin, { body: readInvoice(who.agent.id), token: who.token }),
    ),
  );
  expect(answers.every((answer) => answer.status === 401)).toBe(true);
  // 30 a minute, and a minute may turn meanwhile.
  const after = await db.ledgerEntry.count();
  expect(after - before).toBeLessThanOrEqual(60);
  expect(await usage()).toEqual(charged);
  // The agent itself is not hampered.
  expect((await ask(gateway.origin, who, readInvoice(who.agent.id))).body.decision).toBe(true);
});

test("the agent's key fetches the current token, and nobody else's does", async () => {
  const url = `${process.env["COUNTERSIGN_GATEWAY_URL"]}/agent/v1/manifest-token`;
  const fetchToken = (proof?: string) =>
    fetch(`${gateway.origin}/agent/v1/manifest-token`, {
      headers: proof === undefined ? {} : { dpop: proof },
    });
  const good = await fetchToken(makeProof(who.key, { method: "GET", url }));
  expect(good.status).toBe(200);
  expect(await good.json()).toMatchObject({ token: who.token, manifest_id: who.manifest.id });
  const none = await fetchToken(makeProof(stopped.key, { method: "GET", url }));
  expect(none.status).toBe(404);
  expect(await none.json()).toMatchObject({ status: 404, reason_code: "no_manifest" });
  for (const [proof, code] of [
    [undefined, "proof_missing"],
    [makeProof(makeKeyPair(), { method: "GET", url }), "agent_key_unknown"],
    [makeProof(who.key, { method: "POST", url }), "proof_method_mismatch"],
    [makeProof(who.key, { method: "GET", url: evaluationUrl() }), "proof_url_mismatch"],
  ] as const) {
    const refused = await fetchToken(proof);
    expect(refused.status).toBe(401);
    expect(await refused.json()).toMatchObject({ reason_code: code });
  }
});

test("a new agent's key is known within a second, before anything was decided", async () => {
  const fresh = await withToken();
  await storeToken(fresh.token, fresh.manifest.id, fresh.key.jkt);
  const agentId = fresh.agent.id;
  const event = { kind: "agent.key-added", agentId, jkt: fresh.key.jkt } as const;
  const start = performance.now();
  await ledgerTransaction({ personId: fresh.owner.id, now: new Date() }, async () => ({
    value: null,
    events: [{ event }],
  }));
  const url = `${process.env["COUNTERSIGN_GATEWAY_URL"]}/agent/v1/manifest-token`;
  let status = 0;
  while (status !== 200 && performance.now() - start < 1000) {
    const dpop = makeProof(fresh.key, { method: "GET", url });
    status = (await fetch(`${gateway.origin}/agent/v1/manifest-token`, { headers: { dpop } }))
      .status;
  }
  expect(status).toBe(200);
});

test("it says what it is: AuthZEN metadata, its key, its health", async () => {
  const json = async (path: string) => (await fetch(gateway.origin + path)).json();
  const publicUrl = process.env["COUNTERSIGN_GATEWAY_URL"];
  expect(await json("/.well-known/authzen-configuration")).toEqual({
    policy_decision_point: publicUrl,
    access_evaluation_endpoint: `${publicUrl}/access/v1/evaluation`,
  });
  const { keys } = await json("/.well-known/jwks.json");
  expect(keys).toHaveLength(1);
  const { kty, crv, x, kid } = keys[0];
  expect(digest(canonicalJson({ kty, crv, x }))).toBe(kid);
  expect(keys[0].d).toBeUndefined();
  expect(await json("/readyz")).toEqual({ status: "ok" });
});
