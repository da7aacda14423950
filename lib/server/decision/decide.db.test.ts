import pg from "pg";
import { afterAll, beforeEach, expect, test } from "vitest";
import { requestDigest } from "@/lib/domain/policy/digest";
import type { EvaluationRequest } from "@/lib/domain/policy/request";
import { db } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { ledgerTransaction } from "@/lib/server/ledger/transaction";
import { makeKeyPair, makePerson } from "@/testing/factories";
import {
  makeSponsoredAgent,
  postEntry,
  readInvoice,
  type SponsoredAgent,
} from "@/testing/sponsored-agent";
import { decideGroup } from "./decide";
import type { Credential, DecisionItem } from "./item";
import { DecisionState } from "./state";
import { OPEN_REVIEWS_MAX } from "./working-set";

const pool = new pg.Pool({ connectionString: process.env["DATABASE_URL"], max: 4 });
afterAll(() => pool.end());

let state = new DecisionState();
beforeEach(() => {
  state = new DecisionState();
});

async function decideAll(items: readonly DecisionItem[], using = state) {
  const client = await pool.connect();
  try {
    return await decideGroup(client, using, items);
  } finally {
    client.release();
  }
}

/** As the seed asks: no key, any time. */
const simulated = (request: EvaluationRequest, at = new Date()): DecisionItem => ({
  agentId: request.subject.id,
  request,
  at,
  credential: null,
});

function proven(
  from: SponsoredAgent,
  request: EvaluationRequest,
  changes: Partial<Credential> = {},
): DecisionItem {
  const proof = { jkt: from.key.jkt, jti: newId("jti"), expiresAt: Date.now() + 120_000 };
  const credential = {
    proven: true,
    jkt: from.key.jkt,
    manifestId: from.manifest.id,
    proof,
    refusal: null,
    ...changes,
  };
  return { agentId: from.agent.id, request, at: new Date(), credential };
}

async function only(item: DecisionItem) {
  const [answer] = await decideAll([item]);
  if (!answer) throw new Error("no answer");
  return answer;
}

const entryOf = async (seq: bigint | null) => {
  const entry = await db.ledgerEntry.findUniqueOrThrow({ where: { seq: seq ?? -1n } });
  const detail = await db.ledgerDetail.findUniqueOrThrow({ where: { seq: seq ?? -1n } });
  return { entry, body: JSON.parse(entry.canonical), detail: detail.detail };
};

test("an allow is recorded with its sponsor before it is answered; words and resource stand in the detail only", async () => {
  const who = await makeSponsoredAgent();
  const request = readInvoice(who.agent.id, "inv-secret-name");
  const answer = await only(proven(who, request));
  expect(answer).toMatchObject({
    outcome: "allow",
    reason: "within_manifest",
    sponsorId: who.sponsor.id,
    review: null,
    requestDigest: requestDigest(request),
  });
  const { entry, body, detail } = await entryOf(answer.seq);
  expect(body).toMatchObject({
    kind: "decision",
    agentId: who.agent.id,
    sponsorId: who.sponsor.id,
    manifestId: who.manifest.id,
    manifestVersion: 1,
    cluster: "read-documents",
    rule: 0,
    simulated: false,
  });
  expect(entry.canonical).not.toContain("inv-secret-name");
  expect(entry.canonical).not.toContain(request.context.reasoning.slice(0, 20));
  expect(detail).toMatchObject({ request, proven: true, sentence: answer.sentence });
});

test("a proof is good once, also twice in one batch and against another gateway's state", async () => {
  const who = await makeSponsoredAgent();
  const item = proven(who, readInvoice(who.agent.id));
  const [first, second] = await decideAll([item, item]);
  expect([first?.reason, second?.reason]).toEqual(["within_manifest", "proof_replayed"]);
  const [third] = await decideAll([item], new DecisionState());
  expect(third).toMatchObject({ outcome: "deny", reason: "proof_replayed" });
  // A replay charges nothing.
  const usage = await db.budgetUsage.findMany({ where: { agentId: who.agent.id } });
  expect(usage.map((row) => row.requests)).toEqual([1, 1, 1]);
});

