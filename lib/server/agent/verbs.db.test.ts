import { beforeAll, describe, expect, test } from "vitest";
import { MODULE_IDS } from "@/lib/domain/training/competence";
import type { Ctx } from "@/lib/server/context";
import { db } from "@/lib/server/db";
import {
  ctxOf,
  exampleManifest,
  makeAgent,
  makeCompetent,
  makeKeyPair,
  makeLegalEntity,
  makeManifestInForce,
  makePerson,
  randomDigest,
} from "@/testing/factories";
import { addKey } from "./add-key";
import { attestFacts } from "./attest";
import { editAgent } from "./edit";
import { putIntoProduction } from "./put-into-production";
import { registerAgent } from "./register";
import { retireAgent } from "./retire";
import { revokeKey } from "./revoke-key";

let admin: Ctx;
let owner: Ctx;
let sponsorId = "";
let legalEntityId = "";
beforeAll(async () => {
  const now = new Date();
  admin = ctxOf(await makePerson(["admin"]), ["admin"], now);
  owner = ctxOf(await makePerson(["owner"]), ["owner"], now);
  sponsorId = (await makePerson(["sponsor"])).id;
  await makeCompetent(sponsorId, MODULE_IDS);
  legalEntityId = (await makeLegalEntity()).id;
});

const classification = {
  autonomy: "acts-with-confirmation",
  reversibility: "reversible",
  dataClass: "internal",
  customerImpact: "none",
  moneyMoved: "none",
  doraCriticalFunction: false,
  aiActHighRisk: false,
} as const;
let count = 0;
const fields = (change: object = {}) => ({
  name: `Agent number ${++count}`,
  description: "Reconciles invoices with letters of credit",
  kind: "embedded",
  ownerId: owner.actor.id,
  legalEntityId,
  resources: ["invoice:*", "letter-of-credit:uk/**"],
  classification,
  ...change,
});

/** Kinds and agent ids of what was recorded since `from`. */
async function recordedSince(from: number) {
  const rows = await db.ledgerEntry.findMany({
    where: { seq: { gte: from } },
    orderBy: { seq: "asc" },
  });
  return rows.map((row) => ({ ...JSON.parse(row.canonical), seq: row.seq }));
}
const position = () => db.ledgerEntry.count();
const detailOf = async (seq: bigint) =>
  (await db.ledgerDetail.findUniqueOrThrow({ where: { seq } })).detail;

/** Refused, and nothing was recorded. */
async function refused(work: () => Promise<unknown>, expected: object) {
  const before = await position();
  await expect(work()).rejects.toMatchObject(expected);
  expect(await position()).toBe(before);
}

async function registered(change: object = {}) {
  const input = fields(change);
  const { agentId } = await registerAgent(admin, input);
  return { agentId, input };
}

describe("register", () => {
  test("stores the agent with its computed tier and its key, tells the owner, records both", async () => {
    const before = await position();
    const key = makeKeyPair();
    const input = fields({
      name: "  Trade   Finance Ω",
      publicJwk: key.publicJwk,
      classification: { ...classification, doraCriticalFunction: true },
    });
    await refused(() => registerAgent(admin, input), { code: "invalid" });
    const { agentId, tier } = await registerAgent(admin, { ...input, name: " Trade   Finance " });
    expect(tier).toBe("high");
    const agent = await db.agent.findUniqueOrThrow({
      where: { id: agentId },
      include: { keys: true },
    });
    expect(agent).toMatchObject({
      name: "Trade Finance",
      nameKey: "trade finance",
      tier: "high",
      status: "registered",
      keys: [{ jkt: key.jkt, publicJwk: key.publicJwk, notAfter: null }],
    });
    const [first, second] = await recordedSince(before);
    expect(first).toMatchObject({
      kind: "agent.registered",
      agentId,
      tier: "high",
      personId: admin.actor.id,
    });
    expect(JSON.stringify({ ...first, seq: null })).not.toContain("Trade");
    expect(await detailOf(first.seq)).toMatchObject({
      name: "Trade Finance",
      rules: ["critical-function", "otherwise"],
    });
    expect(second).toMatchObject({ kind: "agent.key-added", agentId, jkt: key.jkt });
    expect(
      await db.notification.count({
        where: { personId: owner.actor.id, href: `/agents/${agentId}` },
      }),
    ).toBe(1);
  });

  test("a name that reads like another's is a conflict at the field", async () => {
    await registered({ name: "Cloud Cost" });
    await refused(() => registerAgent(admin, fields({ name: "ｃloud  COST" })), {
      code: "conflict",
      fields: [{ path: "name" }],
    });
  });

  test("who is no administrator is refused", async () => {
    await refused(() => registerAgent(owner, fields()), { code: "forbidden" });
  });

  test.each([
    ["name", { name: "a\u200bb" }],
    ["name", { name: "x".repeat(10_000) }],
    ["kind", { kind: "rogue" }],
    ["ownerId", { ownerId: "per_nobody0000" }],
    ["legalEntityId", { legalEntityId: "ent_nowhere000" }],
    ["resources.0", { resources: ["invoice"] }],
    ["resources.0", { resources: ["invoice:../payroll"] }],
    ["resources", { resources: ["invoice:*", "invoice:*"] }],
    ["classification.autonomy", { classification: { ...classification, autonomy: "roams" } }],
    ["", { tier: "low" }],
    ["publicJwk", { publicJwk: { ...makeKeyPair().publicJwk, d: "AAAA" } }],
  ])("what can't be accepted at %s is named", async (path, change) => {
    await refused(() => registerAgent(admin, fields(change)), {
      code: "invalid",
      fields: [{ path }],
    });
  });

  test("an owner must hold the role; a key that another agent has is refused", async () => {
    await refused(() => registerAgent(admin, fields({ ownerId: sponsorId })), {
      code: "invalid",
      fields: [{ path: "ownerId" }],
    });
    const publicJwk = makeKeyPair().publicJwk;
    await registered({ publicJwk });
    await refused(() => registerAgent(admin, fields({ publicJwk })), {
      code: "conflict",
      fields: [{ path: "publicJwk" }],
    });
  });

  test("ten registrations of one name at once: one succeeds", async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 10 }, () => registerAgent(admin, fields({ name: "The only one" }))),
    );
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });
});

