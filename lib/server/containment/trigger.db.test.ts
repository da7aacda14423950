import { beforeAll, describe, expect, test, vi } from "vitest";
import type { Tier } from "@/lib/domain/agent/tier";
import type { IntentManifest } from "@/lib/domain/manifest/manifest";
import { REASONS, type ReasonCode } from "@/lib/domain/policy/reasons";
import { bucketStarts } from "@/lib/domain/policy/usage";
import { MODULE_IDS } from "@/lib/domain/training/competence";
import { db } from "@/lib/server/db";
import type { Recorded } from "@/lib/server/ledger/append";
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
import { nextPosition } from "./facts";
import { liftContainment } from "./lift";
import { containAll, containByRule, containSince } from "./trigger";

const NOW = new Date();
const secondsAgo = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);
const reason = "Looked into it together with the owner";
let ownerId = "";
let legalEntityId = "";
let officerId = "";
beforeAll(async () => {
  ownerId = (await makePerson(["owner"])).id;
  officerId = (await makePerson(["compliance"])).id;
  legalEntityId = (await makeLegalEntity()).id;
});

async function ready(tier: Tier = "high", change: Partial<IntentManifest> = {}) {
  const sponsor = await makePerson(["sponsor"]);
  const deputy = await makePerson(["sponsor"]);
  await makeCompetent(sponsor.id, MODULE_IDS);
  await makeCompetent(deputy.id, MODULE_IDS);
  const { agent, key } = await makeAgent({
    ownerId,
    legalEntityId,
    tier,
    sponsorId: sponsor.id,
    deputyId: deputy.id,
  });
  const document = exampleManifest(agent.id, { risk: { review: 40, contain: 70 }, ...change });
  await makeManifestInForce(document, ownerId);
  return { agent, key, sponsor, deputy, ctx: ctxOf(sponsor, ["sponsor"]) };
}

async function decided(
  agentId: string,
  reasonCode: ReasonCode,
  {
    at = NOW,
    jkt = null,
    simulated = false,
  }: { at?: Date; jkt?: string | null; simulated?: boolean } = {},
) {
  const record: Recorded = {
    event: {
      kind: "decision",
      agentId,
      sponsorId: null,
      manifestId: null,
      manifestVersion: null,
      outcome: REASONS[reasonCode],
      reason: reasonCode,
      cluster: null,
      rule: null,
      action: null,
      resourceType: null,
      dataClass: null,
      records: null,
      spend: null,
      riskScore: 0,
      containment: null,
      reviewId: null,
      grantId: null,
      simulated,
    },
    detail: { jkt },
  };
  await ledgerTransaction({ personId: null, now: at }, async () => ({
    value: null,
    events: [record],
  }));
}

/** A score as the worker records it. */
async function scored(
  agentId: string,
  score: number,
  signals: readonly { signal: string; value: number; seqs: number[]; explained?: boolean }[] = [],
) {
  const assessment = {
    at: NOW,
    seq: 0n,
    formula: "test",
    score,
    rawScore: score,
    factors: signals.map(({ signal, explained = false }) => ({
      signal,
      explained,
      adjustedPoints: explained ? 0 : 1,
    })),
    signals: signals.map(({ signal, value, seqs }) => ({ signal, value, evidence: { seqs } })),
  };
  await ledgerTransaction({ personId: null, now: NOW }, async (tx, seq) => {
    await tx.agent.update({ where: { id: agentId }, data: { riskScore: score } });
    await tx.riskScore.create({
      data: { agentId, at: NOW, score, formula: "test", factors: [], seq },
    });
    await tx.assessment.upsert({
      where: { agentId },
      create: { agentId, ...assessment },
      update: assessment,
    });
    return {
      value: null,
      events: [
        {
          event: {
            kind: "risk.rescored",
            agentId,
            score,
            previous: 0,
            formula: "test",
            factors: [],
          },
        },
      ],
    };
  });
}

const stateOf = async (agentId: string) =>
  db.agent.findUniqueOrThrow({ where: { id: agentId }, include: { keys: true } });
const notedAs = async (personId: string, agentId: string) =>
  db.notification.count({
    where: { personId, kind: "containment.applied", href: { startsWith: `/agents/${agentId}` } },
  });
const lastEvent = async (agentId: string, kind: string) => {
  const entry = await db.ledgerEntry.findFirst({
    where: { agentId, kind },
    orderBy: { seq: "desc" },
  });
  return entry === null ? null : JSON.parse(entry.canonical);
};