test("a change that another connection committed counts for the next decision, without any notification", async () => {
  const who = await makeSponsoredAgent();
  const request = readInvoice(who.agent.id);
  expect((await only(proven(who, request))).outcome).toBe("allow");
  await ledgerTransaction({ personId: null, now: new Date() }, async (tx) => {
    await tx.agent.update({ where: { id: who.agent.id }, data: { containment: "stopped" } });
    return {
      value: null,
      events: [
        {
          event: {
            kind: "containment.applied",
            agentId: who.agent.id,
            level: "stopped",
            rule: "test",
          },
        },
      ],
    };
  });
  const answer = await only(proven(who, request));
  expect(answer).toMatchObject({ outcome: "deny", reason: "agent_stopped" });
  expect((await entryOf(answer.seq)).body.containment).toBe("stopped");
});

test("a superseded and a revoked token, a foreign and an expired key: each its own reason", async () => {
  const who = await makeSponsoredAgent();
  const request = readInvoice(who.agent.id);
  const ended = async (version: number, to: "superseded" | "revoked") => {
    const row = await db.manifest.create({
      data: {
        id: newId("mft"),
        agentId: who.agent.id,
        version,
        state: to,
        document: {},
        digest: "x",
        authorId: who.owner.id,
        createdAt: new Date(),
        updatedAt: new Date(),
      },
    });
    return row.id;
  };
  const superseded = await ended(7, "superseded");
  const revoked = await ended(8, "revoked");
  const stranger = makeKeyPair();
  const old = makeKeyPair();
  await db.agentKey.create({
    data: {
      jkt: old.jkt,
      agentId: who.agent.id,
      publicJwk: old.publicJwk,
      notBefore: new Date(Date.now() - 2000),
      notAfter: new Date(Date.now() - 1000),
      createdAt: new Date(),
    },
  });
  const reasons = async (...changes: readonly Partial<Credential>[]) =>
    (await decideAll(changes.map((change) => proven(who, request, change)))).map((a) => a.reason);
  expect(
    await reasons(
      { manifestId: superseded },
      { manifestId: revoked },
      { manifestId: newId("mft") },
      { jkt: stranger.jkt },
      { jkt: old.jkt },
      { refusal: "token_expired" },
    ),
  ).toEqual([
    "manifest_superseded",
    "manifest_revoked",
    "manifest_revoked",
    "agent_key_unknown",
    "agent_key_expired",
    "token_expired",
  ]);
  expect(await db.budgetUsage.count({ where: { agentId: who.agent.id } })).toBe(0);
});

test("an unknown agent is refused and leaves no entry", async () => {
  const before = await db.ledgerEntry.count();
  const answer = await only(simulated(readInvoice("agt_nobodyknows1")));
  expect(answer).toMatchObject({ outcome: "deny", reason: "agent_unknown", seq: null });
  expect(await db.ledgerEntry.count()).toBe(before);
});

test("what was not proven to come from the agent stands in the ledger as an attempt, and nothing of it in the body", async () => {
  const who = await makeSponsoredAgent();
  const item = proven(who, postEntry(who.agent.id), {
    proven: false,
    proof: null,
    refusal: "proof_stale",
  });
  const { body, detail } = await entryOf((await only(item)).seq);
  expect(body).toMatchObject({ outcome: "deny", reason: "proof_stale", action: null, spend: null });
  expect(detail).toMatchObject({ proven: false });
  expect(await db.review.count({ where: { agentId: who.agent.id } })).toBe(0);
});

test("a held request opens one review with the tier's due time, tells the sponsor once, and is counted when asked again", async () => {
  const who = await makeSponsoredAgent({ tier: "critical" });
  const request = postEntry(who.agent.id);
  const at = new Date();
  const [first, second] = await decideAll([simulated(request, at), simulated(request, at)]);
  const again = await only(
    simulated({ ...request, context: { ...request.context, reasoning: "told anew", step: 9 } }, at),
  );
  expect(first).toMatchObject({ outcome: "hold", reason: "confirm_each" });
  expect(first?.review?.state).toBe("open");
  expect(second?.review).toEqual(first?.review);
  expect(again.review).toEqual(first?.review);
  const review = await db.review.findUniqueOrThrow({ where: { id: first?.review?.id ?? "" } });
  expect(review).toMatchObject({ asked: 3, sponsorId: who.sponsor.id, seq: first?.seq });
  expect(review.dueAt.getTime() - at.getTime()).toBe(60 * 60_000);
  const notes = await db.notification.findMany({ where: { personId: who.sponsor.id } });
  expect(notes.map((note) => note.href)).toEqual([`/reviews/${review.id}`]);
});

