import { beforeAll, expect, test } from "vitest";
import { db } from "@/lib/server/db";
import {
  exampleManifest,
  makeAgent,
  makeLegalEntity,
  makeManifestInForce,
  makePerson,
} from "@/testing/factories";
import { decisions, many } from "@/testing/recorded-decisions";
import { rescoreAll } from "./rescore";

const NOW = new Date();
const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000);
const later = (ms: number) => new Date(NOW.getTime() + ms);
let ownerId = "";
let legalEntityId = "";
beforeAll(async () => {
  ownerId = (await makePerson(["owner"])).id;
  legalEntityId = (await makeLegalEntity()).id;
});

async function agentWithSponsor() {
  const sponsor = await makePerson(["sponsor"]);
  const { agent } = await makeAgent({ ownerId, legalEntityId, sponsorId: sponsor.id });
  const document = exampleManifest(agent.id, { risk: { review: 30, contain: 60 } });
  await makeManifestInForce(document, ownerId);
  return { agent, sponsor };
}

test("a changed score is recorded once with its factors, kept, and the sponsor hears of the threshold", async () => {
  const { agent, sponsor } = await agentWithSponsor();
  for (let day = 2; day < 30; day += 1) await decisions(agent.id, hoursAgo(day * 24), many(20));
  await decisions(agent.id, hoursAgo(3), [
    ...many(40),
    ...many(60, { action: "delete", reason: "no_rule" }),
  ]);
  await Promise.all([rescoreAll(NOW), rescoreAll(NOW)]);
  const scored = await db.agent.findUniqueOrThrow({ where: { id: agent.id } });
  expect(scored.riskScore).toBeGreaterThanOrEqual(30);
  expect(scored.riskAt).toEqual(NOW);
  const entries = await db.ledgerEntry.findMany({
    where: { agentId: agent.id, kind: "risk.rescored" },
  });
  expect(entries).toHaveLength(1);
  const seq = entries[0]?.seq ?? -1n;
  const body = JSON.parse(entries[0]?.canonical ?? "{}");
  expect(body).toMatchObject({
    score: scored.riskScore,
    raw: scored.riskScore,
    previous: 0,
    formula: "risk-2",
    personId: null,
  });
  const points = body.factors.map((factor: { points: number }) => factor.points);
  const sum = points.reduce((all: number, one: number) => all + one, 0);
  expect(sum).toBeCloseTo(scored.riskScore, 5);
  expect(entries[0]?.canonical).not.toContain("requests");
  const detail = await db.ledgerDetail.findUniqueOrThrow({ where: { seq } });
  const [kept, ...more] = await db.riskScore.findMany({ where: { agentId: agent.id } });
  expect(more).toEqual([]);
  expect(kept).toMatchObject({ score: scored.riskScore, rawScore: scored.riskScore, seq });
  const told = JSON.stringify(detail.detail);
  const refused = await db.decisionStep.findFirstOrThrow({
    where: { agentId: agent.id, outcome: "block" },
    orderBy: { seq: "desc" },
  });
  expect(told).toContain("words");
  expect(told).toContain(String(refused.seq));
  expect(
    await db.notification.count({ where: { personId: sponsor.id, kind: "risk.threshold" } }),
  ).toBe(1);
});

test("only agents that did something, or were not looked at for an hour, are scored again", async () => {
  const [busy, idle] = [await agentWithSponsor(), await agentWithSponsor()];
  await rescoreAll(later(1000));
  await decisions(busy.agent.id, later(1500), many(2));
  await rescoreAll(later(2000));
  const scoredAt = async ({ agent }: typeof busy) =>
    (await db.agent.findUniqueOrThrow({ where: { id: agent.id } })).riskAt;
  expect(await scoredAt(busy)).toEqual(later(2000));
  expect(await scoredAt(idle)).toEqual(later(1000));
  await rescoreAll(later(2 * 3_600_000));
  expect(await scoredAt(idle)).toEqual(later(2 * 3_600_000));
});

test("an unchanged score is no event; agents out of production are left alone; the past changes nothing", async () => {
  const { agent } = await agentWithSponsor();
  const { agent: registered } = await makeAgent({ ownerId, legalEntityId, status: "registered" });
  const at = later(3 * 3_600_000);
  await rescoreAll(at);
  expect((await db.agent.findUniqueOrThrow({ where: { id: agent.id } })).riskAt).toEqual(at);
  expect(await db.ledgerEntry.count({ where: { agentId: agent.id } })).toBe(0);
  expect((await db.agent.findUniqueOrThrow({ where: { id: registered.id } })).riskAt).toBeNull();
  await rescoreAll(NOW);
  expect((await db.agent.findUniqueOrThrow({ where: { id: agent.id } })).riskAt).toEqual(at);
});

test("a small change waits ten minutes, so that the ledger holds news; one that passes a threshold does not", async () => {
  const { agent } = await agentWithSponsor();
  const start = later(4 * 3_600_000);
  const minutes = (count: number) => new Date(start.getTime() + count * 60_000);
  for (let day = 2; day < 30; day += 1) await decisions(agent.id, hoursAgo(day * 24), many(20));
  await decisions(agent.id, minutes(-9), many(30, { action: "delete", reason: "no_rule" }));
  await rescoreAll(start);
  const { riskScore: score } = await db.agent.findUniqueOrThrow({ where: { id: agent.id } });
  const entries = () =>
    db.ledgerEntry.count({ where: { agentId: agent.id, kind: "risk.rescored" } });
  /** As if it had been one point lower, and the thresholds lay elsewhere or between. */
  const lowerBy1 = async (review: number) => {
    const document = exampleManifest(agent.id, { risk: { review, contain: 100 } });
    await db.manifest.deleteMany({ where: { agentId: agent.id } });
    await makeManifestInForce(document, ownerId);
    await db.agent.update({ where: { id: agent.id }, data: { riskScore: score - 1 } });
    await db.assessment.update({ where: { agentId: agent.id }, data: { rawScore: score - 1 } });
  };
  expect(await entries()).toBe(1);
  await lowerBy1(5);
  await decisions(agent.id, minutes(1), many(1, { action: "delete", reason: "no_rule" }));
  await rescoreAll(minutes(2));
  expect(await entries()).toBe(1);
  await rescoreAll(minutes(11));
  expect(await entries()).toBe(2);
  await lowerBy1(score);
  await decisions(agent.id, minutes(12), many(1, { action: "delete", reason: "no_rule" }));
  await rescoreAll(minutes(13));
  expect(await entries()).toBe(3);
});
