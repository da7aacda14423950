import pg from "pg";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { digestOf } from "@/lib/domain/manifest/approval";
import { documentText } from "@/lib/domain/manifest/document";
import { db } from "@/lib/server/db";
import {
  ctxOf,
  exampleManifest,
  makeManifestInForce,
  makePerson,
  randomDigest,
} from "@/testing/factories";
import {
  type AgentAndPeople,
  makeAgentAndPeople,
  makeDraft,
  makeSponsor,
  makeSubmitted,
} from "@/testing/submitted-manifest";
import { createDraft } from "./create-draft";
import { returnManifest } from "./return";
import { revokeManifest } from "./revoke";
import { saveDraft } from "./save-draft";
import { submitManifest } from "./submit";
import { withdrawManifest } from "./withdraw";

let people: AgentAndPeople;
beforeEach(async () => {
  people = await makeAgentAndPeople();
});

const REASON = "This asks for more than the task needs";
const unknown = "mft_00000000";

/** Bodies of what was recorded since `from`. */
async function recordedSince(from: number) {
  const rows = await db.ledgerEntry.findMany({ orderBy: { seq: "asc" }, skip: from });
  return rows.map(({ canonical }) => JSON.parse(canonical) as Record<string, unknown>);
}
const entries = () => db.ledgerEntry.count();
const stateOf = async (id: string) =>
  (await db.manifest.findUniqueOrThrow({ where: { id } })).state;
const stranger = async () => ctxOf(await makePerson(["owner"]), ["owner"]);

describe("createDraft", () => {
  test("starts from the template, counts versions and records it", async () => {
    const before = await entries();
    const input = { agentId: people.agent.id, from: { kind: "template" } };
    const first = await createDraft(people.as.owner(), input);
    const second = await createDraft(people.as.owner(), input);
    expect([first.version, second.version]).toEqual([1, 2]);
    expect(await recordedSince(before)).toMatchObject([
      {
        kind: "manifest.drafted",
        agentId: people.agent.id,
        manifestId: first.manifestId,
        version: 1,
        reviewId: null,
        personId: people.owner.id,
      },
      { kind: "manifest.drafted", version: 2 },
    ]);
  });

  test("copies a version of the same agent, complete or not", async () => {
    const { manifestId, revision } = await makeDraft(people);
    await saveDraft(people.as.owner(), { manifestId, revision, text: '{"goal":"half"}' });
    const copy = await createDraft(people.as.owner(), {
      agentId: people.agent.id,
      from: { kind: "version", manifestId },
    });
    const row = await db.manifest.findUniqueOrThrow({ where: { id: copy.manifestId } });
    expect(row.document).toEqual({ goal: "half" });
  });

  test("widens the manifest in force for a reviewed request", async () => {
    const { agent, owner, as } = people;
    await makeManifestInForce(exampleManifest(agent.id), owner.id);
    const request = {
      subject: { type: "agent", id: agent.id },
      action: { name: "read" },
      resource: { type: "memo", id: "m-1" },
      context: { cluster: "read-documents", purpose: "p", reasoning: "r", dataClass: "internal" },
    };
    const seq = 1_000_000n + BigInt(Math.floor(Math.random() * 1e9));
    await db.ledgerDetail.create({
      data: { seq, salt: Buffer.alloc(32), detail: { request, miss: null } },
    });
    const review = await db.review.create({
      data: {
        id: `rev_${randomDigest()
          .slice(0, 12)
          .toLowerCase()
          .replaceAll(/[^a-z0-9]/g, "a")}`,
        agentId: agent.id,
        outcome: "block",
        reason: "no_rule",
        requestDigest: randomDigest(),
        seq,
        createdAt: new Date(),
        dueAt: new Date(),
      },
    });
    const before = await entries();
    const draft = await createDraft(as.owner(), {
      agentId: agent.id,
      from: { kind: "review", reviewId: review.id },
    });
    const row = await db.manifest.findUniqueOrThrow({ where: { id: draft.manifestId } });
    expect(JSON.stringify(row.document)).toContain("memo:m-1");
    expect(row.reviewId).toBe(review.id);
    expect(await recordedSince(before)).toMatchObject([
      { kind: "manifest.drafted", reviewId: review.id },
    ]);
    await db.review.update({ where: { id: review.id }, data: { reason: "never_rule" } });
    await expect(
      createDraft(as.owner(), { agentId: agent.id, from: { kind: "review", reviewId: review.id } }),
    ).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("never-rule") });
  });

  test("refuses strangers, foreign versions, unknown agents and retired ones, and records nothing", async () => {
    const other = await makeAgentAndPeople();
    const { manifestId } = await makeDraft(other);
    const before = await entries();
    const from = { kind: "template" };
    const agentId = people.agent.id;
    await expect(createDraft(await stranger(), { agentId, from })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(createDraft(people.as.sponsor(), { agentId, from })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(
      createDraft(people.as.owner(), { agentId, from: { kind: "version", manifestId } }),
    ).rejects.toMatchObject({ code: "not-found" });
    await expect(
      createDraft(people.as.owner(), { agentId: "agt_00000000", from }),
    ).rejects.toMatchObject({ code: "not-found" });
    await expect(
      createDraft(people.as.owner(), { agentId, from: { kind: "elsewhere" } }),
    ).rejects.toMatchObject({ code: "invalid" });
    await db.agent.update({ where: { id: agentId }, data: { status: "retired" } });
    await expect(createDraft(people.as.owner(), { agentId, from })).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await entries()).toBe(before);
  });
});

