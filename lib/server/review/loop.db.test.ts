import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { IntentManifest } from "@/lib/domain/manifest/manifest";
import type { EvaluationRequest } from "@/lib/domain/policy/request";
import { MODULE_IDS } from "@/lib/domain/training/competence";
import { applyContainment } from "@/lib/server/containment/apply";
import { db } from "@/lib/server/db";
import { decideGroup } from "@/lib/server/decision/decide";
import { DecisionState } from "@/lib/server/decision/state";
import { hashPassword } from "@/lib/server/identity/password-hash";
import {
  ctxOf,
  exampleManifest,
  makeAgent,
  makeCompetent,
  makeLegalEntity,
  makeManifestInForce,
  makePerson,
} from "@/testing/factories";
import { postEntry } from "@/testing/sponsored-agent";
import { amendForReview } from "./amend";
import { resolveReview } from "./resolve";
import { markOf } from "./seen";

// The real decision point on one side, the real verbs on the other.
const PASSWORD = "correct horse battery staple";
const REASON = "I called the supplier and it is right";
const client = new pg.Client({ connectionString: process.env["DATABASE_URL"] });
const state = new DecisionState();
let ownerId = "";
let legalEntityId = "";
beforeAll(async () => {
  await client.connect();
  ownerId = (await makePerson(["owner"])).id;
  legalEntityId = (await makeLegalEntity()).id;
});
afterAll(() => client.end());

async function setUp(change: (manifest: IntentManifest) => IntentManifest = (m) => m) {
  const sponsor = await makePerson(["sponsor"]);
  await makeCompetent(sponsor.id, MODULE_IDS);
  const passwordHash = await hashPassword(PASSWORD);
  await db.person.update({ where: { id: sponsor.id }, data: { passwordHash } });
  const { agent } = await makeAgent({ ownerId, legalEntityId, sponsorId: sponsor.id });
  await makeManifestInForce(change(exampleManifest(agent.id)), ownerId);
  // As an agent that registers does: the decision point has to read it.
  await applyContainment(ctxOf(await makePerson(["admin"]), ["admin"]), {
    agentId: agent.id,
    level: "observe",
    reason: "New here: under observation",
  });
  const request = (id: string, reasoning = "I need it"): EvaluationRequest => ({
    subject: { type: "agent", id: agent.id },
    action: { name: "read" },
    resource: { type: "contract", id },
    context: {
      cluster: "read-documents",
      purpose: "Reconcile",
      reasoning,
      dataClass: "internal",
    },
  });
  const ask = async (asked: EvaluationRequest, at = new Date()) => {
    const item = { agentId: agent.id, request: asked, at, credential: null };
    const [answer] = await decideGroup(client, state, [item]);
    if (answer === undefined) throw new Error("no answer");
    return answer;
  };
  const form = async (reviewId: string | undefined, more: object) => {
    const review = await db.review.findUniqueOrThrow({ where: { id: reviewId ?? "" } });
    return { reviewId: review.id, reason: REASON, seen: markOf(review), ...more };
  };
  const ctx = ctxOf(sponsor, ["sponsor"]);
  /** The score changes, and so does the level: the decision point has to read it. */
  const risk = async (riskScore: number, level: "throttle" | "confirm-all") => {
    await db.agent.update({ where: { id: agent.id }, data: { riskScore } });
    await applyContainment(ctx, { agentId: agent.id, level, reason: "Its risk has changed" });
  };
  return { agent, ctx, request, ask, form, risk };
}
const override = { resolution: "override", proof: { kind: "password", password: PASSWORD } };

