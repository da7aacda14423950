import { beforeAll, expect, test } from "vitest";
import type { NeedKind } from "@/lib/domain/today/view";
import { MODULE_IDS } from "@/lib/domain/training/competence";
import { applyContainment } from "@/lib/server/containment/apply";
import type { Ctx } from "@/lib/server/context";
import { db } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { markRead } from "@/lib/server/notification/mark-read";
import { readInbox } from "@/lib/server/notification/queries";
import {
  ctxOf,
  exampleManifest,
  makeAgent,
  makeCompetent,
  makeLegalEntity,
  makeManifestInForce,
  makePerson,
  randomDigest,
} from "@/testing/factories";
import { today } from "./queries";

const now = new Date();
const hours = (count: number) => new Date(now.getTime() + count * 3_600_000);
let legalEntityId = "";
beforeAll(async () => {
  legalEntityId = (await makeLegalEntity()).id;
});

async function bench() {
  const owner = await makePerson(["owner"], "Olive Owner");
  const sponsor = await makePerson(["sponsor"], "Sam Sponsor");
  await makeCompetent(sponsor.id, MODULE_IDS);
  const { agent } = await makeAgent({ ownerId: owner.id, legalEntityId, sponsorId: sponsor.id });
  return { owner, sponsor, agent };
}
const view = (ctx: Ctx) => today(ctx, { sessionId: "ses_none" });
const section = async (ctx: Ctx, kind: NeedKind) =>
  (await view(ctx)).sections.find((found) => found.kind === kind);

test("a sponsor sees reviews and manifests of their agents, not of others'", async () => {
  const { owner, sponsor, agent } = await bench();
  const other = await bench();
  const reviewId = newId("rev");
  await db.review.create({
    data: {
      id: reviewId,
      agentId: agent.id,
      sponsorId: sponsor.id,
      outcome: "hold",
      reason: "confirm_each",
      requestDigest: randomDigest(),
      seq: 0,
      createdAt: hours(-7),
      dueAt: hours(1),
    },
  });
  const manifest = await makeManifestInForce(exampleManifest(agent.id), owner.id);
  await db.manifest.update({
    where: { id: manifest.id },
    data: { state: "submitted", approvedAt: null },
  });
  const ctx = ctxOf(sponsor, ["sponsor"], now);
  expect((await section(ctx, "reviews"))?.needs).toMatchObject([
    { id: reviewId, href: `/reviews/${reviewId}`, urgency: "soon" },
  ]);
  expect((await section(ctx, "approvals"))?.needs).toMatchObject([
    { href: `/manifests/${manifest.id}` },
  ]);
  const theirs = ctxOf(other.sponsor, ["sponsor"], now);
  expect((await section(theirs, "reviews"))?.total).toBe(0);
  expect((await section(theirs, "approvals"))?.total).toBe(0);
  const owners = ctxOf(owner, ["owner", "sponsor"], now);
  expect((await section(owners, "approvals"))?.total).toBe(0);
});

test("an owner sees drafts that came back or came from a review, and manifests that end", async () => {
  const { owner, agent } = await bench();
  const soon = exampleManifest(agent.id);
  const inForce = await makeManifestInForce(
    { ...soon, validity: { ...soon.validity, notAfter: hours(24 * 5).toISOString() } },
    owner.id,
  );
  const returned = await db.manifest.create({
    data: {
      id: newId("mft"),
      agentId: agent.id,
      version: 2,
      state: "returned",
      document: soon,
      authorId: owner.id,
      createdAt: now,
      updatedAt: now,
      returnReason: "Too wide",
    },
  });
  const ctx = ctxOf(owner, ["owner"], now);
  expect((await section(ctx, "drafts"))?.needs).toMatchObject([
    { href: `/manifests/${returned.id}`, detail: "returned: Too wide" },
  ]);
  expect((await section(ctx, "expiring"))?.needs).toMatchObject([
    { href: `/manifests/${inForce.id}`, urgency: "soon" },
  ]);
});

test("an administrator sees agents for whom nobody answers and sponsors whose training is not current", async () => {
  const { owner, agent, sponsor } = await bench();
  const { agent: alone } = await makeAgent({ ownerId: owner.id, legalEntityId });
  await db.certificate.updateMany({
    where: { personId: sponsor.id },
    data: { expiresAt: hours(24) },
  });
  const untrained = await makePerson(["sponsor"], "Una Trained");
  const { agent: blind } = await makeAgent({
    ownerId: owner.id,
    legalEntityId,
    sponsorId: untrained.id,
  });
  const ctx = ctxOf(await makePerson(["admin"]), ["admin"], now);
  expect((await section(ctx, "unsponsored"))?.needs.map(({ id }) => id)).toContain(alone.id);
  const training = (await section(ctx, "training"))?.needs ?? [];
  expect(training.find(({ id }) => id === agent.id)).toMatchObject({ urgency: "soon" });
  expect(training.find(({ id }) => id === blind.id)).toMatchObject({ urgency: "overdue" });
});

