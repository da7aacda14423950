import { beforeAll, expect, test } from "vitest";
import { MODULE_IDS } from "@/lib/domain/training/competence";
import type { Ctx } from "@/lib/server/context";
import { db } from "@/lib/server/db";
import { ctxOf, makeAgent, makeCompetent, makeLegalEntity, makePerson } from "@/testing/factories";
import { assignSponsor } from "./assign";

const reason = "Head of trade operations, answers for the process";
let admin: Ctx;
let ownerId = "";
let legalEntityId = "";
beforeAll(async () => {
  admin = ctxOf(await makePerson(["admin"]), ["admin"]);
  ownerId = (await makePerson(["owner"])).id;
  legalEntityId = (await makeLegalEntity()).id;
});

async function trained(name: string) {
  const person = await makePerson(["sponsor"], name);
  await makeCompetent(person.id, MODULE_IDS);
  return person.id;
}
const newAgent = async (people: { sponsorId?: string; deputyId?: string } = {}) =>
  (await makeAgent({ ownerId, legalEntityId, ...people })).agent.id;
const history = async (agentId: string) =>
  (await db.sponsorship.findMany({ where: { agentId }, orderBy: { fromAt: "asc" } })).map(
    ({ personId, kind, toAt }) => ({ personId, kind, toAt }),
  );

test("the former assignment ends, the new one begins, both people are told, and it is recorded", async () => {
  const [old, fresh] = [await trained("Old"), await trained("Fresh")];
  const agentId = await newAgent({ sponsorId: old });
  const before = await db.ledgerEntry.count();
  const input = { agentId, personId: fresh, kind: "sponsor", reason };
  expect(await assignSponsor(admin, input)).toEqual({ previousId: old });
  expect(await history(agentId)).toEqual([
    { personId: old, kind: "sponsor", toAt: admin.now },
    { personId: fresh, kind: "sponsor", toAt: null },
  ]);
  const entry = await db.ledgerEntry.findUniqueOrThrow({ where: { seq: before } });
  expect(JSON.parse(entry.canonical)).toMatchObject({
    kind: "sponsor.assigned",
    agentId,
    sponsorId: fresh,
    role: "sponsor",
    previousId: old,
  });
  expect(await db.ledgerDetail.findUnique({ where: { seq: before } })).toMatchObject({
    detail: { reason },
  });
  const told = await db.notification.findMany({ where: { kind: "sponsor.assigned" } });
  expect(told.map(({ personId }) => personId).sort()).toEqual([old, fresh, ownerId].sort());
});

test("a deputy who becomes the sponsor stops being the deputy", async () => {
  const [sponsor, deputy] = [await trained("Sponsor"), await trained("Deputy")];
  const agentId = await newAgent({ sponsorId: sponsor, deputyId: deputy });
  await assignSponsor(admin, { agentId, personId: deputy, kind: "sponsor", reason });
  const open = (await history(agentId)).filter(({ toAt }) => toAt === null);
  expect(open).toEqual([{ personId: deputy, kind: "sponsor", toAt: null }]);
});

test("refused, and nothing is recorded", async () => {
  const sponsor = await trained("Sponsor");
  const untrained = (await makePerson(["sponsor"])).id;
  const agentId = await newAgent({ sponsorId: sponsor });
  const before = await db.ledgerEntry.count();
  const refused = (change: object, expected: object, ctx = admin) =>
    expect(
      assignSponsor(ctx, { agentId, personId: sponsor, kind: "deputy", reason, ...change }),
    ).rejects.toMatchObject(expected);
  await refused({}, { code: "conflict" });
  await refused({ kind: "sponsor" }, { code: "conflict" });
  await refused({ personId: untrained }, { code: "competence", fields: [{ path: "personId" }] });
  await refused({ personId: ownerId }, { code: "conflict" });
  await refused({ personId: "per_nobody0000" }, { code: "invalid" });
  await refused({ agentId: "agt_00000000" }, { code: "not-found" });
  await refused({ reason: "because" }, { code: "invalid", fields: [{ path: "reason" }] });
  await refused({ kind: "observer" }, { code: "invalid" });
  const asSponsor = ctxOf({ id: sponsor }, ["sponsor"]);
  await refused({ personId: await trained("Friend") }, { code: "forbidden" }, asSponsor);
  expect(await db.ledgerEntry.count()).toBe(before);
  expect(await history(agentId)).toHaveLength(1);
});

test("two administrators at once: one assignment is open, and no step of the history is lost", async () => {
  const people = [await trained("One"), await trained("Two"), await trained("Three")];
  const agentId = await newAgent();
  await Promise.all(
    people.map((personId) => assignSponsor(admin, { agentId, personId, kind: "sponsor", reason })),
  );
  const rows = await history(agentId);
  expect(rows).toHaveLength(3);
  expect(rows.filter(({ toAt }) => toAt === null)).toHaveLength(1);
});
