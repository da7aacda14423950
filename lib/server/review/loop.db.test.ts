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
  return { agent, ctx: ctxOf(sponsor, ["sponsor"]), request, ask, form };
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
