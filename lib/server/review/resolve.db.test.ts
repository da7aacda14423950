import { beforeAll, describe, expect, test } from "vitest";
import type { Role } from "@/lib/domain/access/permissions";
import type { Tier } from "@/lib/domain/agent/tier";
import { requestDigest } from "@/lib/domain/policy/digest";
import type { ReasonCode } from "@/lib/domain/policy/reasons";
import { REASONS } from "@/lib/domain/policy/reasons";
import type { EvaluationRequest } from "@/lib/domain/policy/request";
import { dueAt } from "@/lib/domain/review/review";
import { MODULE_IDS } from "@/lib/domain/training/competence";
import { db } from "@/lib/server/db";
import { hashPassword } from "@/lib/server/identity/password-hash";
import { newId } from "@/lib/server/ids";
import { ledgerTransaction } from "@/lib/server/ledger/transaction";
import {
  ctxOf,
  exampleManifest,
  makeAgent,
  makeCompetent,
  makeLegalEntity,
  makeManifestInForce,
  makePerson,
} from "@/testing/factories";
import { escalateReview } from "./escalate";
import { escalateOverdue } from "./escalate-overdue";
import { resolveReview } from "./resolve";
import { markOf } from "./seen";

const REASON = "I know this supplier and checked the invoice";
const PASSWORD = "correct horse battery staple";
let ownerId = "";
let legalEntityId = "";
let passwordHash = "";
beforeAll(async () => {
  ownerId = (await makePerson(["owner"])).id;
  legalEntityId = (await makeLegalEntity()).id;
  passwordHash = await hashPassword(PASSWORD);
});

async function person(roles: readonly Role[], trained = true) {
  const made = await makePerson(roles, "Avery Stone");
  await db.person.update({ where: { id: made.id }, data: { passwordHash } });
  if (trained) await makeCompetent(made.id, MODULE_IDS);
  return made;
}

type Options = {
  readonly reason?: ReasonCode;
  readonly tier?: Tier;
  readonly trained?: boolean;
  readonly openedAt?: Date;
};

/** An agent with sponsor, deputy and manifest, and one open review on it as the decision point leaves it. */
async function openReview(options: Options = {}) {
  const reason = options.reason ?? "no_rule";
  const tier = options.tier ?? "moderate";
  const sponsor = await person(["sponsor"], options.trained ?? true);
  const deputy = await person(["sponsor"]);
  const { agent } = await makeAgent({
    ownerId,
    legalEntityId,
    tier,
    sponsorId: sponsor.id,
    deputyId: deputy.id,
  });
  const manifest = await makeManifestInForce(exampleManifest(agent.id), ownerId);
  const request: EvaluationRequest = {
    subject: { type: "agent", id: agent.id },
    action: { name: "read" },
    resource: { type: "contract", id: "acme/2026/17" },
    context: {
      cluster: "read-documents",
      purpose: "Reconcile",
      reasoning: "The contract holds the price",
      dataClass: "internal",
    },
  };
  const now = options.openedAt ?? new Date(Date.now() - 60_000);
  const reviewId = newId("rev");
  await ledgerTransaction({ personId: null, now }, async (tx, seq) => {
    await tx.review.create({
      data: {
        id: reviewId,
        agentId: agent.id,
        sponsorId: sponsor.id,
        outcome: REASONS[reason],
        reason,
        requestDigest: requestDigest(request),
        seq,
        createdAt: now,
        dueAt: dueAt(tier, now),
      },
    });
    return {
      value: null,
      events: [
        {
          event: {
            kind: "decision",
            agentId: agent.id,
            sponsorId: sponsor.id,
            manifestId: manifest.id,
            manifestVersion: 1,
            outcome: REASONS[reason],
            reason,
            cluster: "read-documents",
            rule: null,
            action: "read",
            resourceType: "contract",
            dataClass: "internal",
            records: null,
            spend: null,
            riskScore: 0,
            containment: null,
            reviewId,
            grantId: null,
            simulated: false,
          },
          detail: { request, sentence: "No rule allows it.", miss: null, nearest: null },
        },
      ],
    };
  });
  const review = await db.review.findUniqueOrThrow({ where: { id: reviewId } });
  const input = (resolution: string, more: object = {}) => ({
    reviewId,
    resolution,
    reason: REASON,
    seen: markOf(review),
    ...more,
  });
  return { agent, sponsor, deputy, manifest, request, review, reviewId, input };
}

const password = { proof: { kind: "password", password: PASSWORD } };
const lastEvent = async (agentId: string) => {
  const entry = await db.ledgerEntry.findFirstOrThrow({
    where: { agentId },
    orderBy: { seq: "desc" },
  });
  const detail = await db.ledgerDetail.findUnique({ where: { seq: entry.seq } });
  return { seq: entry.seq, body: JSON.parse(entry.canonical), detail: detail?.detail };
};

