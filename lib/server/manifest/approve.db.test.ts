import { createPublicKey } from "node:crypto";
import { decodeProtectedHeader, jwtVerify } from "jose";
import { beforeEach, describe, expect, test } from "vitest";
import type { Tier } from "@/lib/domain/agent/tier";
import { statementDigest } from "@/lib/domain/manifest/approval";
import { ManifestTokenClaims } from "@/lib/domain/manifest/token";
import type { Ctx } from "@/lib/server/context";
import { db } from "@/lib/server/db";
import { env } from "@/lib/server/env";
import { hashPassword } from "@/lib/server/identity/password-hash";
import { tokenKey } from "@/lib/server/keys";
import { ctxOf, makeKeyPair } from "@/testing/factories";
import type { SoftPasskey } from "@/testing/soft-passkey";
import {
  type AgentAndPeople,
  givePasskey,
  makeAgentAndPeople,
  makeSponsor,
  makeSubmitted,
} from "@/testing/submitted-manifest";
import { approveManifest } from "./approve";
import { prepareApproval } from "./prepare-approval";
import { pendingApprovalsFor } from "./queries";
import { returnManifest } from "./return";
import { runBacktest } from "./run-backtest";
import { saveDraft } from "./save-draft";
import { submitManifest } from "./submit";
import { withdrawManifest } from "./withdraw";

const ATTESTATION = "I have read it and what it would have done, and I answer for it.";
const PASSWORD = "correct horse battery staple 9";

let people: AgentAndPeople;
let passkey: SoftPasskey;
async function start(tier: Tier = "high") {
  people = await makeAgentAndPeople(tier);
  passkey = await givePasskey(people.sponsor.id);
}
beforeEach(() => start());

async function recordedSince(from: number) {
  const rows = await db.ledgerEntry.findMany({ orderBy: { seq: "asc" }, skip: from });
  return rows.map(({ seq, canonical }) => ({
    seq,
    body: JSON.parse(canonical) as Record<string, unknown>,
  }));
}
const entries = () => db.ledgerEntry.count();
const stateOf = async (id: string) =>
  (await db.manifest.findUniqueOrThrow({ where: { id } })).state;

async function prepare(ctx: Ctx, manifestId: string) {
  const { backtestId } = await runBacktest(ctx, { manifestId });
  const prepared = await prepareApproval(ctx, { manifestId, backtestId, attestation: ATTESTATION });
  const input = { manifestId, backtestId, attestation: ATTESTATION, at: prepared.statement.at };
  return { prepared, input };
}

async function sign(ctx: Ctx, manifestId: string, key = passkey) {
  const { prepared, input } = await prepare(ctx, manifestId);
  return { ...input, proof: { kind: "passkey", response: key.authenticate(prepared.digest) } };
}