test("an override lets exactly that request through, exactly once, even when many ask at once", async () => {
  const { agent, ctx, request, ask, form } = await setUp();
  const first = await ask(request("acme/17"));
  expect(first).toMatchObject({ outcome: "block", reason: "no_rule" });
  await resolveReview(ctx, await form(first.review?.id, override));

  expect(await ask(request("acme/18"))).toMatchObject({ outcome: "block" });
  const again = {
    agentId: agent.id,
    request: request("acme/17", "Trying again"),
    credential: null,
  };
  const answers = await decideGroup(
    client,
    state,
    Array.from({ length: 5 }, () => ({ ...again, at: new Date() })),
  );
  expect(answers.map(({ outcome }) => outcome)).toEqual([
    "allow",
    "block",
    "block",
    "block",
    "block",
  ]);
  expect(answers[0]?.reason).toBe("granted_once");
  const grant = await db.grant.findFirstOrThrow({ where: { agentId: agent.id } });
  expect(grant.usedSeq).toBe(answers[0]?.seq);
});

test("a grant that ran out lets nothing through", async () => {
  const { ctx, request, ask, form } = await setUp();
  const first = await ask(request("acme/17"));
  const { grant } = await resolveReview(ctx, await form(first.review?.id, override));
  expect(await ask(request("acme/17"), new Date(grant?.expiresAt ?? ""))).toMatchObject({
    outcome: "block",
  });
});

test("upheld stays upheld: asking again opens no new review", async () => {
  const { ctx, request, ask, form } = await setUp();
  const first = await ask(request("acme/17"));
  await resolveReview(ctx, await form(first.review?.id, { resolution: "uphold" }));
  const again = await ask(request("acme/17"));
  expect(again).toMatchObject({
    outcome: "block",
    review: { id: first.review?.id, state: "upheld" },
  });
});

test("leave that was given beside a manifest ends with it", async () => {
  const { agent, ctx, request, ask, form, risk } = await setUp();
  const first = await ask(request("acme/17"));
  await resolveReview(ctx, await form(first.review?.id, override));
  await db.manifest.updateMany({
    where: { agentId: agent.id, state: "approved" },
    data: { state: "superseded", endedAt: new Date() },
  });
  const next = await makeManifestInForce(exampleManifest(agent.id), ownerId, 2);
  await db.manifest.update({ where: { id: next.id }, data: { approvedAt: new Date() } });
  await risk(0, "throttle");
  const again = await ask(request("acme/17"));
  expect(again).toMatchObject({ outcome: "block", grantId: null, review: { state: "open" } });
  expect(again.review?.id).not.toBe(first.review?.id);
});

test("an answer stands for the objection that it answered, not for another one", async () => {
  const { agent, ctx, ask, form, risk } = await setUp();
  const first = await ask(postEntry(agent.id));
  expect(first).toMatchObject({ outcome: "hold", reason: "confirm_each" });
  await resolveReview(ctx, await form(first.review?.id, { resolution: "uphold" }));
  expect((await ask(postEntry(agent.id))).review).toEqual({
    id: first.review?.id,
    state: "upheld",
  });
  await risk(100, "throttle");
  const blocked = await ask(postEntry(agent.id));
  expect(blocked).toMatchObject({ outcome: "block", reason: "risk_contain" });
  expect(blocked.review).toMatchObject({ state: "open" });
  expect(blocked.review?.id).not.toBe(first.review?.id);
});

test("leave that was given inside the mandate lifts no block, and stays good for what it was given for", async () => {
  const { agent, ctx, ask, form, risk } = await setUp();
  const first = await ask(postEntry(agent.id));
  await resolveReview(ctx, await form(first.review?.id, { resolution: "override" }));
  await risk(100, "throttle");
  expect(await ask(postEntry(agent.id))).toMatchObject({
    outcome: "block",
    reason: "risk_contain",
    grantId: null,
  });
  await risk(0, "confirm-all");
  expect(await ask(postEntry(agent.id))).toMatchObject({ reason: "granted_once" });
  expect(await ask(postEntry(agent.id))).toMatchObject({ outcome: "hold" });
});