describe("uphold", () => {
  test("ends the review, records who and why, and keeps the words out of the body", async () => {
    const { agent, sponsor, reviewId, input } = await openReview();
    await resolveReview(ctxOf(sponsor, ["sponsor"]), input("uphold"));
    const entry = await lastEvent(agent.id);
    expect(entry.body).toMatchObject({
      kind: "review.resolved",
      reviewId,
      resolution: "uphold",
      personId: sponsor.id,
      sponsorId: sponsor.id,
      grantId: null,
      secondsOpen: 60,
    });
    expect(JSON.stringify(entry.body)).not.toContain(REASON);
    expect(entry.detail).toMatchObject({ reason: REASON });
    expect(await db.review.findUnique({ where: { id: reviewId } })).toMatchObject({
      state: "resolved",
      resolution: "uphold",
      resolvedById: sponsor.id,
      resolvedSeq: entry.seq,
    });
    // The one who did it needs no note, and single answers are not the owner's inbox.
    expect(await db.notification.count({ where: { href: `/reviews/${reviewId}` } })).toBe(0);
  });

  test("the notes that asked for it are settled; the sponsor hears that the deputy answered", async () => {
    const { sponsor, deputy, reviewId, input } = await openReview();
    await db.notification.create({
      data: {
        id: newId("ntf"),
        personId: sponsor.id,
        kind: "review.opened",
        title: "A request was blocked",
        href: `/reviews/${reviewId}`,
        createdAt: new Date(),
      },
    });
    await resolveReview(ctxOf(deputy, ["sponsor"]), input("uphold"));
    const unread = await db.notification.findMany({
      where: { href: `/reviews/${reviewId}`, readAt: null },
      select: { kind: true, personId: true },
    });
    expect(unread).toEqual([{ kind: "review.resolved", personId: sponsor.id }]);
  });

  test("needs no training", async () => {
    const { sponsor, input } = await openReview({ trained: false });
    await expect(
      resolveReview(ctxOf(sponsor, ["sponsor"]), input("uphold")),
    ).resolves.toMatchObject({ grant: null });
  });

  test("needs a reason in words and refuses invisible characters and unknown fields", async () => {
    const { sponsor, input, reviewId } = await openReview();
    const ctx = ctxOf(sponsor, ["sponsor"]);
    for (const bad of [
      { reason: "no" },
      { reason: "          " },
      { reason: `looks fine \u202e to me` },
      { reason: "x".repeat(2001) },
      { more: true },
      { resolution: "amend" },
      { resolution: "escalate" },
    ]) {
      await expect(resolveReview(ctx, input("uphold", bad))).rejects.toMatchObject({
        code: "invalid",
      });
    }
    expect((await db.review.findUniqueOrThrow({ where: { id: reviewId } })).state).toBe("open");
  });
});

describe("override", () => {
  test("leaves one grant, bound to that very request, for half an hour", async () => {
    const { agent, deputy, review, input } = await openReview();
    const now = new Date();
    const { grant } = await resolveReview(
      ctxOf(deputy, ["sponsor"], now),
      input("override", password),
    );
    expect(grant?.expiresAt).toBe(new Date(now.getTime() + 30 * 60_000).toISOString());
    const grants = await db.grant.findMany({ where: { agentId: agent.id } });
    expect(grants).toHaveLength(1);
    expect(grants[0]).toMatchObject({
      id: grant?.id,
      requestDigest: review.requestDigest,
      usedAt: null,
    });
    const entry = await lastEvent(agent.id);
    expect(entry.body).toMatchObject({ resolution: "override", grantId: grant?.id });
    expect(entry.detail).toMatchObject({ stepUp: { assurance: "password" } });
  });

  test("outside the mandate it asks for the password again; a wrong one changes nothing", async () => {
    const { agent, sponsor, reviewId, input } = await openReview();
    const ctx = ctxOf(sponsor, ["sponsor"]);
    const wrong = { proof: { kind: "password", password: "not the password" } };
    for (const more of [{}, wrong]) {
      await expect(resolveReview(ctx, input("override", more))).rejects.toMatchObject({
        code: "forbidden",
      });
    }
    expect(await db.grant.count({ where: { agentId: agent.id } })).toBe(0);
    expect((await db.review.findUniqueOrThrow({ where: { id: reviewId } })).state).toBe("open");
  });

  test("at a high tier a password is not enough", async () => {
    const { sponsor, input } = await openReview({ tier: "high" });
    await expect(
      resolveReview(ctxOf(sponsor, ["sponsor"]), input("override", password)),
    ).rejects.toMatchObject({ code: "forbidden", message: expect.stringContaining("passkey") });
  });

  test("a request inside the mandate is confirmed without more than the session", async () => {
    const { sponsor, input } = await openReview({ reason: "confirm_each" });
    const { grant } = await resolveReview(ctxOf(sponsor, ["sponsor"]), input("override"));
    expect(grant).not.toBeNull();
  });

  test("never lifts a never-rule, whoever asks", async () => {
    const { agent, sponsor, input } = await openReview({ reason: "never_rule" });
    await expect(
      resolveReview(ctxOf(sponsor, ["sponsor"]), input("override", password)),
    ).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("never-rule") });
    expect(await db.grant.count({ where: { agentId: agent.id } })).toBe(0);
  });

  test("takes current training", async () => {
    const { sponsor, input } = await openReview({ trained: false });
    await expect(
      resolveReview(ctxOf(sponsor, ["sponsor"]), input("override", password)),
    ).rejects.toMatchObject({ code: "competence" });
  });

  test("is useless, and refused, once the manifest is gone", async () => {
    const { sponsor, manifest, input } = await openReview();
    await db.manifest.update({
      where: { id: manifest.id },
      data: { state: "revoked", endedAt: new Date() },
    });
    await expect(
      resolveReview(ctxOf(sponsor, ["sponsor"]), input("override", password)),
    ).rejects.toMatchObject({ code: "conflict" });
  });
});

