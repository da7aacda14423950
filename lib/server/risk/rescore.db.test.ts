import { beforeAll, expect, test } from "vitest";
import type { ReasonCode } from "@/lib/domain/policy/reasons";
import { REASONS } from "@/lib/domain/policy/reasons";
import { db } from "@/lib/server/db";
import type { Recorded } from "@/lib/server/ledger/append";
import { ledgerTransaction } from "@/lib/server/ledger/transaction";
import {
  exampleManifest,
  makeAgent,
  makeLegalEntity,
  makeManifestInForce,
  makePerson,
} from "@/testing/factories";
import { readBehaviour } from "./behaviour";
import { rescoreAll } from "./rescore";

const NOW = new Date();
const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000);
let ownerId = "";
let legalEntityId = "";
beforeAll(async () => {
  ownerId = (await makePerson(["owner"])).id;
  legalEntityId = (await makeLegalEntity()).id;
});

async function agentWithSponsor() {
  const sponsor = await makePerson(["sponsor"]);
  const { agent } = await makeAgent({ ownerId, legalEntityId, sponsorId: sponsor.id });
  await makeManifestInForce(
    exampleManifest(agent.id, { risk: { review: 40, contain: 60 } }),
    ownerId,
  );
  return { agent, sponsor };
}

type Asked = {
  readonly reason?: ReasonCode;
  readonly action?: string | null;
  readonly reviewId?: string;
};

async function decisions(agentId: string, at: Date, asked: readonly Asked[]) {
  const recorded = asked.map((one): Recorded => {
    const reason = one.reason ?? "within_manifest";
    const action = one.action === undefined ? "read" : one.action;
    return {
      event: {
        kind: "decision",
        agentId,
        sponsorId: null,
        manifestId: null,
        manifestVersion: null,
        outcome: REASONS[reason],
        reason,
        cluster: null,
        rule: null,
        action,
        resourceType: action === null ? null : "invoice",
        dataClass: null,
        records: null,
        spend: null,
        riskScore: 0,
        containment: null,
        reviewId: one.reviewId ?? null,
        grantId: null,
        simulated: true,
      },
    };
  });
  const [first, ...rest] = recorded;
  if (first === undefined) return;
  await ledgerTransaction({ personId: null, now: at }, async () => ({
    value: null,
    events: [first, ...rest],
  }));
}
const many = (count: number, one: Asked = {}) => Array.from({ length: count }, () => one);

test("reads what the ledger says: windows, pairs, hours, bad proofs, and each asking once", async () => {
  const { agent } = await agentWithSponsor();
  await decisions(agent.id, hoursAgo(800), many(9));
  await decisions(agent.id, hoursAgo(100), many(4));
  await decisions(agent.id, hoursAgo(50), [{ action: "list" }, { reason: "no_rule" }]);
  await decisions(agent.id, hoursAgo(2), [
    ...many(3),
    { action: "delete", reason: "no_rule", reviewId: "rev_aaaa1" },
    { action: "delete", reason: "no_rule", reviewId: "rev_aaaa1" },
    { reason: "proof_replayed", action: null },
    { reason: "token_expired", action: null },
  ]);
  await decisions(agent.id, hoursAgo(-1), many(7));
  expect((await readBehaviour([agent.id], NOW)).get(agent.id)).toEqual({
    recent: { requests: 4, refused: 1, badProofs: 1, newPairs: 1, busiestHour: 4 },
    baseline: { requests: 6, refused: 1, seenOnce: 1, hours: expect.arrayContaining([4, 2]) },
  });
});

test("a changed score is recorded once, kept with its factors, and the sponsor hears of the threshold", async () => {
  const { agent, sponsor } = await agentWithSponsor();
  for (let day = 2; day < 30; day += 1) await decisions(agent.id, hoursAgo(day * 24), many(20));
  await decisions(agent.id, hoursAgo(3), [
    ...many(40),
    ...many(60, { action: "delete", reason: "no_rule" }),
  ]);
  await Promise.all([rescoreAll(NOW), rescoreAll(NOW)]);
  const scored = await db.agent.findUniqueOrThrow({ where: { id: agent.id } });
  expect(scored.riskScore).toBeGreaterThanOrEqual(40);
  expect(scored.riskAt).toEqual(NOW);
  const entries = await db.ledgerEntry.findMany({
    where: { agentId: agent.id, kind: "risk.rescored" },
  });
  expect(entries).toHaveLength(1);
  const body = JSON.parse(entries[0]?.canonical ?? "{}");
  expect(body).toMatchObject({
    score: scored.riskScore,
    previous: 0,
    formula: "risk-1",
    personId: null,
  });
  const kept = await db.riskScore.findMany({ where: { agentId: agent.id } });
  expect(kept).toHaveLength(1);
  expect(kept[0]).toMatchObject({ score: scored.riskScore, seq: entries[0]?.seq });
  expect(JSON.stringify(kept[0]?.factors)).toContain("60 of 100 requests held or blocked");
  expect(
    await db.notification.count({ where: { personId: sponsor.id, kind: "risk.threshold" } }),
  ).toBe(1);
  const again = await rescoreAll(new Date(NOW.getTime() + 1000));
  expect(again.changed).toBe(0);
});

test("an unchanged score is no event but says when it was measured; agents out of production are left alone", async () => {
  const { agent } = await agentWithSponsor();
  const { agent: registered } = await makeAgent({ ownerId, legalEntityId, status: "registered" });
  const later = new Date(NOW.getTime() + 60_000);
  await rescoreAll(later);
  expect((await db.agent.findUniqueOrThrow({ where: { id: agent.id } })).riskAt).toEqual(later);
  expect(await db.ledgerEntry.count({ where: { agentId: agent.id } })).toBe(0);
  expect((await db.agent.findUniqueOrThrow({ where: { id: registered.id } })).riskAt).toBeNull();
  await rescoreAll(NOW);
  expect((await db.agent.findUniqueOrThrow({ where: { id: agent.id } })).riskAt).toEqual(later);
});