describe("an approval", () => {
  test("is the passkey's signature under exactly this statement, and puts the manifest in force", async () => {
    const { manifestId, digest } = await makeSubmitted(people);
    const before = await entries();
    const epoch = (await db.stateEpoch.findUniqueOrThrow({ where: { id: 1 } })).epoch;
    const result = await approveManifest(
      people.as.sponsor(),
      await sign(people.as.sponsor(), manifestId),
    );
    expect(result).toMatchObject({ state: "approved", stage: "final" });
    expect(await stateOf(manifestId)).toBe("approved");

    const approval = await db.approval.findFirstOrThrow({ where: { manifestId } });
    const backtest = await db.backtest.findUniqueOrThrow({ where: { id: approval.backtestId } });
    expect(approval.statement).toEqual({
      type: "countersign.manifest-approval.v1",
      manifestId,
      agentId: people.agent.id,
      version: 1,
      manifestDigest: digest,
      previousManifestDigest: null,
      backtestId: backtest.id,
      backtestDigest: backtest.digest,
      attestation: ATTESTATION,
      sponsorId: people.sponsor.id,
      stage: "final",
      at: expect.any(String),
    });
    const challenge = statementDigest(approval.statement as Parameters<typeof statementDigest>[0]);
    expect(approval.digest).toBe(challenge);
    const { clientDataJSON } = approval.assertion as { clientDataJSON: string };
    expect(JSON.parse(Buffer.from(clientDataJSON, "base64url").toString())).toMatchObject({
      challenge,
    });

    const recorded = await recordedSince(before);
    const token = await db.manifestToken.findFirstOrThrow({ where: { manifestId } });
    expect(recorded.map(({ body }) => body)).toMatchObject([
      {
        kind: "manifest.approval-signed",
        digest,
        statementDigest: challenge,
        backtestDigest: backtest.digest,
        assurance: "passkey",
        stage: "final",
        sponsorId: people.sponsor.id,
      },
      {
        kind: "manifest.approved",
        version: 1,
        digest,
        supersedes: null,
        tokenHashes: [token.hash],
      },
    ]);
    expect(recorded[0]?.seq.toString()).toBe(result.seq);
    expect(JSON.stringify(recorded.map(({ body }) => body))).not.toContain("answer for it");
    const detail = await db.ledgerDetail.findUniqueOrThrow({ where: { seq: approval.seq } });
    expect(detail.detail).toMatchObject({
      statement: { attestation: ATTESTATION },
      assertion: { clientDataJSON },
    });
    expect((await db.stateEpoch.findUniqueOrThrow({ where: { id: 1 } })).epoch).toBeGreaterThan(
      epoch,
    );
    expect(
      await db.notification.count({
        where: { personId: people.owner.id, kind: "manifest.approved" },
      }),
    ).toBe(1);
  });

  test("supersedes the former version in the same moment, and says which", async () => {
    const first = await makeSubmitted(people);
    await approveManifest(people.as.sponsor(), await sign(people.as.sponsor(), first.manifestId));
    const second = await makeSubmitted(people);
    const before = await entries();
    await approveManifest(people.as.sponsor(), await sign(people.as.sponsor(), second.manifestId));
    expect(await stateOf(first.manifestId)).toBe("superseded");
    expect((await recordedSince(before)).at(-1)?.body).toMatchObject({
      supersedes: first.manifestId,
      version: 2,
    });
    const approval = await db.approval.findFirstOrThrow({
      where: { manifestId: second.manifestId },
    });
    expect(approval.statement).toMatchObject({ previousManifestDigest: first.digest });
  });

  test("signs a token for each key that counts, which a third party can verify", async () => {
    const { manifestId, digest } = await makeSubmitted(people);
    await db.agentKey.create({ data: { ...pairRow(people.agent.id), revokedAt: new Date() } });
    await approveManifest(people.as.sponsor(), await sign(people.as.sponsor(), manifestId));
    const tokens = await db.manifestToken.findMany({ where: { manifestId } });
    expect(tokens.map(({ jkt }) => jkt)).toEqual([people.key.jkt]);
    const { payload } = await jwtVerify(
      tokens[0]?.token ?? "",
      createPublicKey(tokenKey().privateKey),
      {
        typ: "intent-manifest+jwt",
        algorithms: ["EdDSA"],
        issuer: env().COUNTERSIGN_GATEWAY_URL,
        audience: env().COUNTERSIGN_GATEWAY_URL,
      },
    );
    expect(decodeProtectedHeader(tokens[0]?.token ?? "")).toMatchObject({ kid: tokenKey().kid });
    const claims = ManifestTokenClaims.parse(payload);
    expect(claims).toMatchObject({
      sub: people.agent.id,
      cnf: { jkt: people.key.jkt },
      authorization_details: [{ manifest_id: manifestId, version: 1, digest }],
      approvals: [{ sponsor: people.sponsor.id, assurance: "passkey", stage: "final" }],
    });
  });

  test("is one of two that come at once: the other gets a conflict", async () => {
    const { manifestId } = await makeSubmitted(people);
    const ctx = people.as.sponsor();
    const input = await sign(ctx, manifestId);
    const again = await prepareApproval(ctx, {
      manifestId,
      backtestId: input.backtestId,
      attestation: ATTESTATION,
    });
    const other = {
      ...input,
      at: again.statement.at,
      proof: { kind: "passkey", response: passkey.authenticate(again.digest) },
    };
    const results = await Promise.allSettled([
      approveManifest(ctx, input),
      approveManifest(ctx, other),
    ]);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(results.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { code: "conflict" },
    });
    expect(await db.approval.count({ where: { manifestId } })).toBe(1);
  });
});

function pairRow(agentId: string) {
  const { jkt, publicJwk } = makeKeyPair();
  const now = new Date();
  return { jkt, agentId, publicJwk, notBefore: now, createdAt: now };
}