test("confirm-target remembers the target under this manifest and leaves no wider grant", async () => {
  const { agent, sponsor, manifest, input } = await openReview({ reason: "confirm_new_target" });
  const ctx = ctxOf(sponsor, ["sponsor"]);
  await expect(resolveReview(ctx, input("confirm-target"))).rejects.toMatchObject({
    code: "forbidden",
  });
  await resolveReview(ctx, input("confirm-target", password));
  expect(await db.confirmedTarget.findMany({ where: { manifestId: manifest.id } })).toMatchObject([
    { clusterId: "read-documents", target: "read contract:acme/2026/17" },
  ]);
  expect(await db.grant.count({ where: { agentId: agent.id } })).toBe(0);
});

test("stop: the agent is stopped and the review resolved in one transaction, without training", async () => {
  const { agent, sponsor, reviewId, input } = await openReview({ trained: false });
  await resolveReview(ctxOf(sponsor, ["sponsor"]), input("stop"));
  expect((await db.agent.findUniqueOrThrow({ where: { id: agent.id } })).containment).toBe(
    "stopped",
  );
  const entries = await db.ledgerEntry.findMany({
    where: { agentId: agent.id, kind: { not: "decision" } },
    orderBy: { seq: "asc" },
  });
  expect(entries.map(({ kind }) => kind)).toEqual(["containment.applied", "review.resolved"]);
  const containment = await db.containment.findFirstOrThrow({ where: { agentId: agent.id } });
  expect(containment).toMatchObject({
    level: "stopped",
    byPerson: sponsor.id,
    appliedSeq: entries[0]?.seq,
    liftedAt: null,
  });
  const review = await db.review.findUniqueOrThrow({ where: { id: reviewId } });
  expect(review.resolvedSeq).toBe(entries[1]?.seq);
  expect(
    await db.notification.count({ where: { personId: ownerId, href: `/reviews/${reviewId}` } }),
  ).toBe(1);
});