describe("edit", () => {
  test("recomputes the tier, tells the sponsors when it rises, records what changed", async () => {
    const { agentId, input } = await registered();
    await db.sponsorship.create({
      data: {
        id: `spn_${agentId}`,
        agentId,
        personId: sponsorId,
        kind: "sponsor",
        fromAt: admin.now,
      },
    });
    const before = await position();
    const riskier = { ...classification, aiActHighRisk: true };
    const result = await editAgent(owner, {
      ...input,
      agentId,
      version: 1,
      description: "Other words",
      classification: riskier,
    });
    expect(result).toEqual({ tier: "high", version: 2 });
    const [entry] = await recordedSince(before);
    expect(entry).toMatchObject({
      kind: "agent.changed",
      tier: "high",
      fields: ["description", "classification"],
    });
    expect(await detailOf(entry.seq)).toMatchObject({
      before: { description: input.description },
      after: { classification: riskier },
    });
    expect(
      await db.notification.findMany({
        where: { personId: sponsorId, href: `/agents/${agentId}` },
      }),
    ).toMatchObject([{ kind: "agent.tier-raised" }]);
  });

  test("a version that somebody else has moved on from is stale; no change is no act", async () => {
    const { agentId, input } = await registered();
    await editAgent(owner, { ...input, agentId, version: 1, description: "First" });
    await refused(
      () => editAgent(admin, { ...input, agentId, version: 1, description: "Second" }),
      { code: "stale" },
    );
    await refused(() => editAgent(admin, { ...input, agentId, version: 2, description: "First" }), {
      code: "invalid",
    });
  });

  test("an owner edits only their own, and neither lowers the tier nor hands the agent on", async () => {
    const { agentId, input } = await registered({
      classification: { ...classification, aiActHighRisk: true },
    });
    const edit = (ctx: Ctx, change: object) => () =>
      editAgent(ctx, { ...input, agentId, version: 1, ...change });
    const other = ctxOf(await makePerson(["owner"]), ["owner"]);
    await refused(edit(other, { description: "Mine" }), { code: "forbidden" });
    await refused(edit(owner, { classification }), { code: "forbidden" });
    await refused(edit(owner, { ownerId: other.actor.id }), { code: "forbidden" });
    await refused(edit(admin, { classification }), {
      code: "invalid",
      fields: [{ path: "reason" }],
    });
    const lowered = await editAgent(admin, {
      ...input,
      agentId,
      version: 1,
      classification,
      reason: "Legal found that Annex III does not apply",
    });
    expect(lowered.tier).toBe("low");
  });

  test("a sponsor can't become the owner", async () => {
    const both = await makePerson(["owner", "sponsor"]);
    const { agent } = await makeAgent({
      ownerId: owner.actor.id,
      legalEntityId,
      sponsorId: both.id,
      tier: "low",
    });
    await refused(
      () => editAgent(admin, fields({ agentId: agent.id, version: 1, ownerId: both.id })),
      { code: "conflict", fields: [{ path: "ownerId" }] },
    );
  });

  test("an agent that is not there is not found", async () => {
    await refused(() => editAgent(admin, { ...fields(), agentId: "agt_00000000", version: 1 }), {
      code: "not-found",
    });
  });
});