async function resolve(reviewId: string, resolution: "uphold" | "override", at = new Date()) {
  await db.review.update({
    where: { id: reviewId },
    data: { state: "resolved", resolution, resolvedAt: at, resolvedSeq: 0n },
  });
}

test("a grant lifts a hold for exactly this request, once", async () => {
  const who = await makeSponsoredAgent();
  const request = postEntry(who.agent.id);
  const held = await only(proven(who, request));
  const reviewId = held.review?.id ?? "";
  await resolve(reviewId, "override");
  const grant = await db.grant.create({
    data: {
      id: newId("grt"),
      agentId: who.agent.id,
      reviewId,
      requestDigest: held.requestDigest,
      expiresAt: new Date(Date.now() + 60_000),
      createdAt: new Date(),
    },
  });
  const other = await only(proven(who, postEntry(who.agent.id, 1200.51)));
  expect(other.outcome).toBe("hold");
  const [first, second] = await decideAll([proven(who, request), proven(who, request)]);
  expect(first).toMatchObject({ outcome: "allow", reason: "granted_once", grantId: grant.id });
  expect(second).toMatchObject({ outcome: "hold", grantId: null });
  expect(second?.review?.id).not.toBe(reviewId);
  const used = await db.grant.findUniqueOrThrow({ where: { id: grant.id } });
  expect(used.usedSeq).toBe(first?.seq);
  expect((await only(proven(who, request))).outcome).toBe("hold");
});

test("a grant that has run out lifts nothing", async () => {
  const who = await makeSponsoredAgent();
  const request = postEntry(who.agent.id);
  const held = await only(proven(who, request));
  const reviewId = held.review?.id ?? "";
  await resolve(reviewId, "override");
  await db.grant.create({
    data: {
      id: newId("grt"),
      agentId: who.agent.id,
      reviewId,
      requestDigest: held.requestDigest,
      expiresAt: new Date(Date.now() - 1),
      createdAt: new Date(),
    },
  });
  expect((await only(proven(who, request))).outcome).toBe("hold");
});

test("an upheld refusal stands for a day: asking again opens no new review", async () => {
  const who = await makeSponsoredAgent();
  const request = postEntry(who.agent.id);
  const reviewId = (await only(simulated(request))).review?.id ?? "";
  const answered = new Date();
  await resolve(reviewId, "uphold", answered);
  expect((await only(simulated(request))).review).toEqual({ id: reviewId, state: "upheld" });
  const nextDay = new Date(answered.getTime() + 24 * 3600_000 + 1);
  expect((await only(simulated(request, nextDay))).review?.state).toBe("open");
});

test("a flood of refused requests fills the queue to its limit and no further; the ledger holds them all", async () => {
  const who = await makeSponsoredAgent();
  const row = (n: number) => ({
    id: newId("rev"),
    agentId: who.agent.id,
    outcome: "hold",
    reason: "confirm_each",
    requestDigest: `d${n}`,
    seq: 0n,
    createdAt: new Date(),
    dueAt: new Date(),
  });
  await db.review.createMany({
    data: Array.from({ length: OPEN_REVIEWS_MAX - 1 }, (_, n) => row(n)),
  });
  const [last, beyond] = await decideAll([
    simulated(postEntry(who.agent.id, 1, "le-1")),
    simulated(postEntry(who.agent.id, 1, "le-2")),
  ]);
  expect(last?.review?.state).toBe("open");
  expect(beyond).toMatchObject({ outcome: "hold", review: null });
  expect((await entryOf(beyond?.seq ?? null)).body.reviewId).toBeNull();
});

test("budgets are exact within a batch and across gateways that run at once", async () => {
  const who = await makeSponsoredAgent({
    manifest: { budgets: { requests: { day: 25 }, records: { day: 1000 } } },
  });
  const ask = () =>
    decideAll(
      Array.from({ length: 10 }, () => proven(who, readInvoice(who.agent.id))),
      new DecisionState(),
    );
  const answers = (await Promise.all([ask(), ask(), ask(), ask()])).flat();
  expect(answers.filter((answer) => answer.outcome === "allow")).toHaveLength(25);
  expect(answers.filter((answer) => answer.reason === "budget_requests")).toHaveLength(15);
  const day = await db.budgetUsage.findMany({ where: { agentId: who.agent.id, period: "day" } });
  expect(day.map((row) => [row.requests, Number(row.records)])).toEqual([[40, 25]]);
});

