import pg from "pg";
import { afterAll, expect, test } from "vitest";
import { z } from "zod";
import type { Actor } from "@/lib/domain/access/permissions";
import { command } from "@/lib/server/command";
import { db } from "@/lib/server/db";

const actor: Actor = { id: "per_admin0001", roles: ["admin"] };
const ctx = () => ({ actor, now: new Date() });
const owner = new pg.Client({ connectionString: process.env["TEST_OWNER_URL"] });
await owner.connect();
afterAll(() => owner.end());

const addEntity = command({
  permission: "people:manage",
  input: z.strictObject({ id: z.string(), fail: z.boolean().optional() }),
  async run(tx, { input, seq }) {
    await tx.legalEntity.create({ data: { id: input.id, name: input.id, country: "GB" } });
    if (input.fail) throw new Error("after the write");
    return {
      value: seq,
      events: [
        {
          event: { kind: "person.deactivated", subjectId: "per_someone01" },
          detail: { words: "née O’Brien" },
        },
      ],
    };
  },
});

test("a change and its entry are committed together, and the generated columns come from the body", async () => {
  const seq = await addEntity(ctx(), { id: "ent_one" });
  const entry = await db.ledgerEntry.findUniqueOrThrow({ where: { seq } });
  expect(entry.kind).toBe("person.deactivated");
  expect(entry.personId).toBe(actor.id);
  expect(entry.at?.toISOString()).toBe(JSON.parse(entry.canonical).at);
  expect(entry.canonical).not.toContain("Brien");
  expect(await db.ledgerDetail.findUnique({ where: { seq } })).toMatchObject({
    detail: { words: "née O’Brien" },
  });
});

test("a verb that fails leaves neither a change nor an entry", async () => {
  const before = await db.ledgerEntry.count();
  await expect(addEntity(ctx(), { id: "ent_two", fail: true })).rejects.toThrow("after the write");
  expect(await db.ledgerEntry.count()).toBe(before);
  expect(await db.legalEntity.findUnique({ where: { id: "ent_two" } })).toBeNull();
});

test("who lacks the permission, or sends what can't be parsed, changes nothing", async () => {
  const before = await db.ledgerEntry.count();
  const auditor = { actor: { id: "per_auditor01", roles: ["auditor"] } as const, now: new Date() };
  await expect(addEntity(auditor, { id: "ent_three" })).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(addEntity(ctx(), { id: 3, more: 1 })).rejects.toMatchObject({ code: "invalid" });
  expect(await db.ledgerEntry.count()).toBe(before);
});

test("many at once: the sequence has no gap, and a duplicate is a conflict", async () => {
  const ids = Array.from({ length: 20 }, (_, i) => `ent_many${i}`);
  const results = await Promise.allSettled(
    [...ids, "ent_many0"].map((id) => addEntity(ctx(), { id })),
  );
  const refused = results.filter((result) => result.status === "rejected");
  expect(refused).toHaveLength(1);
  expect(refused[0]).toMatchObject({ reason: { code: "conflict" } });
  const entries = await db.ledgerEntry.findMany({ orderBy: { seq: "asc" }, select: { seq: true } });
  expect(entries.map((entry) => Number(entry.seq))).toEqual(entries.map((_, index) => index));
});

test("nobody rewrites the ledger: neither the application's login nor the tables' owner", async () => {
  for (const sql of [
    `UPDATE "LedgerEntry" SET "canonical" = '{}' WHERE "seq" = 0`,
    `DELETE FROM "LedgerEntry" WHERE "seq" = 0`,
    `TRUNCATE "LedgerEntry"`,
    `UPDATE "LedgerDetail" SET "detail" = '{}'`,
  ]) {
    await expect(db.$executeRawUnsafe(sql)).rejects.toThrow(/permission denied/);
    await expect(owner.query(sql)).rejects.toThrow(/append-only/);
  }
  await expect(
    db.$executeRawUnsafe(
      `INSERT INTO "LedgerEntry" ("seq", "canonical", "leafHash", "kind") VALUES (999, '{}', '', 'x')`,
    ),
  ).rejects.toThrow(/generated|cannot insert/);
  await expect(
    db.$executeRawUnsafe(`ALTER TABLE "LedgerEntry" DISABLE TRIGGER ALL`),
  ).rejects.toThrow(/must be owner/);
});