describe("keys", () => {
  test("a key is added with its period and revoked with a reason", async () => {
    const { agentId } = await registered();
    const { publicJwk, jkt } = makeKeyPair();
    const notAfter = new Date(owner.now.getTime() + 86_400_000).toISOString();
    const before = await position();
    expect(await addKey(owner, { agentId, publicJwk, notAfter })).toEqual({ jkt });
    await revokeKey(owner, { agentId, jkt, reason: "The host was taken out of service" });
    const key = await db.agentKey.findUniqueOrThrow({ where: { jkt } });
    expect(key.notAfter?.toISOString()).toBe(notAfter);
    expect(key.revokedAt).toEqual(owner.now);
    const entries = await recordedSince(before);
    expect(entries.map(({ kind }) => kind)).toEqual(["agent.key-added", "agent.key-revoked"]);
    expect(await detailOf(entries[1].seq)).toEqual({ reason: "The host was taken out of service" });
    await refused(() => revokeKey(owner, { agentId, jkt, reason: "Once more, to be sure" }), {
      code: "conflict",
    });
    await refused(() => addKey(owner, { agentId, publicJwk }), { code: "conflict" });
  });

  test("where a manifest is in force, the new key gets its token at once, and both are recorded", async () => {
    const { agent } = await makeAgent({ ownerId: owner.actor.id, legalEntityId, sponsorId });
    const manifest = await makeManifestInForce(exampleManifest(agent.id), owner.actor.id);
    const backtest = { id: `bkt_${agent.id}`, manifestId: manifest.id, digest: randomDigest() };
    await db.backtest.create({ data: { ...backtest, result: {}, createdAt: owner.now } });
    await db.approval.create({
      data: {
        id: `apr_${agent.id}`,
        manifestId: manifest.id,
        personId: sponsorId,
        assurance: "password",
        digest: randomDigest(),
        statement: {
          type: "countersign.manifest-approval.v1",
          manifestId: manifest.id,
          agentId: agent.id,
          version: 1,
          manifestDigest: manifest.digest,
          previousManifestDigest: null,
          backtestId: backtest.id,
          backtestDigest: backtest.digest,
          attestation: "I have read what it may do and what it did.",
          sponsorId,
          stage: "final",
          at: owner.now.toISOString(),
        },
        backtestId: backtest.id,
        at: owner.now,
        seq: 0n,
      },
    });
    const before = await position();
    const { jkt } = await addKey(owner, {
      agentId: agent.id,
      publicJwk: makeKeyPair().publicJwk,
    });
    const token = await db.manifestToken.findFirstOrThrow({ where: { jkt } });
    expect(await recordedSince(before)).toMatchObject([
      { kind: "agent.key-added", jkt },
      { kind: "manifest.token-issued", jkt, manifestId: manifest.id, tokenHash: token.hash },
    ]);
  });

  test("refused: a period that never counts, another's agent, another's key, more than five", async () => {
    const { agentId } = await registered();
    const { publicJwk } = makeKeyPair();
    const past = new Date(owner.now.getTime() - 1000).toISOString();
    await refused(() => addKey(owner, { agentId, publicJwk, notAfter: past }), {
      code: "invalid",
      fields: [{ path: "notAfter" }],
    });
    const other = ctxOf(await makePerson(["owner"]), ["owner"]);
    await refused(() => addKey(other, { agentId, publicJwk }), { code: "forbidden" });
    const foreign = await makeAgent({ ownerId: other.actor.id, legalEntityId });
    await refused(
      () => revokeKey(owner, { agentId, jkt: foreign.key.jkt, reason: "Not mine at all" }),
      { code: "not-found" },
    );
    for (let i = 0; i < 5; i++)
      await addKey(owner, { agentId, publicJwk: makeKeyPair().publicJwk });
    await refused(() => addKey(owner, { agentId, publicJwk }), { code: "conflict" });
  });
});