describe("who", () => {
  test("roles without the permission, other sponsors and the owner are refused", async () => {
    const { input } = await openReview();
    const stranger = await person(["sponsor"]);
    for (const [id, roles] of [
      [ownerId, ["owner"]],
      [ownerId, ["owner", "sponsor"]],
      [stranger.id, ["sponsor"]],
      [stranger.id, ["auditor"]],
      [stranger.id, ["admin"]],
      [stranger.id, ["compliance"]],
    ] as const) {
      await expect(resolveReview(ctxOf({ id }, roles), input("uphold"))).rejects.toMatchObject({
        code: "forbidden",
      });
    }
  });

  test("a former sponsor is refused", async () => {
    const { agent, sponsor, input } = await openReview();
    await db.sponsorship.updateMany({
      where: { agentId: agent.id, personId: sponsor.id },
      data: { toAt: new Date() },
    });
    await expect(resolveReview(ctxOf(sponsor, ["sponsor"]), input("stop"))).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  test("an unknown review is not found", async () => {
    const { sponsor, input } = await openReview();
    await expect(
      resolveReview(ctxOf(sponsor, ["sponsor"]), input("uphold", { reviewId: "rev_nothing" })),
    ).rejects.toMatchObject({ code: "not-found" });
  });
});

describe("two at once", () => {
  test("one wins, the other learns who did", async () => {
    const { agent, sponsor, deputy, reviewId, input } = await openReview();
    const results = await Promise.allSettled([
      resolveReview(ctxOf(sponsor, ["sponsor"]), input("override", password)),
      resolveReview(ctxOf(deputy, ["sponsor"]), input("override", password)),
      resolveReview(ctxOf(deputy, ["sponsor"]), input("uphold")),
    ]);
    const lost = results.filter((result) => result.status === "rejected");
    expect(lost).toHaveLength(2);
    for (const { reason } of lost) {
      expect(reason).toMatchObject({
        code: "conflict",
        message: expect.stringContaining("Avery Stone"),
      });
    }
    expect(await db.grant.count({ where: { agentId: agent.id } })).toBeLessThanOrEqual(1);
    const resolved = await db.ledgerEntry.count({
      where: { agentId: agent.id, kind: "review.resolved" },
    });
    expect(resolved).toBe(1);
    expect((await db.review.findUniqueOrThrow({ where: { id: reviewId } })).state).toBe("resolved");
  });

  test("a form that saw another state is stale", async () => {
    const { sponsor, reviewId, input } = await openReview();
    await db.review.update({ where: { id: reviewId }, data: { asked: 10 } });
    await expect(resolveReview(ctxOf(sponsor, ["sponsor"]), input("uphold"))).rejects.toMatchObject(
      { code: "stale" },
    );
  });
});

describe("escalation", () => {
  test("by the sponsor: compliance is told and may resolve, and the sponsor still may", async () => {
    const compliance = await person(["compliance"]);
    const { agent, sponsor, reviewId, input } = await openReview();
    const { resolution: _, ...escalation } = input("uphold");
    await escalateReview(ctxOf(sponsor, ["sponsor"]), escalation);
    const entry = await lastEvent(agent.id);
    expect(entry.body).toMatchObject({ kind: "review.escalated", cause: "person" });
    expect(entry.detail).toEqual({ reason: REASON });
    expect(
      await db.notification.count({
        where: { personId: compliance.id, href: `/reviews/${reviewId}` },
      }),
    ).toBe(1);
    await expect(
      resolveReview(ctxOf(compliance, ["compliance"]), input("uphold")),
    ).rejects.toMatchObject({ code: "stale" });
    const review = await db.review.findUniqueOrThrow({ where: { id: reviewId } });
    const seen = { seen: markOf(review) };
    await expect(
      escalateReview(ctxOf(sponsor, ["sponsor"]), { ...escalation, ...seen }),
    ).rejects.toMatchObject({ code: "conflict" });
    await resolveReview(ctxOf(compliance, ["compliance"]), input("uphold", seen));
    expect((await lastEvent(agent.id)).body).toMatchObject({
      personId: compliance.id,
      sponsorId: sponsor.id,
    });
  });

  test("by the clock: overdue ones once, the others not at all, and nobody twice", async () => {
    const openedAt = new Date(Date.now() - 9 * 3_600_000);
    const late = await openReview({ openedAt });
    const inTime = await openReview({ openedAt, tier: "low" });
    const done = await openReview({ openedAt });
    await resolveReview(ctxOf(done.sponsor, ["sponsor"]), done.input("uphold"));
    const now = new Date();
    const [one, two] = await Promise.all([escalateOverdue(now), escalateOverdue(now)]);
    expect([...one, ...two].filter((id) => id === late.reviewId)).toHaveLength(1);
    expect([...one, ...two]).not.toContain(inTime.reviewId);
    expect([...one, ...two]).not.toContain(done.reviewId);
    expect(await escalateOverdue(now)).toEqual([]);
    const entry = await lastEvent(late.agent.id);
    expect(entry.body).toMatchObject({
      kind: "review.escalated",
      cause: "overdue",
      personId: null,
    });
  });
});

test("who was told of it and is out of office by now is not asked any more once somebody answered", async () => {
  const { agent, sponsor, reviewId, input } = await openReview();
  await db.notification.create({
    data: {
      id: newId("ntf"),
      personId: sponsor.id,
      kind: "review.opened",
      title: "A request was blocked",
      href: `/reviews/${reviewId}`,
      createdAt: new Date(),
    },
  });
  const next = await person(["sponsor"]);
  await db.sponsorship.updateMany({
    where: { agentId: agent.id, kind: "sponsor", toAt: null },
    data: { toAt: new Date() },
  });
  await db.sponsorship.create({
    data: {
      id: newId("spn"),
      agentId: agent.id,
      personId: next.id,
      kind: "sponsor",
      fromAt: new Date(),
    },
  });
  await expect(resolveReview(ctxOf(sponsor, ["sponsor"]), input("uphold"))).rejects.toMatchObject({
    code: "forbidden",
  });
  await resolveReview(ctxOf(next, ["sponsor"]), input("uphold"));
  const told = { kind: "review.resolved", href: `/reviews/${reviewId}` };
  expect(await db.notification.count({ where: told })).toBe(0);
  const asked = { personId: sponsor.id, kind: "review.opened", readAt: null };
  expect(await db.notification.count({ where: asked })).toBe(0);
});
