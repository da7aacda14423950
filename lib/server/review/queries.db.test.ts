import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { REVIEW_SLA_MINUTES, type Tier } from "@/lib/domain/agent/tier";
import type { EvaluationRequest } from "@/lib/domain/policy/request";
import { dueAt, urgency } from "@/lib/domain/review/review";
import { MODULE_IDS } from "@/lib/domain/training/competence";
import { db } from "@/lib/server/db";
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
  randomDigest,
} from "@/testing/factories";
import { getReview } from "./get-review";
import { countReviews, listReviews } from "./queries";
import { resolveReview } from "./resolve";

const SECRET = "The price stands in the contract only";
const now = new Date();
let ownerId = "";
let legalEntityId = "";
beforeAll(async () => {
  ownerId = (await makePerson(["owner"], "Olive Owner")).id;
  legalEntityId = (await makeLegalEntity()).id;
});

async function sponsoredAgent(tier: Tier = "moderate") {
  const sponsor = await makePerson(["sponsor"], "Sam Sponsor");
  await makeCompetent(sponsor.id, MODULE_IDS);
  const { agent } = await makeAgent({ ownerId, legalEntityId, tier, sponsorId: sponsor.id });
  const manifest = await makeManifestInForce(exampleManifest(agent.id), ownerId);
  return { agent, sponsor, manifest, ctx: ctxOf(sponsor, ["sponsor"], now) };
}
type Sponsored = Awaited<ReturnType<typeof sponsoredAgent>>;

async function decision(
  who: Sponsored,
  options: { createdAt?: Date; review?: boolean; proven?: boolean } = {},
) {
  const proven = options.proven ?? true;
  const { agent, sponsor, manifest } = who;
  const createdAt = options.createdAt ?? new Date(now.getTime() - 60_000);
  const reviewId = options.review === false ? null : newId("rev");
  const request: EvaluationRequest = {
    subject: { type: "agent", id: agent.id },
    action: { name: "read" },
    resource: { type: "contract", id: "acme/17" },
    context: {
      cluster: "read-documents",
      purpose: "Reconcile",
      reasoning: SECRET,
      dataClass: "internal",
    },
  };
  await ledgerTransaction({ personId: null, now: createdAt }, async (tx, seq) => {
    if (reviewId !== null) {
      await tx.review.create({
        data: {
          id: reviewId,
          agentId: agent.id,
          sponsorId: sponsor.id,
          outcome: "block",
          reason: "no_rule",
          requestDigest: randomDigest(),
          seq,
          createdAt,
          dueAt: dueAt(agent.tier === "critical" ? "critical" : "moderate", createdAt),
        },
      });
    }
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
            outcome: "block",
            reason: "no_rule",
            cluster: "read-documents",
            rule: null,
            action: proven ? "read" : null,
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
          detail: {
            request,
            proven,
            sentence: "No rule allows it.",
            miss: { what: "resource", asked: "contract:acme/17", allowed: "invoice:*" },
            nearest: { clusterId: "read-documents", ruleIndex: 0, differs: ["the resource"] },
          },
        },
      ],
    };
  });
  return reviewId ?? "";
}

describe("the queue", () => {
  test("what is due first stands in front; mine are those of agents I sponsor, stand in for or own", async () => {
    const moderate = await sponsoredAgent();
    const critical = await sponsoredAgent("critical");
    const later = await decision(moderate);
    const sooner = await decision(critical);
    const all = await listReviews(moderate.ctx, {});
    const ids = all.rows.map(({ id }) => id);
    expect(ids.indexOf(sooner)).toBeLessThan(ids.indexOf(later));
    const mine = await listReviews(moderate.ctx, { mine: "yes" });
    expect(mine.rows.map(({ id }) => id)).toEqual([later]);
    expect(mine.rows[0]).toMatchObject({
      asked: "read contract:acme/17",
      urgency: "ok",
      sponsor: { name: "Sam Sponsor" },
    });
    const owners = await listReviews(ctxOf({ id: ownerId }, ["owner"], now), { mine: "yes" });
    expect(owners.rows.map(({ id }) => id)).toEqual(expect.arrayContaining([later, sooner]));
  });

  test("filters combine, and nonsense in the address counts as not asked", async () => {
    const who = await sponsoredAgent();
    const open = await decision(who);
    const done = await decision(who);
    const { seen } = await getReview(who.ctx, done);
    const reason = "Nobody needs that contract";
    await resolveReview(who.ctx, { reviewId: done, resolution: "uphold", reason, seen });
    const of = async (filter: object) =>
      (await listReviews(who.ctx, { agent: who.agent.id, ...filter })).rows.map(({ id }) => id);
    expect(await of({})).toEqual([open]);
    expect(await of({ state: "resolved" })).toEqual([done]);
    expect((await of({ state: "all" })).sort()).toEqual([open, done].sort());
    expect(await of({ reason: "never_rule" })).toEqual([]);
    expect(await of({ escalated: "yes" })).toEqual([]);
    expect(await of({ tier: "moderate", outcome: "block", urgency: "ok" })).toEqual([open]);
    expect(await of({ q: "sam spon" })).toEqual([open]);
    expect(await of({ q: "%" })).toEqual([]);
    expect(
      await of({ reason: "x'; --", urgency: ["a"], page: "-3", sort: "drop", q: "\0" }),
    ).toEqual([open]);
  });

  test("pages follow each other without gap or overlap", async () => {
    const who = await sponsoredAgent();
    for (let i = 0; i < 7; i += 1) await decision(who);
    const page = async (number: number) =>
      (await listReviews(who.ctx, { agent: who.agent.id, page: number, pageSize: 5 })).rows;
    const both = [...(await page(1)), ...(await page(2))];
    expect(new Set(both.map(({ id }) => id)).size).toBe(7);
  });

  test("urgency in SQL is urgency in the domain", async () => {
    const who = await sponsoredAgent();
    const sla = REVIEW_SLA_MINUTES.moderate;
    const ages = fc.sample(fc.integer({ min: 0, max: sla * 1.2 }), { numRuns: 12, seed: 7 });
    const borders = [0, sla * 0.75, sla * 0.75 + 1, sla - 1, sla, sla + 1];
    for (const minutes of [...ages, ...borders]) {
      await decision(who, { createdAt: new Date(now.getTime() - minutes * 60_000) });
    }
    const rows = await db.review.findMany({ where: { agentId: who.agent.id } });
    for (const wanted of ["overdue", "soon", "ok"] as const) {
      const listed = await listReviews(who.ctx, {
        agent: who.agent.id,
        urgency: wanted,
        pageSize: 100,
      });
      const expected = rows.filter((row) => urgency(row, now) === wanted).map(({ id }) => id);
      expect(listed.rows.map(({ id }) => id).sort()).toEqual(expected.sort());
      expect(expected.length).toBeGreaterThan(0);
    }
    const counts = await countReviews(who.ctx, { mine: true });
    expect(counts.open).toBe(rows.length);
    expect(counts.overdue).toBe(rows.filter((row) => urgency(row, now) === "overdue").length);
  });
});