describe("who may approve", () => {
  test("never the owner or the author, whatever their roles", async () => {
    const { manifestId } = await makeSubmitted(people);
    const { backtestId } = await runBacktest(people.as.sponsor(), { manifestId });
    const input = { manifestId, backtestId, attestation: ATTESTATION };
    await db.sponsorship.updateMany({
      where: { agentId: people.agent.id, kind: "sponsor" },
      data: { personId: people.owner.id },
    });
    await db.personRole.create({ data: { personId: people.owner.id, role: "sponsor" } });
    const owner = ctxOf(people.owner, ["owner", "sponsor"]);
    await expect(prepareApproval(owner, input)).rejects.toMatchObject({
      code: "forbidden",
      message: expect.stringContaining("never approve"),
    });
    await db.sponsorship.updateMany({
      where: { agentId: people.agent.id, kind: "sponsor" },
      data: { personId: people.sponsor.id },
    });
    await db.manifest.update({ where: { id: manifestId }, data: { authorId: people.sponsor.id } });
    await expect(prepareApproval(people.as.sponsor(), input)).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  test("only the acting sponsor: not another sponsor, not the deputy while the sponsor is there", async () => {
    const { manifestId } = await makeSubmitted(people);
    const { backtestId } = await runBacktest(people.as.sponsor(), { manifestId });
    const input = { manifestId, backtestId, attestation: ATTESTATION };
    const other = ctxOf(await makeSponsor(), ["sponsor"]);
    await expect(prepareApproval(other, input)).rejects.toMatchObject({ code: "forbidden" });
    await expect(prepareApproval(people.as.deputy(), input)).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(prepareApproval(people.as.owner(), input)).rejects.toMatchObject({
      code: "forbidden",
    });
    await db.person.update({ where: { id: people.sponsor.id }, data: { active: false } });
    const deputyKey = await givePasskey(people.deputy.id);
    const result = await approveManifest(
      people.as.deputy(),
      await sign(people.as.deputy(), manifestId, deputyKey),
    );
    expect(result.state).toBe("approved");
  });

  test("not without current training for the tier", async () => {
    const { manifestId } = await makeSubmitted(people);
    const ctx = people.as.sponsor();
    const input = await sign(ctx, manifestId);
    await db.certificate.updateMany({
      where: { personId: people.sponsor.id, module: "m5" },
      data: { expiresAt: new Date(Date.now() - 1000) },
    });
    const before = await entries();
    await expect(approveManifest(ctx, input)).rejects.toMatchObject({ code: "competence" });
    expect([await stateOf(manifestId), await entries()]).toEqual(["submitted", before]);
  });
});

describe("what is signed", () => {
  test("can't be changed after it was put before the approver", async () => {
    const { manifestId } = await makeSubmitted(people);
    const ctx = people.as.sponsor();
    const input = await sign(ctx, manifestId);
    const before = await entries();
    const forged = [
      { ...input, attestation: `${ATTESTATION} Or not.` },
      { ...input, at: new Date(Date.parse(input.at) - 1).toISOString() },
    ];
    for (const one of forged)
      await expect(approveManifest(ctx, one)).rejects.toMatchObject({ code: "forbidden" });
    expect(await entries()).toBe(before);
    expect((await approveManifest(ctx, input)).state).toBe("approved");
  });

  test("is not the signature of somebody else's passkey, nor of a passkey that was not asked", async () => {
    const { manifestId } = await makeSubmitted(people);
    const ctx = people.as.sponsor();
    const foreign = await givePasskey(people.deputy.id);
    await expect(approveManifest(ctx, await sign(ctx, manifestId, foreign))).rejects.toMatchObject({
      code: "forbidden",
    });
    const { prepared, input } = await prepare(ctx, manifestId);
    await db.challenge.deleteMany();
    const proof = { kind: "passkey", response: passkey.authenticate(prepared.digest) };
    await expect(approveManifest(ctx, { ...input, proof })).rejects.toMatchObject({
      code: "forbidden",
    });
    expect(await stateOf(manifestId)).toBe("submitted");
  });

  test("rests on the latest backtest, run lately and beside the version in force", async () => {
    const { manifestId } = await makeSubmitted(people);
    const ctx = people.as.sponsor();
    const input = await sign(ctx, manifestId);
    await runBacktest(people.as.sponsor(new Date(Date.now() + 1000)), { manifestId });
    await expect(approveManifest(people.as.sponsor(), input)).rejects.toMatchObject({
      code: "stale",
    });
    const old = people.as.sponsor(new Date(Date.now() + 3_700_000));
    const { id: backtestId } = await db.backtest.findFirstOrThrow({
      where: { manifestId },
      orderBy: { createdAt: "desc" },
    });
    await expect(
      prepareApproval(old, { manifestId, backtestId, attestation: ATTESTATION }),
    ).rejects.toMatchObject({ code: "stale", message: expect.stringContaining("too old") });
    const other = await makeAgentAndPeople();
    const foreign = await makeSubmitted(other);
    const { backtestId: foreignTest } = await runBacktest(other.as.sponsor(), {
      manifestId: foreign.manifestId,
    });
    await expect(
      prepareApproval(ctx, { manifestId, backtestId: foreignTest, attestation: ATTESTATION }),
    ).rejects.toMatchObject({ code: "stale" });
  });

  test("is begun and finished within minutes, and not in the future", async () => {
    const { manifestId } = await makeSubmitted(people);
    const input = await sign(people.as.sponsor(), manifestId);
    const late = people.as.sponsor(new Date(Date.parse(input.at) + 301_000));
    await expect(approveManifest(late, input)).rejects.toMatchObject({ code: "stale" });
    const at = new Date(Date.now() + 60_000).toISOString();
    await expect(approveManifest(people.as.sponsor(), { ...input, at })).rejects.toMatchObject({
      code: "stale",
    });
  });

  test("comes into no force when it is over by now", async () => {
    const now = new Date();
    const notAfter = new Date(now.getTime() + 3_600_000).toISOString();
    const { manifestId } = await makeSubmitted(people, {
      validity: { notBefore: now.toISOString(), notAfter },
    });
    const late = people.as.sponsor(new Date(now.getTime() + 2 * 3_600_000));
    await expect(sign(late, manifestId)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("over"),
    });
    expect(await stateOf(manifestId)).toBe("submitted");
  });

  test("must be words", async () => {
    const { manifestId } = await makeSubmitted(people);
    const { backtestId } = await runBacktest(people.as.sponsor(), { manifestId });
    await expect(
      prepareApproval(people.as.sponsor(), { manifestId, backtestId, attestation: "ok" }),
    ).rejects.toMatchObject({ code: "invalid", fields: [{ path: "attestation" }] });
    await expect(
      prepareApproval(people.as.sponsor(), {
        manifestId: "mft_00000000",
        backtestId,
        attestation: ATTESTATION,
      }),
    ).rejects.toMatchObject({ code: "not-found" });
  });

  test("is nothing once it was withdrawn, returned or approved", async () => {
    const { manifestId } = await makeSubmitted(people);
    const ctx = people.as.sponsor();
    const input = await sign(ctx, manifestId);
    await withdrawManifest(people.as.owner(), { manifestId });
    await expect(approveManifest(ctx, input)).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("how it is proven", () => {
  const withPassword = async (tier: Tier) => {
    await start(tier);
    await db.person.update({
      where: { id: people.sponsor.id },
      data: { passwordHash: await hashPassword(PASSWORD) },
    });
    const { manifestId } = await makeSubmitted(people);
    const { prepared, input } = await prepare(people.as.sponsor(), manifestId);
    const approve = (password: string) =>
      approveManifest(people.as.sponsor(), { ...input, proof: { kind: "password", password } });
    return { prepared, approve, manifestId };
  };

  test("a password will do up to tier moderate, and the ledger says so", async () => {
    const { prepared, approve, manifestId } = await withPassword("moderate");
    expect(prepared.passwordAllowed).toBe(true);
    const before = await entries();
    await expect(approve("not the password")).rejects.toMatchObject({ code: "forbidden" });
    await approve(PASSWORD);
    expect((await recordedSince(before)).map(({ body }) => body)).toMatchObject([
      { assurance: "password" },
      { assurance: "password" },
    ]);
    expect(await db.approval.findFirst({ where: { manifestId } })).toMatchObject({
      assurance: "password",
      assertion: null,
    });
  });

  test("from tier high on only a passkey will", async () => {
    const { prepared, approve } = await withPassword("high");
    expect(prepared.passwordAllowed).toBe(false);
    await expect(approve(PASSWORD)).rejects.toMatchObject({
      code: "forbidden",
      message: expect.stringContaining("passkey"),
    });
  });

  test("who has no passkey can begin where a password will do, and only there", async () => {
    await start("low");
    await db.passkey.deleteMany({ where: { personId: people.sponsor.id } });
    const { manifestId } = await makeSubmitted(people);
    expect((await prepare(people.as.sponsor(), manifestId)).prepared.passkeyOptions).toBeNull();
    await start("high");
    await db.passkey.deleteMany({ where: { personId: people.sponsor.id } });
    const high = await makeSubmitted(people);
    await expect(prepare(people.as.sponsor(), high.manifestId)).rejects.toMatchObject({
      code: "conflict",
    });
  });
});

describe("tier critical", () => {
  beforeEach(() => start("critical"));

  test("takes two people; after the first signature nothing is in force", async () => {
    const { manifestId } = await makeSubmitted(people);
    const before = await entries();
    const first = await approveManifest(
      people.as.sponsor(),
      await sign(people.as.sponsor(), manifestId),
    );
    expect(first).toMatchObject({ state: "submitted", stage: "first" });
    expect([
      await stateOf(manifestId),
      await db.manifestToken.count({ where: { manifestId } }),
    ]).toEqual(["submitted", 0]);
    expect(
      await db.notification.count({
        where: { personId: people.deputy.id, kind: "manifest.second-approval" },
      }),
    ).toBe(1);
    await expect(prepare(people.as.sponsor(), manifestId)).rejects.toMatchObject({
      code: "forbidden",
      message: expect.stringContaining("second person"),
    });
    await expect(prepare(people.as.owner(), manifestId)).rejects.toMatchObject({
      code: "forbidden",
    });
    const untrained = await makeSponsor();
    await db.certificate.deleteMany({ where: { personId: untrained.id } });
    await expect(prepare(ctxOf(untrained, ["sponsor"]), manifestId)).rejects.toMatchObject({
      code: "competence",
    });

    const second = await makeSponsor();
    const ctx = ctxOf(second, ["sponsor"]);
    expect(await pendingApprovalsFor(ctx)).toMatchObject([{ manifestId, stage: "final" }]);
    expect(await pendingApprovalsFor(people.as.sponsor())).toEqual([]);
    const final = await approveManifest(
      ctx,
      await sign(ctx, manifestId, await givePasskey(second.id)),
    );
    expect(final).toMatchObject({ state: "approved", stage: "final" });
    expect(
      (await recordedSince(before)).map(({ body }) => [
        body["kind"],
        body["stage"],
        body["sponsorId"],
      ]),
    ).toEqual([
      ["manifest.approval-signed", "first", people.sponsor.id],
      ["manifest.approval-signed", "final", second.id],
      ["manifest.approved", undefined, second.id],
    ]);
    const [token] = await db.manifestToken.findMany({ where: { manifestId } });
    const claims = JSON.parse(
      Buffer.from(token?.token.split(".")[1] ?? "", "base64url").toString(),
    );
    expect(
      ManifestTokenClaims.parse(claims).approvals.map(({ sponsor, stage }) => [sponsor, stage]),
    ).toEqual([
      [people.sponsor.id, "first"],
      [second.id, "final"],
    ]);
  });

  test("a version that carries a signature is returned, never edited or submitted again", async () => {
    const { manifestId } = await makeSubmitted(people);
    await approveManifest(people.as.sponsor(), await sign(people.as.sponsor(), manifestId));
    await expect(withdrawManifest(people.as.owner(), { manifestId })).rejects.toMatchObject({
      code: "conflict",
    });
    const second = ctxOf(await makeSponsor(), ["sponsor"]);
    await returnManifest(second, {
      manifestId,
      reason: "The budget is far too high for this task",
    });
    const { revision } = await db.manifest.findUniqueOrThrow({ where: { id: manifestId } });
    await expect(
      saveDraft(people.as.owner(), { manifestId, revision, text: "{}" }),
    ).rejects.toMatchObject({ code: "conflict" });
    await expect(submitManifest(people.as.owner(), { manifestId, revision })).rejects.toMatchObject(
      { code: "conflict" },
    );
  });
});
