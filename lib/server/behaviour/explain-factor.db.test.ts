import { beforeAll, expect, test } from "vitest";
import { MODULE_IDS } from "@/lib/domain/training/competence";
import { db } from "@/lib/server/db";
import {
  ctxOf,
  exampleManifest,
  makeAgent,
  makeCompetent,
  makeLegalEntity,
  makeManifestInForce,
  makePerson,
} from "@/testing/factories";
import { decisions, many } from "@/testing/recorded-decisions";
import { explainFactor } from "./explain-factor";
import { rescoreAll } from "./rescore";
import { currentAssessment, riskOverTime } from "./risk";

const NOW = new Date();
const at = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);
const REASON = "The month's end brings corrections: the owner showed me the plan for them.";

async function driftingAgent() {
  const owner = await makePerson(["owner"]);
  const sponsor = await makePerson(["sponsor"]);
  await makeCompetent(sponsor.id, MODULE_IDS);
  const { agent } = await makeAgent({
    ownerId: owner.id,
    legalEntityId: (await makeLegalEntity()).id,
    sponsorId: sponsor.id,
  });
  await makeManifestInForce(exampleManifest(agent.id), owner.id);
  for (let day = 2; day < 30; day += 1) await decisions(agent.id, at(-day * 24), many(20));
  await decisions(agent.id, at(-3), [
    ...many(20),
    ...many(30, { action: "delete", reason: "no_rule" }),
  ]);
  return { agent, sponsor, owner };
}

let who: Awaited<ReturnType<typeof driftingAgent>>;
beforeAll(async () => {
  who = await driftingAgent();
  await rescoreAll(NOW);
});

const sponsorCtx = (hours: number) => ctxOf(who.sponsor, ["sponsor"], at(hours));

async function topFactor() {
  const assessed = await currentAssessment(sponsorCtx(0), who.agent.id);
  const top = assessed?.factors[0];
  if (!assessed || !top) throw new Error("nothing adds to the score");
  return { assessed, top };
}

test("nobody but a competent sponsor or deputy of this agent explains", async () => {
  const { top } = await topFactor();
  const input = {
    agentId: who.agent.id,
    signal: top.signal,
    level: top.value,
    days: 7,
    reason: REASON,
  };
  const stranger = await makePerson(["sponsor"]);
  await makeCompetent(stranger.id, MODULE_IDS);
  await expect(explainFactor(ctxOf(stranger, ["sponsor"]), input)).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(explainFactor(ctxOf(who.owner, ["owner"]), input)).rejects.toMatchObject({
    code: "forbidden",
  });
  const untrained = ctxOf(who.sponsor, ["sponsor"], new Date(NOW.getTime() + 400 * 86_400_000));
  await expect(explainFactor(untrained, input)).rejects.toMatchObject({ code: "competence" });
  for (const bad of [
    { days: 31 },
    { days: 0 },
    { level: 0 },
    { reason: "ok" },
    { signal: "mood" },
  ]) {
    await expect(explainFactor(sponsorCtx(0), { ...input, ...bad })).rejects.toMatchObject({
      code: "invalid",
    });
  }
  await expect(explainFactor(sponsorCtx(0), { ...input, signal: "say-do" })).rejects.toMatchObject({
    code: "conflict",
  });
});

test("an explained factor leaves the score in force at once, the raw score stays, both are recorded, and the end ends it", async () => {
  const { assessed, top } = await topFactor();
  const input = {
    agentId: who.agent.id,
    signal: top.signal,
    level: top.value,
    days: 1,
    reason: REASON,
  };
  const result = await explainFactor(sponsorCtx(1), input);
  expect(result.score).toBeLessThan(assessed.score);
  expect(result.rawScore).toBe(assessed.rawScore);
  const agent = await db.agent.findUniqueOrThrow({ where: { id: who.agent.id } });
  expect(agent.riskScore).toBe(result.score);
  const entries = await db.ledgerEntry.findMany({
    where: { agentId: who.agent.id, kind: { startsWith: "risk." } },
    orderBy: { seq: "desc" },
    take: 2,
  });
  expect(entries.map(({ kind, personId }) => [kind, personId])).toEqual([
    ["risk.rescored", who.sponsor.id],
    ["risk.factor-explained", who.sponsor.id],
  ]);
  expect(JSON.parse(entries[0]?.canonical ?? "")).toMatchObject({
    score: result.score,
    raw: assessed.rawScore,
    previous: assessed.score,
  });
  expect(entries[1]?.canonical).not.toContain("month");
  const detail = await db.ledgerDetail.findUniqueOrThrow({
    where: { seq: entries[1]?.seq ?? -1n },
  });
  expect(detail.detail).toEqual({ reason: REASON });

  const view = await currentAssessment(sponsorCtx(2), who.agent.id);
  expect(view).toMatchObject({ score: result.score, rawScore: assessed.rawScore });
  const [factor] = view?.factors ?? [];
  expect(factor).toMatchObject({ signal: top.signal, explained: true, adjustedPoints: 0 });
  expect(factor?.points).toBeGreaterThan(0);
  expect(view?.explanations).toMatchObject([{ signal: top.signal, reason: REASON }]);
  const admin = ctxOf(who.owner, ["admin"], at(2));
  expect((await currentAssessment(admin, who.agent.id))?.explanations[0]?.reason).toBeNull();

  await rescoreAll(at(26));
  const after = await currentAssessment(sponsorCtx(26), who.agent.id);
  expect(after?.explanations).toEqual([]);
  expect(after?.score).toBe(after?.rawScore);
});

test("the score over time stands with thresholds and with what happened on the same axis", async () => {
  const { points, marks, thresholds } = await riskOverTime(sponsorCtx(27), {
    agentId: who.agent.id,
  });
  expect(points.length).toBeGreaterThanOrEqual(3);
  expect(points.map(({ seq }) => seq)).toEqual(points.map(({ seq }) => seq).sort((a, b) => a - b));
  expect(points.some(({ score, rawScore }) => score < rawScore)).toBe(true);
  expect(points[0]?.factors.length).toBeGreaterThan(0);
  expect(marks.map(({ kind }) => kind)).toEqual(["explained"]);
  expect(thresholds).toEqual({ review: 60, contain: 85 });
});
