import pg from "pg";
import { expect, test, vi } from "vitest";
import { z } from "zod";
import { ctxOf, makePerson } from "@/testing/factories";
import { preparedCommand } from "./command";
import { db } from "./db";
import { LEDGER_LOCK } from "./ledger/append";

async function holdingTheLedger<Value>(work: () => Promise<Value>): Promise<Value> {
  const client = new pg.Client({ connectionString: process.env["DATABASE_URL"] });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [LEDGER_LOCK]);
    return await work();
  } finally {
    await client.end();
  }
}

function probe(prepare: () => Promise<string>) {
  const ran: string[] = [];
  const verb = preparedCommand({
    permission: "people:manage",
    input: z.strictObject({ name: z.string() }),
    prepare,
    async run(_tx, { ctx, input, prepared }) {
      ran.push(`${input.name} ${prepared}`);
      const subjectId = ctx.actor.id;
      return {
        value: prepared,
        events: [{ event: { kind: "person.sessions-ended", subjectId, sessionsEnded: 0 } }],
      };
    },
  });
  return { verb, ran };
}

test("slow work is done while somebody else holds the ledger's lock, and the rest waits for it", async () => {
  const person = await makePerson(["admin"]);
  let prepared: () => void = () => undefined;
  const isPrepared = new Promise<void>((resolve) => {
    prepared = resolve;
  });
  const { verb, ran } = probe(async () => {
    prepared();
    return "proved";
  });
  const done = await holdingTheLedger(async () => {
    const working = verb(ctxOf(person, ["admin"]), { name: "one" });
    await isPrepared;
    expect(ran).toEqual([]);
    return { working };
  });
  expect(await done.working).toBe("proved");
  expect(ran).toEqual(["one proved"]);
});

test("nothing is prepared for who may not, or for what can't be read", async () => {
  const person = await makePerson(["owner"]);
  const prepare = vi.fn(async () => "proved");
  const { verb } = probe(prepare);
  await expect(verb(ctxOf(person, ["owner"]), { name: "one" })).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(verb(ctxOf(person, ["admin"]), { name: 1 })).rejects.toMatchObject({
    code: "invalid",
  });
  expect(prepare).not.toHaveBeenCalled();
});

test("what fails while it is prepared changes nothing", async () => {
  const person = await makePerson(["admin"]);
  const { verb, ran } = probe(async () => {
    throw new Error("no");
  });
  const before = await db.ledgerEntry.count();
  await expect(verb(ctxOf(person, ["admin"]), { name: "one" })).rejects.toThrow("no");
  expect(ran).toEqual([]);
  expect(await db.ledgerEntry.count()).toBe(before);
});

test.each([
  ["shut out", (id: string) => db.person.update({ where: { id }, data: { active: false } })],
  ["stripped of the role", (id: string) => db.personRole.deleteMany({ where: { personId: id } })],
])("who was %s while their request waited for the lock changes nothing", async (_, lose) => {
  const person = await makePerson(["admin"]);
  const { verb, ran } = probe(async () => {
    await lose(person.id);
    return "proved";
  });
  const before = await db.ledgerEntry.count();
  await expect(verb(ctxOf(person, ["admin"]), { name: "one" })).rejects.toMatchObject({
    code: "forbidden",
  });
  expect(ran).toEqual([]);
  expect(await db.ledgerEntry.count()).toBe(before);
});