describe("production", () => {
  test("needs a competent sponsor, a manifest, a key, and level 2 where it is strict", async () => {
    const { agentId } = await registered({
      classification: { ...classification, aiActHighRisk: true },
    });
    await refused(() => putIntoProduction(admin, { agentId }), {
      code: "conflict",
      fields: [
        { path: "no-sponsor" },
        { path: "no-manifest" },
        { path: "no-key" },
        { path: "maturity" },
      ],
    });
    await db.sponsorship.create({
      data: {
        id: `spn_${agentId}`,
        agentId,
        personId: sponsorId,
        kind: "sponsor",
        fromAt: admin.now,
      },
    });
    await makeManifestInForce(exampleManifest(agentId), owner.actor.id);
    await addKey(owner, { agentId, publicJwk: makeKeyPair().publicJwk });
    await refused(() => putIntoProduction(admin, { agentId }), { fields: [{ path: "maturity" }] });
    await attestFacts(admin, {
      agentId,
      version: 1,
      dedicatedCredentials: true,
      loggingEnabled: true,
      reason: "Seen in the access review of November",
    });
    const before = await position();
    expect(await putIntoProduction(admin, { agentId })).toEqual({ maturity: 2 });
    expect(await recordedSince(before)).toMatchObject([
      { kind: "agent.produced", agentId, maturity: 2 },
    ]);
    const agent = await db.agent.findUniqueOrThrow({ where: { id: agentId } });
    expect(agent).toMatchObject({ status: "production", productionAt: admin.now });
    await refused(() => putIntoProduction(admin, { agentId }), { code: "conflict" });
    await refused(() => putIntoProduction(owner, { agentId }), { code: "forbidden" });
  });

  test("an expired manifest or key is as good as none", async () => {
    const { agent, key } = await makeAgent({
      ownerId: owner.actor.id,
      legalEntityId,
      status: "registered",
      sponsorId,
    });
    const validity = { notBefore: "2026-01-01T00:00:00Z", notAfter: "2026-01-02T00:00:00Z" };
    await makeManifestInForce(exampleManifest(agent.id, { validity }), owner.actor.id);
    await db.agentKey.update({ where: { jkt: key.jkt }, data: { notAfter: admin.now } });
    await refused(() => putIntoProduction(admin, { agentId: agent.id }), {
      fields: [{ path: "no-manifest" }, { path: "no-key" }],
    });
  });
});

test("attested facts are an administrator's, with words, and recorded", async () => {
  const { agentId } = await registered();
  const input = { agentId, version: 1, dedicatedCredentials: true, loggingEnabled: false };
  const reason = "Checked with the platform team";
  await refused(() => attestFacts(owner, { ...input, reason }), { code: "forbidden" });
  await refused(() => attestFacts(admin, { ...input, reason: "ok" }), {
    fields: [{ path: "reason" }],
  });
  const before = await position();
  expect(await attestFacts(admin, { ...input, reason })).toEqual({ version: 2 });
  const [entry] = await recordedSince(before);
  expect(entry).toMatchObject({ kind: "agent.changed", fields: ["dedicated-credentials"] });
  await refused(() => attestFacts(admin, { ...input, reason }), { code: "stale" });
  await refused(() => attestFacts(admin, { ...input, version: 2, reason }), { code: "invalid" });
});

describe("retire", () => {
  const reason = "Replaced by the new reconciliation service";

  test("ends keys, manifests and sponsorships, each recorded, and then nothing changes any more", async () => {
    const { agent, key } = await makeAgent({ ownerId: owner.actor.id, legalEntityId, sponsorId });
    const inForce = await makeManifestInForce(exampleManifest(agent.id), owner.actor.id);
    const submitted = await db.manifest.create({
      data: { ...inForce, document: {}, id: `${inForce.id}2`, version: 2, state: "submitted" },
    });
    const agentId = agent.id;
    const before = await position();
    await refused(() => retireAgent(owner, { agentId, reason }), { code: "forbidden" });
    await retireAgent(admin, { agentId, reason });
    expect((await recordedSince(before)).map(({ kind }) => kind)).toEqual([
      "agent.retired",
      "agent.key-revoked",
      "manifest.revoked",
      "manifest.withdrawn",
    ]);
    expect(await db.agentKey.findUnique({ where: { jkt: key.jkt } })).toMatchObject({
      revokedAt: admin.now,
    });
    expect(await db.manifest.findUnique({ where: { id: inForce.id } })).toMatchObject({
      state: "revoked",
      endedAt: admin.now,
    });
    expect(await db.manifest.findUnique({ where: { id: submitted.id } })).toMatchObject({
      state: "draft",
      digest: null,
    });
    expect(await db.sponsorship.count({ where: { agentId, toAt: null } })).toBe(0);
    await refused(() => retireAgent(admin, { agentId, reason }), { code: "conflict" });
    await refused(() => addKey(owner, { agentId, publicJwk: makeKeyPair().publicJwk }), {
      code: "conflict",
    });
    await refused(() => putIntoProduction(admin, { agentId }), { code: "conflict" });
  });

  test("not while a review is open", async () => {
    const { agent } = await makeAgent({ ownerId: owner.actor.id, legalEntityId, sponsorId });
    await db.review.create({
      data: {
        id: `rev_${agent.id}`,
        agentId: agent.id,
        sponsorId,
        outcome: "block",
        reason: "no_rule",
        requestDigest: randomDigest(),
        seq: 0n,
        createdAt: admin.now,
        dueAt: admin.now,
      },
    });
    await refused(() => retireAgent(admin, { agentId: agent.id, reason }), {
      code: "conflict",
      message: expect.stringContaining("one review is open"),
    });
  });
});