describe("denied proofs", () => {
  test("the third within a minute stops the agent, marks the key that signed, and tells who must know", async () => {
    const { agent, key, sponsor, deputy } = await ready();
    const from = await nextPosition();
    await decided(agent.id, "proof_replayed", { at: secondsAgo(50), jkt: key.jkt });
    await decided(agent.id, "intent_mismatch", { at: secondsAgo(20), jkt: key.jkt });
    expect(await containByRule(agent.id, NOW)).toBeNull();
    await decided(agent.id, "proof_replayed", { at: secondsAgo(1), jkt: key.jkt });
    const { contained, next } = await containSince(from, NOW);
    expect(contained).toEqual([{ agentId: agent.id, level: "stopped", rule: "denied-proofs" }]);
    expect(await containSince(next, NOW)).toMatchObject({ contained: [] });
    const after = await stateOf(agent.id);
    expect(after.containment).toBe("stopped");
    expect(after.keys.map(({ suspectAt }) => suspectAt)).toEqual([NOW]);
    expect(await lastEvent(agent.id, "containment.applied")).toMatchObject({
      rule: "denied-proofs",
      personId: null,
    });
    expect(await lastEvent(agent.id, "agent.key-suspected")).toMatchObject({ jkt: key.jkt });
    for (const personId of [sponsor.id, deputy.id, officerId]) {
      expect(await notedAs(personId, agent.id)).toBe(1);
    }
  });

  test("spread over minutes, simulated, or of a late clock, they do nothing; compliance hears of high tiers only", async () => {
    const { agent } = await ready("moderate");
    for (const seconds of [150, 80, 10]) {
      await decided(agent.id, "proof_replayed", { at: secondsAgo(seconds) });
      await decided(agent.id, "proof_stale", { at: secondsAgo(1) });
      await decided(agent.id, "intent_mismatch", { at: secondsAgo(1), simulated: true });
    }
    expect(await containByRule(agent.id, NOW)).toBeNull();
    for (const _ of [1, 2]) await decided(agent.id, "token_key_mismatch", { at: secondsAgo(9) });
    expect(await containByRule(agent.id, NOW)).toMatchObject({ level: "stopped" });
    expect(await notedAs(officerId, agent.id)).toBe(0);
    // Nobody is shown to have signed: every key is under suspicion.
    expect((await stateOf(agent.id)).keys.every(({ suspectAt }) => suspectAt !== null)).toBe(true);
  });
});

describe("score and signals", () => {
  test("the manifest's thresholds lead to confirm-all and quarantine, once each, however many workers look", async () => {
    const { agent } = await ready("low");
    await scored(agent.id, 39);
    expect(await containByRule(agent.id, NOW)).toBeNull();
    await scored(agent.id, 40);
    const both = await Promise.all([containByRule(agent.id, NOW), containByRule(agent.id, NOW)]);
    expect(both.filter((one) => one !== null)).toEqual([
      { agentId: agent.id, level: "confirm-all", rule: "score-review" },
    ]);
    await scored(agent.id, 70);
    expect(await containAll(NOW)).toContainEqual({
      agentId: agent.id,
      level: "quarantine",
      rule: "score-contain",
    });
    expect(await db.containment.count({ where: { agentId: agent.id } })).toBe(2);
  });

  test("a pivot quarantines at once from tier high on", async () => {
    for (const [tier, rule] of [
      ["high", "semantic-pivot"],
      ["moderate", undefined],
    ] as const) {
      const { agent } = await ready(tier);
      await scored(agent.id, 10, [{ signal: "pivot", value: 0.6, seqs: [3] }]);
      expect((await containByRule(agent.id, NOW))?.rule).toBe(rule);
    }
  });

  test("a signal that a person has explained away does nothing", async () => {
    const { agent } = await ready("high");
    await scored(agent.id, 10, [{ signal: "pivot", value: 0.6, seqs: [3], explained: true }]);
    expect(await containByRule(agent.id, NOW)).toBeNull();
  });

  test("what a person has lifted stays lifted until something new comes", async () => {
    const { agent, ctx } = await ready();
    const seqs = [Number(await nextPosition())];
    await scored(agent.id, 75, [{ signal: "pivot", value: 0.6, seqs }]);
    expect((await containByRule(agent.id, NOW))?.rule).toBe("semantic-pivot");
    await liftContainment(ctx, { agentId: agent.id, from: "quarantine", to: null, reason });
    expect(await containByRule(agent.id, NOW)).toBeNull();
    await scored(agent.id, 74, [{ signal: "pivot", value: 0.6, seqs }]);
    expect(await containByRule(agent.id, NOW)).toBeNull();
    const fresh = [Number(await nextPosition())];
    await scored(agent.id, 74, [{ signal: "pivot", value: 0.6, seqs: [...seqs, ...fresh] }]);
    expect((await containByRule(agent.id, NOW))?.rule).toBe("semantic-pivot");
  });
});

test("a budget throttles when nothing is left of it, not when one request asks for too much", async () => {
  const { agent } = await ready("low", { budgets: { requests: { day: 100 } } });
  await decided(agent.id, "budget_requests");
  expect(await containByRule(agent.id, NOW)).toBeNull();
  await db.budgetUsage.create({
    data: {
      agentId: agent.id,
      period: "day",
      bucket: BigInt(bucketStarts(NOW.getTime()).day),
      requests: 100,
    },
  });
  expect(await containByRule(agent.id, NOW)).toEqual({
    agentId: agent.id,
    level: "throttle",
    rule: "budget-exhausted",
  });
});

test("an agent out of production is left alone", async () => {
  const { agent } = await ready();
  await db.agent.update({ where: { id: agent.id }, data: { status: "registered" } });
  await scored(agent.id, 100);
  expect(await containByRule(agent.id, NOW)).toBeNull();
});

test("an agent that the rules can't be applied to keeps no other from its containment", async () => {
  const [broken, other] = [await ready("low"), await ready("low")];
  const from = await nextPosition();
  for (const { agent } of [broken, other]) await scored(agent.id, 100);
  // Whoever comes first gets no answer from the database.
  const contain = vi.spyOn(db.assessment, "findUnique").mockImplementationOnce(() => {
    throw new Error("no answer");
  });
  await expect(containSince(from, NOW)).rejects.toThrow("every agent");
  contain.mockRestore();
  const levels = await Promise.all(
    [broken, other].map(async ({ agent }) => (await stateOf(agent.id)).containment),
  );
  expect(levels.filter((level) => level === "quarantine")).toHaveLength(1);
  await containSince(from, NOW);
  expect((await stateOf(broken.agent.id)).containment).toBe("quarantine");
  expect((await stateOf(other.agent.id)).containment).toBe("quarantine");
});