test("stop: the agent's next request, even an allowed one, is refused", async () => {
  const { ctx, request, ask, form } = await setUp();
  const allowed: EvaluationRequest = {
    ...request("x"),
    resource: { type: "invoice", id: "2026-1" },
  };
  expect(await ask(allowed)).toMatchObject({ outcome: "allow" });
  const first = await ask(request("acme/17"));
  await resolveReview(ctx, await form(first.review?.id, { resolution: "stop" }));
  expect(await ask(allowed)).toMatchObject({ outcome: "deny", reason: "agent_stopped" });
});

test("a target confirmed for good is allowed from then on; another target still waits", async () => {
  const { ctx, request, ask, form } = await setUp((manifest) => ({
    ...manifest,
    clusters: [
      {
        id: "read-documents",
        purpose: "Read contracts",
        rules: [
          {
            actions: ["read"],
            resources: ["contract:**"],
            impact: "routine",
            confirm: "new-target",
          },
        ],
      },
    ],
  }));
  const first = await ask(request("acme/17"));
  expect(first).toMatchObject({ outcome: "hold", reason: "confirm_new_target" });
  const { proof } = override;
  await resolveReview(ctx, await form(first.review?.id, { resolution: "confirm-target", proof }));
  for (let round = 0; round < 2; round += 1) {
    expect(await ask(request("acme/17"))).toMatchObject({ reason: "within_manifest" });
  }
  expect(await ask(request("acme/18"))).toMatchObject({ outcome: "hold" });
});

test("an amendment is a draft that would allow the request and nothing more, and gives no authority yet", async () => {
  const { agent, ctx, request, ask, form } = await setUp();
  const first = await ask(request("acme/17"));
  const input = await form(first.review?.id, {});
  const done = await amendForReview(ctx, input);
  expect(done.version).toBe(2);
  const draft = await db.manifest.findUniqueOrThrow({ where: { id: done.manifestId } });
  expect(draft).toMatchObject({
    state: "draft",
    authorId: ownerId,
    reviewId: first.review?.id,
    digest: null,
  });
  const document = IntentManifest.parse(draft.document);
  expect(JSON.stringify(document)).toContain("contract:acme/17");
  expect(JSON.stringify(document)).not.toContain("contract:*");
  expect(await ask(request("acme/17"))).toMatchObject({ outcome: "block" });
  const entries = await db.ledgerEntry.findMany({
    where: { agentId: agent.id, kind: { in: ["review.resolved", "manifest.drafted"] } },
    orderBy: { seq: "asc" },
  });
  expect(entries.map(({ canonical }) => JSON.parse(canonical))).toMatchObject([
    { kind: "review.resolved", resolution: "amend", manifestId: done.manifestId },
    { kind: "manifest.drafted", version: 2, reviewId: first.review?.id },
  ]);
  expect(
    await db.notification.count({
      where: { personId: ownerId, href: `/manifests/${done.manifestId}/edit` },
    }),
  ).toBe(1);
  await expect(amendForReview(ctx, input)).rejects.toMatchObject({ code: "conflict" });
});

test("a never-rule is amended by nobody", async () => {
  const { ctx, request, ask, form } = await setUp();
  const payroll = { ...request("x"), resource: { type: "payroll", id: "2026/11" } };
  const first = await ask(payroll);
  expect(first.reason).toBe("never_rule");
  await expect(amendForReview(ctx, await form(first.review?.id, {}))).rejects.toMatchObject({
    code: "conflict",
  });
  expect(await db.manifest.count({ where: { reviewId: first.review?.id ?? "" } })).toBe(0);
});

test("untrained sponsors amend nothing", async () => {
  const { ctx, request, ask, form } = await setUp();
  const first = await ask(request("acme/17"));
  await db.certificate.deleteMany({ where: { personId: ctx.actor.id } });
  await expect(amendForReview(ctx, await form(first.review?.id, {}))).rejects.toMatchObject({
    code: "competence",
  });
});