describe("saveDraft", () => {
  test("keeps what is incomplete and says what is wrong, without a ledger entry", async () => {
    const { manifestId, revision } = await makeDraft(people);
    const before = await entries();
    const saved = await saveDraft(people.as.owner(), {
      manifestId,
      revision,
      text: '{"goal": ""}',
    });
    expect(saved).toMatchObject({ revision: revision + 1, state: "draft", findings: [] });
    expect(saved.problems.map(({ path }) => path)).toContain("/goal");
    expect(await entries()).toBe(before);
  });

  test("finds what a careful reader objects to in a complete one", async () => {
    const { manifestId, revision } = await makeDraft(people);
    const text = documentText(exampleManifest(people.agent.id, { dataClassCeiling: "restricted" }));
    const saved = await saveDraft(people.as.owner(), { manifestId, revision, text });
    expect(saved.problems).toEqual([]);
    expect(saved.findings.map(({ code }) => code)).toContain("ceiling-restricted");
  });

  test("names a manifest for another agent as a problem", async () => {
    const { manifestId, revision } = await makeDraft(people);
    const text = documentText(exampleManifest("agt_somebodyelse"));
    const { problems } = await saveDraft(people.as.owner(), { manifestId, revision, text });
    expect(problems.map(({ path }) => path)).toEqual(["/agentId"]);
  });

  test("does not overwrite what somebody else saved", async () => {
    const { manifestId, revision } = await makeDraft(people);
    const save = (goal: string) =>
      saveDraft(people.as.owner(), { manifestId, revision, text: JSON.stringify({ goal }) });
    const results = await Promise.allSettled([save("one"), save("two")]);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await expect(save("three")).rejects.toMatchObject({ code: "stale" });
  });

  test.each([
    ["no JSON", "{"],
    ["a list", "[]"],
    ["a member twice", '{"goal":"a","goal":"b"}'],
    ["NUL", '{"goal":"a\\u0000"}'],
    ["half of a surrogate pair", '{"goal":"\\ud800"}'],
    ["256 KB and more", JSON.stringify({ goal: "x".repeat(262_144) })],
    ["10 MB", JSON.stringify({ goal: "x".repeat(10_000_000) })],
  ])("refuses %s and keeps the former text", async (_, text) => {
    const { manifestId, revision } = await makeDraft(people);
    await expect(
      saveDraft(people.as.owner(), { manifestId, revision, text }),
    ).rejects.toMatchObject({ code: "invalid" });
    const row = await db.manifest.findUniqueOrThrow({ where: { id: manifestId } });
    expect(row.revision).toBe(revision);
  });

  test("refuses strangers, and whatever was submitted", async () => {
    const { manifestId, revision } = await makeDraft(people);
    await expect(
      saveDraft(await stranger(), { manifestId, revision, text: "{}" }),
    ).rejects.toMatchObject({ code: "forbidden" });
    await expect(
      saveDraft(people.as.owner(), { manifestId: unknown, revision, text: "{}" }),
    ).rejects.toMatchObject({ code: "not-found" });
    await submitManifest(people.as.owner(), { manifestId, revision });
    await expect(
      saveDraft(people.as.owner(), { manifestId, revision, text: "{}" }),
    ).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("submitManifest", () => {
  test("fixes the document, tells the acting sponsor and records the digest", async () => {
    const { manifestId, revision } = await makeDraft(people);
    const before = await entries();
    const { digest } = await submitManifest(people.as.owner(), { manifestId, revision });
    const row = await db.manifest.findUniqueOrThrow({ where: { id: manifestId } });
    expect(row).toMatchObject({ state: "submitted", digest });
    expect(digestOf(row.document)).toBe(digest);
    expect(await recordedSince(before)).toMatchObject([
      { kind: "manifest.submitted", manifestId, version: 1, digest },
    ]);
    const notes = await db.notification.findMany({ where: { personId: people.sponsor.id } });
    expect(notes).toMatchObject([{ kind: "manifest.submitted", href: `/manifests/${manifestId}` }]);
    await expect(
      db.manifest.update({ where: { id: manifestId }, data: { document: { goal: "other" } } }),
    ).rejects.toThrow();
    expect((await db.manifest.findUniqueOrThrow({ where: { id: manifestId } })).document).toEqual(
      row.document,
    );
  });

  test("names every problem of an incomplete one, and every error of the static check", async () => {
    const { manifestId, revision } = await makeDraft(people);
    const incomplete = await saveDraft(people.as.owner(), { manifestId, revision, text: "{}" });
    await expect(
      submitManifest(people.as.owner(), { manifestId, revision: incomplete.revision }),
    ).rejects.toMatchObject({
      code: "invalid",
      fields: expect.arrayContaining([expect.objectContaining({ path: "/goal" })]),
    });
    const text = documentText(exampleManifest(people.agent.id, { network: ["a.example:0"] }));
    const bad = await saveDraft(people.as.owner(), {
      manifestId,
      revision: incomplete.revision,
      text,
    });
    await expect(
      submitManifest(people.as.owner(), { manifestId, revision: bad.revision }),
    ).rejects.toMatchObject({
      code: "invalid",
      fields: [expect.objectContaining({ path: "/network/0" })],
    });
    expect(await stateOf(manifestId)).toBe("draft");
  });

  test("does not overwrite what is being saved at the same moment", async () => {
    const { manifestId, revision } = await makeDraft(people);
    const saving = new pg.Client({ connectionString: process.env["DATABASE_URL"] });
    await saving.connect();
    await saving.query("BEGIN");
    await saving.query(
      `UPDATE "Manifest" SET "revision" = "revision" + 1, "document" = '{"goal":"later"}' WHERE "id" = $1`,
      [manifestId],
    );
    const submitting = submitManifest(people.as.owner(), { manifestId, revision }).then(
      () => "submitted",
      (error: { code?: string }) => error.code,
    );
    const waits = `SELECT count(*)::int AS n FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock' AND wait_event <> 'advisory'`;
    // It has read the draft, and waits for its row.
    await vi.waitFor(
      async () => expect((await saving.query(waits)).rows[0]?.n).toBeGreaterThan(0),
      { timeout: 30_000 },
    );
    await saving.query("COMMIT");
    await saving.end();
    expect(await submitting).toBe("stale");
    expect(await db.manifest.findUniqueOrThrow({ where: { id: manifestId } })).toMatchObject({
      state: "draft",
      document: { goal: "later" },
    });
  });

  test("is not for a version that the agent's former owner wrote; a copy of it is", async () => {
    const { manifestId, revision } = await makeDraft(people);
    const next = await makePerson(["owner"]);
    await db.agent.update({ where: { id: people.agent.id }, data: { ownerId: next.id } });
    const ctx = ctxOf(next, ["owner"]);
    const theirs = { code: "conflict", message: expect.stringContaining("former owner") };
    await expect(submitManifest(ctx, { manifestId, revision })).rejects.toMatchObject(theirs);
    await expect(saveDraft(ctx, { manifestId, revision, text: "{}" })).rejects.toMatchObject(
      theirs,
    );
    const copy = await createDraft(ctx, {
      agentId: people.agent.id,
      from: { kind: "version", manifestId },
    });
    await submitManifest(ctx, { manifestId: copy.manifestId, revision: 1 });
    expect(await stateOf(copy.manifestId)).toBe("submitted");
  });

  test("refuses strangers, an old revision, a second one in the queue, and one that was overtaken", async () => {
    const { manifestId, revision } = await makeDraft(people);
    await expect(submitManifest(await stranger(), { manifestId, revision })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(
      submitManifest(people.as.owner(), { manifestId, revision: revision - 1 }),
    ).rejects.toMatchObject({ code: "stale" });
    await makeSubmitted(people);
    await expect(submitManifest(people.as.owner(), { manifestId, revision })).rejects.toMatchObject(
      { code: "conflict", message: expect.stringContaining("version 2") },
    );
    await db.manifest.updateMany({
      where: { agentId: people.agent.id, version: 2 },
      data: { state: "approved", approvedAt: new Date() },
    });
    await expect(submitManifest(people.as.owner(), { manifestId, revision })).rejects.toMatchObject(
      { code: "conflict", message: expect.stringContaining("approved after") },
    );
  });
});

describe("withdrawManifest", () => {
  test("makes it a draft again that can be changed and submitted", async () => {
    const { manifestId } = await makeSubmitted(people);
    const before = await entries();
    await withdrawManifest(people.as.owner(), { manifestId });
    expect(await recordedSince(before)).toMatchObject([{ kind: "manifest.withdrawn", manifestId }]);
    const { revision } = await db.manifest.findUniqueOrThrow({ where: { id: manifestId } });
    const saved = await saveDraft(people.as.owner(), {
      manifestId,
      revision,
      text: documentText(exampleManifest(people.agent.id)),
    });
    await submitManifest(people.as.owner(), { manifestId, revision: saved.revision });
    expect(await stateOf(manifestId)).toBe("submitted");
  });

  test("refuses everybody but the owner, and what is not submitted", async () => {
    const { manifestId } = await makeSubmitted(people);
    await expect(withdrawManifest(await stranger(), { manifestId })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(withdrawManifest(people.as.sponsor(), { manifestId })).rejects.toMatchObject({
      code: "forbidden",
    });
    await withdrawManifest(people.as.owner(), { manifestId });
    await expect(withdrawManifest(people.as.owner(), { manifestId })).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(
      withdrawManifest(people.as.owner(), { manifestId: "' OR 1=1" }),
    ).rejects.toMatchObject({ code: "invalid" });
  });
});

describe("returnManifest", () => {
  test("sends it back with reasons, which are not in the ledger's body", async () => {
    const { manifestId } = await makeSubmitted(people);
    const before = await entries();
    await returnManifest(people.as.sponsor(), { manifestId, reason: REASON });
    const [body] = await recordedSince(before);
    expect(body).toMatchObject({
      kind: "manifest.returned",
      manifestId,
      sponsorId: people.sponsor.id,
    });
    expect(JSON.stringify(body)).not.toContain("more than");
    const row = await db.manifest.findUniqueOrThrow({ where: { id: manifestId } });
    expect(row).toMatchObject({ state: "returned", returnReason: REASON, digest: null });
    expect(await db.notification.findFirst({ where: { personId: people.owner.id } })).toMatchObject(
      { kind: "manifest.returned" },
    );
    await submitManifest(people.as.owner(), { manifestId, revision: row.revision });
    expect(await stateOf(manifestId)).toBe("submitted");
  });

  test("refuses without reasons, who has no part in the agent, and a draft", async () => {
    const { manifestId } = await makeSubmitted(people);
    await expect(
      returnManifest(people.as.sponsor(), { manifestId, reason: "no" }),
    ).rejects.toMatchObject({ code: "invalid" });
    const other = ctxOf(await makeSponsor(), ["sponsor"]);
    await expect(returnManifest(other, { manifestId, reason: REASON })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(
      returnManifest(people.as.owner(), { manifestId, reason: REASON }),
    ).rejects.toMatchObject({ code: "forbidden" });
    await withdrawManifest(people.as.owner(), { manifestId });
    await expect(
      returnManifest(people.as.deputy(), { manifestId, reason: REASON }),
    ).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("revokeManifest", () => {
  const inForce = () => makeManifestInForce(exampleManifest(people.agent.id), people.owner.id);
  const epoch = async () => (await db.stateEpoch.findUniqueOrThrow({ where: { id: 1 } })).epoch;

  test("ends it at once for every gateway, even by a sponsor without training, or by compliance", async () => {
    const { id: manifestId } = await inForce();
    await db.certificate.deleteMany({ where: { personId: people.sponsor.id } });
    const [before, was] = [await entries(), await epoch()];
    await revokeManifest(people.as.sponsor(), { manifestId, reason: REASON });
    expect(await stateOf(manifestId)).toBe("revoked");
    expect(await recordedSince(before)).toMatchObject([
      { kind: "manifest.revoked", manifestId, agentId: people.agent.id },
    ]);
    expect(await epoch()).toBeGreaterThan(was);
    const other = await makeAgentAndPeople();
    const { id } = await makeManifestInForce(exampleManifest(other.agent.id), other.owner.id);
    const compliance = ctxOf(await makePerson(["compliance"]), ["compliance"]);
    await revokeManifest(compliance, { manifestId: id, reason: REASON });
    expect(await stateOf(id)).toBe("revoked");
  });

  test("refuses strangers, the owner, and what is not in force", async () => {
    const { id: manifestId } = await inForce();
    const other = ctxOf(await makeSponsor(), ["sponsor"]);
    await expect(revokeManifest(other, { manifestId, reason: REASON })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(
      revokeManifest(people.as.owner(), { manifestId, reason: REASON }),
    ).rejects.toMatchObject({ code: "forbidden" });
    await expect(
      revokeManifest(people.as.sponsor(), { manifestId, reason: "" }),
    ).rejects.toMatchObject({ code: "invalid" });
    await revokeManifest(people.as.deputy(), { manifestId, reason: REASON });
    await expect(
      revokeManifest(people.as.sponsor(), { manifestId, reason: REASON }),
    ).rejects.toMatchObject({ code: "conflict" });
  });
});
