import { beforeAll, expect, test } from "vitest";
import { MODULE_IDS } from "@/lib/domain/training/competence";
import { db } from "@/lib/server/db";
import { makeAgent, makeCompetent, makeLegalEntity, makePerson } from "@/testing/factories";
import { actingSponsor, actingSponsors, sponsoredAgentIds } from "./queries";

const now = new Date();
let ownerId = "";
let legalEntityId = "";
beforeAll(async () => {
  ownerId = (await makePerson(["owner"])).id;
  legalEntityId = (await makeLegalEntity()).id;
});

test("the sponsor acts, competent until the first needed pass ends", async () => {
  const sponsor = await makePerson(["sponsor"]);
  await makeCompetent(sponsor.id, MODULE_IDS);
  const { agent } = await makeAgent({
    ownerId,
    legalEntityId,
    tier: "high",
    sponsorId: sponsor.id,
  });
  const acting = await actingSponsor(db, agent.id, now);
  expect(acting).toMatchObject({ personId: sponsor.id, kind: "sponsor", competent: true });
  const months = (acting?.competentUntil?.getTime() ?? 0) - now.getTime();
  expect(Math.round(months / 86_400_000 / 30)).toBe(6);
});

test("without training the sponsor still acts, but is not competent", async () => {
  const sponsor = await makePerson(["sponsor"]);
  const { agent } = await makeAgent({ ownerId, legalEntityId, sponsorId: sponsor.id });
  expect(await actingSponsor(db, agent.id, now)).toEqual({
    personId: sponsor.id,
    kind: "sponsor",
    competent: false,
    competentUntil: null,
  });
});

test("the deputy acts once the sponsor is inactive or lost the role; nobody acts when both are gone", async () => {
  const sponsor = await makePerson(["sponsor"]);
  const deputy = await makePerson(["sponsor"]);
  const { agent } = await makeAgent({
    ownerId,
    legalEntityId,
    sponsorId: sponsor.id,
    deputyId: deputy.id,
  });
  expect((await actingSponsor(db, agent.id, now))?.personId).toBe(sponsor.id);
  await db.person.update({ where: { id: sponsor.id }, data: { active: false } });
  expect(await actingSponsor(db, agent.id, now)).toMatchObject({
    personId: deputy.id,
    kind: "deputy",
  });
  await db.personRole.deleteMany({ where: { personId: deputy.id } });
  expect(await actingSponsor(db, agent.id, now)).toBeNull();
});

test("an ended assignment counts no more, and agents without a sponsor are absent in bulk", async () => {
  const sponsor = await makePerson(["sponsor"]);
  const kept = await makeAgent({ ownerId, legalEntityId, sponsorId: sponsor.id });
  const ended = await makeAgent({ ownerId, legalEntityId, sponsorId: sponsor.id });
  await db.sponsorship.updateMany({ where: { agentId: ended.agent.id }, data: { toAt: now } });
  const ids = [kept.agent.id, ended.agent.id];
  expect([...(await actingSponsors(db, ids, now)).keys()]).toEqual([kept.agent.id]);
  expect((await actingSponsors(db, null, now)).has(kept.agent.id)).toBe(true);
  expect(await actingSponsors(db, [], now)).toEqual(new Map());
  expect(await sponsoredAgentIds(db, sponsor.id)).toEqual([kept.agent.id]);
});