test("a target that was confirmed for good is confirmed under this manifest and cluster only", async () => {
  const rule = {
    actions: ["read"],
    resources: ["invoice:*"],
    impact: "routine" as const,
    confirm: "new-target" as const,
  };
  const who = await makeSponsoredAgent({
    manifest: { clusters: [{ id: "read-documents", purpose: "Read invoices", rules: [rule] }] },
  });
  const request = readInvoice(who.agent.id);
  expect((await only(simulated(request))).reason).toBe("confirm_new_target");
  await db.confirmedTarget.create({
    data: {
      manifestId: who.manifest.id,
      clusterId: "read-documents",
      target: "read invoice:inv-1",
      at: new Date(),
    },
  });
  expect((await only(simulated(request))).outcome).toBe("allow");
  expect((await only(simulated(readInvoice(who.agent.id, "inv-2")))).outcome).toBe("hold");
});

test("training that ends by the clock ends the agent's authority without any event", async () => {
  const who = await makeSponsoredAgent();
  const request = readInvoice(who.agent.id);
  expect((await only(simulated(request))).outcome).toBe("allow");
  const inTwoYears = new Date(Date.now() + 2 * 366 * 86_400_000);
  // The manifest ends before that; what counts here is who is asked first.
  const answer = await only(simulated(request, inTwoYears));
  expect(answer.outcome).toBe("deny");
  await db.certificate.deleteMany({ where: { personId: who.sponsor.id } });
  await bumpFor(who.agent.id);
  expect((await only(simulated(request))).reason).toBe("sponsor_not_competent");
  await db.person.update({ where: { id: who.sponsor.id }, data: { active: false } });
  const deputy = await makePerson(["sponsor"]);
  await bumpFor(who.agent.id);
  expect((await only(simulated(request))).reason).toBe("no_sponsor");
  await db.sponsorship.create({
    data: {
      id: newId("spn"),
      agentId: who.agent.id,
      personId: deputy.id,
      kind: "deputy",
      fromAt: new Date(),
    },
  });
  await bumpFor(who.agent.id);
  expect(await only(simulated(request))).toMatchObject({
    reason: "sponsor_not_competent",
    sponsorId: deputy.id,
  });
});

/** Factories write no ledger entry, so the state must be told by hand. */
async function bumpFor(agentId: string) {
  await ledgerTransaction({ personId: null, now: new Date() }, async () => ({
    value: null,
    events: [{ event: { kind: "agent.changed", agentId, tier: "moderate", fields: [] } }],
  }));
}

test("many groups at once, human acts between them: the sequence has no gap and no double", async () => {
  const who = await makeSponsoredAgent();
  const states = [new DecisionState(), new DecisionState()];
  await Promise.all([
    ...Array.from({ length: 12 }, (_, i) =>
      decideAll(
        Array.from({ length: 5 }, () => simulated(readInvoice(who.agent.id))),
        states[i % 2],
      ),
    ),
    ...Array.from({ length: 6 }, () => bumpFor(who.agent.id)),
  ]);
  const entries = await db.ledgerEntry.findMany({ orderBy: { seq: "asc" }, select: { seq: true } });
  expect(entries.map((entry) => Number(entry.seq))).toEqual(entries.map((_, index) => index));
});

test("a batch that fails leaves nothing behind", async () => {
  const who = await makeSponsoredAgent();
  const before = await db.ledgerEntry.count();
  const item = proven(who, readInvoice(who.agent.id));
  const bad = { ...item, request: readInvoice(who.agent.id, "nul\u0000") };
  await expect(decideAll([item, { ...bad, credential: null }])).rejects.toThrow();
  expect(await db.ledgerEntry.count()).toBe(before);
  expect(await db.budgetUsage.count({ where: { agentId: who.agent.id } })).toBe(0);
  // The proof of the good one was not used up.
  expect((await only(item)).outcome).toBe("allow");
});