test("risk that rose within a week, and containment, with who did it", async () => {
  const { sponsor, agent } = await bench();
  const score = (at: Date, value: number) =>
    db.riskScore.create({
      data: {
        agentId: agent.id,
        at,
        score: value,
        formula: "risk-2",
        factors: [{ signal: "refusals", value: 1, points: value, words: "9 of 10 held" }],
        seq: 0,
      },
    });
  await score(hours(-24 * 9), 20);
  await score(hours(-24 * 2), 55);
  await db.agent.update({ where: { id: agent.id }, data: { riskScore: 55 } });
  const ctx = ctxOf(sponsor, ["sponsor"], now);
  await applyContainment(ctx, { agentId: agent.id, level: "throttle", reason: "Looks odd to me" });
  expect((await section(ctx, "risk"))?.needs).toMatchObject([
    { title: expect.stringContaining("from 20 to 55"), detail: "9 of 10 held" },
  ]);
  expect((await section(ctx, "contained"))?.needs).toMatchObject([
    { title: expect.stringContaining("throttle"), detail: "by Sam Sponsor" },
  ]);
  await db.riskScore.updateMany({ where: { agentId: agent.id, score: 20 }, data: { score: 50 } });
  expect((await section(ctx, "risk"))?.total).toBe(0);
});

test("acts since the last visit are new, earlier ones are not; the visit is the session before this one", async () => {
  const { sponsor, agent } = await bench();
  const ctx = ctxOf(sponsor, ["sponsor"], hours(-2));
  const session = (id: string, createdAt: Date, lastSeenAt: Date) =>
    db.signInSession.create({
      data: {
        id,
        personId: sponsor.id,
        method: "password",
        createdAt,
        lastSeenAt,
        expiresAt: hours(10),
      },
    });
  const sessionId = newId("ses");
  await session(newId("ses"), hours(-30), hours(-3));
  await session(sessionId, hours(-1), now);
  await applyContainment(ctx, { agentId: agent.id, level: "observe", reason: "To be watched" });
  const seen = await today({ ...ctx, now }, { sessionId });
  expect(seen.since).toBe(hours(-3).toISOString());
  expect(seen.acts[0]).toMatchObject({
    who: "Sam Sponsor",
    what: "Containment applied: observe",
    isNew: true,
    agent: { id: agent.id },
  });
  await db.signInSession.updateMany({
    where: { personId: sponsor.id, id: { not: sessionId } },
    data: { lastSeenAt: now },
  });
  const again = await today({ ...ctx, now }, { sessionId });
  expect(again.newActs).toBe(0);
  expect(again.acts[0]?.isNew).toBe(false);
});

test("an auditor hears that the ledger was never verified", async () => {
  const ctx = ctxOf(await makePerson(["auditor"]), ["auditor"], now);
  const needs = (await section(ctx, "ledger"))?.needs.map(({ id }) => id);
  expect(needs).toEqual(["checkpoint", "verify"]);
});

test("every figure and every section leads somewhere; who holds no role gets nothing", async () => {
  const { sponsor } = await bench();
  const all = ctxOf(sponsor, ["admin", "sponsor", "owner", "compliance", "auditor"], now);
  const { figures, sections } = await view(all);
  for (const { href } of [...figures, ...sections, ...sections.flatMap(({ needs }) => needs)]) {
    expect(href).toMatch(/^\/[a-z]+(\/[a-z0-9_/-]+)?(\?[a-z=&-]+)?$/);
  }
  expect(new Set(sections.map(({ kind }) => kind)).size).toBe(sections.length);
  await expect(view(ctxOf(sponsor, [], now))).rejects.toMatchObject({ code: "forbidden" });
});

test("the inbox holds one's own notes, unread first; marking never touches anyone else's", async () => {
  const one = await makePerson(["owner"]);
  const two = await makePerson(["owner"]);
  const note = (personId: string, createdAt: Date) => ({
    id: newId("ntf"),
    personId,
    kind: "x",
    title: "Something",
    href: "/",
    createdAt,
  });
  const older = note(one.id, hours(-2));
  const newer = note(one.id, hours(-1));
  const foreign = note(two.id, hours(-1));
  await db.notification.createMany({ data: [older, newer, foreign] });
  const ctx = ctxOf(one, ["owner"], now);
  await markRead(ctx, { id: newer.id });
  await markRead(ctx, { id: foreign.id });
  const inbox = await readInbox(ctx);
  expect(inbox.unread).toBe(1);
  expect(inbox.notes.map(({ id, read }) => [id, read])).toEqual([
    [older.id, false],
    [newer.id, true],
  ]);
  expect(await markRead(ctx, { upTo: now.toISOString() })).toEqual({ marked: 1 });
  expect((await readInbox(ctxOf(two, ["owner"], now))).unread).toBe(1);
});
