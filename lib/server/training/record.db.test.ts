import { beforeAll, expect, test } from "vitest";
import type { Ctx } from "@/lib/server/context";
import { db } from "@/lib/server/db";
import { ctxOf, makePerson } from "@/testing/factories";
import { recordTraining } from "./record";

let admin: Ctx;
let personId = "";
beforeAll(async () => {
  const now = new Date("2026-11-24T12:00:00Z");
  admin = ctxOf(await makePerson(["admin"]), ["admin"], now);
  personId = (await makePerson(["sponsor"])).id;
});
const input = (change: object = {}) => ({
  personId,
  module: "m5",
  score: 92,
  passedAt: "2026-11-20T09:00:00Z",
  provenance: "Classroom course, assessed by the second line",
  ...change,
});

test("a certificate for a year, recorded with where it comes from; a re-take is a new row", async () => {
  const before = await db.ledgerEntry.count();
  const first = await recordTraining(admin, input());
  expect(first.expiresAt).toBe("2027-11-20T09:00:00.000Z");
  await recordTraining(admin, input({ passedAt: "2026-11-23T09:00:00Z", version: 2 }));
  expect(await db.certificate.count({ where: { personId, module: "m5" } })).toBe(2);
  const entry = await db.ledgerEntry.findUniqueOrThrow({ where: { seq: before } });
  expect(JSON.parse(entry.canonical)).toMatchObject({
    kind: "training.certified",
    subjectId: personId,
    module: "m5",
    version: 1,
    score: 92,
    expiresAt: first.expiresAt,
  });
  expect(await db.ledgerDetail.findUnique({ where: { seq: before } })).toMatchObject({
    detail: { provenance: input().provenance, passedAt: "2026-11-20T09:00:00.000Z" },
  });
  expect(await db.notification.count({ where: { personId } })).toBe(2);
});

test("refused, and nothing is written", async () => {
  const before = await db.ledgerEntry.count();
  const refused = (change: object, expected: object, ctx = admin) =>
    expect(recordTraining(ctx, input(change))).rejects.toMatchObject(expected);
  await refused({ passedAt: "2026-11-25T00:00:00Z" }, { fields: [{ path: "passedAt" }] });
  await refused({ passedAt: "2025-11-24T12:00:00Z" }, { fields: [{ path: "passedAt" }] });
  await refused({ score: 79 }, { fields: [{ path: "score" }] });
  await refused({ module: "m11" }, { fields: [{ path: "module" }] });
  await refused({ provenance: "course" }, { fields: [{ path: "provenance" }] });
  await refused({ personId: "per_nobody0000" }, { code: "not-found" });
  await refused({ personId: admin.actor.id }, { code: "forbidden" });
  await refused({}, { code: "forbidden" }, ctxOf({ id: personId }, ["sponsor"]));
  const gone = await makePerson(["sponsor"]);
  await db.person.update({ where: { id: gone.id }, data: { active: false } });
  await refused({ personId: gone.id }, { code: "not-found" });
  expect(await db.ledgerEntry.count()).toBe(before);
});
