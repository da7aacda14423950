import { beforeAll, expect, test } from "vitest";
import { MODULE_IDS } from "@/lib/domain/training/competence";
import { db } from "@/lib/server/db";
import { ctxOf, makeAgent, makeCompetent, makeLegalEntity, makePerson } from "@/testing/factories";
import { applyContainment } from "./apply";
import { liftContainment } from "./lift";

const reason = "Three payees that nobody here knows";
let agentId = "";
const people = { sponsor: ctxOf({ id: "" }, []), deputy: ctxOf({ id: "" }, []) };
beforeAll(async () => {
  const ids = await Promise.all(["sponsor", "deputy"].map(() => makePerson(["sponsor"])));
  for (const { id } of ids) await makeCompetent(id, MODULE_IDS);
  const [sponsor, deputy] = ids;
  if (!sponsor || !deputy) throw new Error("no people");
  people.sponsor = ctxOf(sponsor, ["sponsor"]);
  people.deputy = ctxOf(deputy, ["sponsor"]);
  const { agent } = await makeAgent({
    ownerId: (await makePerson(["owner"])).id,
    legalEntityId: (await makeLegalEntity()).id,
    tier: "critical",
    sponsorId: sponsor.id,
    deputyId: deputy.id,
  });
  agentId = agent.id;
});

const level = async () =>
  (await db.agent.findUniqueOrThrow({ where: { id: agentId } })).containment;
const lift = (to: string | null = null) => ({ agentId, from: "stopped", to, reason });

test("the first signature of a critical agent's lift changes nothing yet; the second completes, both are named", async () => {
  await applyContainment(people.sponsor, { agentId, level: "stopped", reason });
  expect(await liftContainment(people.sponsor, lift())).toMatchObject({ complete: false });
  expect(await level()).toBe("stopped");
  await expect(liftContainment(people.sponsor, lift())).rejects.toMatchObject({ code: "conflict" });
  await expect(liftContainment(people.deputy, lift("observe"))).rejects.toMatchObject({
    code: "conflict",
  });
  const untrained = ctxOf(await makePerson(["compliance"]), ["compliance"]);
  await expect(liftContainment(untrained, lift())).rejects.toMatchObject({ code: "competence" });
  expect(await liftContainment(people.deputy, lift())).toMatchObject({ complete: true });
  expect(await level()).toBeNull();
  const entries = await db.ledgerEntry.findMany({ where: { agentId }, orderBy: { seq: "asc" } });
  expect(entries.map(({ kind, personId }) => [kind, personId])).toEqual([
    ["containment.applied", people.sponsor.actor.id],
    ["containment.lift-signed", people.sponsor.actor.id],
    ["containment.lifted", people.deputy.actor.id],
  ]);
  const last = entries.at(-1);
  const detail = await db.ledgerDetail.findUniqueOrThrow({ where: { seq: last?.seq ?? 0n } });
  expect(detail.detail).toMatchObject({
    firstSignedBy: people.sponsor.actor.id,
    firstSignedAtEntry: Number(entries[1]?.seq),
  });
});

test("a trained compliance officer completes; a stricter containment, or a day, voids the first signature", async () => {
  await applyContainment(people.deputy, { agentId, level: "quarantine", reason });
  await liftContainment(people.sponsor, { ...lift(), from: "quarantine" });
  await applyContainment(people.deputy, { agentId, level: "stopped", reason });
  const officer = await makePerson(["compliance"]);
  await makeCompetent(officer.id, MODULE_IDS);
  const ctx = ctxOf(officer, ["compliance"]);
  await expect(liftContainment(ctx, lift())).rejects.toMatchObject({ code: "forbidden" });
  const yesterday = { ...people.sponsor, now: new Date(Date.now() - 25 * 3_600_000) };
  // The factories' certificates are a day old, so that yesterday's signature needs older ones.
  await db.certificate.updateMany({ data: { passedAt: new Date(Date.now() - 3 * 86_400_000) } });
  await liftContainment(yesterday, lift());
  await expect(liftContainment(ctx, lift())).rejects.toMatchObject({ code: "forbidden" });
  await liftContainment(people.sponsor, lift());
  expect(await liftContainment(ctx, lift())).toMatchObject({ complete: true });
  expect(await level()).toBeNull();
  expect(await db.containmentLift.count()).toBe(1);
});