describe("one review", () => {
  test("shows what was asked, how far it missed, the nearest rule, the steps before and what can be done", async () => {
    const who = await sponsoredAgent();
    await decision(who, { createdAt: new Date(now.getTime() - 120_000), review: false });
    const id = await decision(who);
    const review = await getReview(who.ctx, id);
    expect(review).toMatchObject({
      asked: "read contract:acme/17",
      sentence: "No rule allows it.",
      miss: { asked: "contract:acme/17", allowed: "invoice:*" },
      manifest: { version: 1, inForce: true },
      sponsor: { name: "Sam Sponsor" },
      owner: { name: "Olive Owner" },
      escalation: null,
    });
    expect(review.nearest?.text).toMatch(/invoice/i);
    expect(review.request).toMatchObject({ context: { reasoning: SECRET } });
    expect(review.steps).toHaveLength(1);
    expect(review.steps[0]?.seq).toBe(review.seq - 1);
    const amend = review.options.find(({ resolution }) => resolution === "amend");
    expect(amend?.obstacle).toBeNull();
    expect(amend?.widens.join(" ")).toContain("acme/17");
    expect(review.history.map(({ what }) => what)).toEqual(["asked; the request was blocked"]);
  });

  test("what somebody else tried in the agent's name is none of its last steps", async () => {
    const who = await sponsoredAgent();
    await decision(who, { createdAt: new Date(now.getTime() - 120_000), review: false });
    for (let tries = 0; tries < 12; tries += 1) {
      await decision(who, { review: false, proven: false });
    }
    const { steps } = await getReview(who.ctx, await decision(who));
    expect(steps.map(({ asked }) => asked)).toEqual(["read contract:acme/17"]);
  });

  test("words are for those who may read details: an administrator gets none of them", async () => {
    const who = await sponsoredAgent();
    const id = await decision(who);
    const admin = ctxOf(await makePerson(["admin"]), ["admin"], now);
    const review = await getReview(admin, id);
    expect(review.request).toBe("withheld");
    expect(review.asked).toBe("read contract");
    const said = JSON.stringify([review, await listReviews(admin, { agent: who.agent.id })]);
    expect(said).not.toContain("acme");
    expect(said).not.toContain(SECRET);
    expect(review.options.every(({ obstacle }) => obstacle?.kind === "standing")).toBe(true);
  });

  test("the reason in words stands in its history once it is resolved, and nothing is open any more", async () => {
    const who = await sponsoredAgent();
    const id = await decision(who);
    const { seen } = await getReview(who.ctx, id);
    const reason = "The contract is none of its business";
    await resolveReview(who.ctx, { reviewId: id, resolution: "uphold", reason, seen });
    const review = await getReview(who.ctx, id);
    expect(review).toMatchObject({ state: "resolved", resolution: "uphold", urgency: null });
    expect(review.history.at(-1)).toMatchObject({ who: "Sam Sponsor", words: reason });
    expect(review.options.every(({ obstacle }) => obstacle !== null)).toBe(true);
  });

  test("an unknown one is not found, and nobody without a role reads any", async () => {
    const { ctx } = await sponsoredAgent();
    await expect(getReview(ctx, "rev_nothing")).rejects.toMatchObject({ code: "not-found" });
    const nobody = ctxOf({ id: "per_nobody0001" }, [], now);
    await expect(getReview(nobody, "rev_nothing")).rejects.toMatchObject({ code: "forbidden" });
    await expect(listReviews(nobody, {})).rejects.toMatchObject({ code: "forbidden" });
  });
});
