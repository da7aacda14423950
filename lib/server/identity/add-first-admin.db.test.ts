import { expect, test } from "vitest";
import { db } from "@/lib/server/db";
import { addFirstAdmin } from "./add-first-admin";
import { verifyPassword } from "./password-hash";

test("an empty installation gets its first administrator once, with an entry and a password to change", async () => {
  await expect(addFirstAdmin(new Date(), { email: "nobody", name: "" })).rejects.toMatchObject({
    code: "invalid",
  });
  const first = { email: "root@bank.example", name: "Rosa Root" };
  const { personId, temporaryPassword } = await addFirstAdmin(new Date(), first);
  const person = await db.person.findUniqueOrThrow({
    where: { id: personId },
    include: { roles: true },
  });
  expect(person.roles.map(({ role }) => role)).toEqual(["admin"]);
  expect(person.passwordExpiresAt).not.toBeNull();
  expect(await verifyPassword(person.passwordHash, temporaryPassword)).toBe(true);
  expect(await db.ledgerEntry.findFirst({ orderBy: { seq: "desc" } })).toMatchObject({
    kind: "person.added",
    personId: null,
  });

  await expect(
    addFirstAdmin(new Date(), { email: "second@bank.example", name: "Second Root" }),
  ).rejects.toMatchObject({ code: "conflict" });
  expect(await db.person.count()).toBe(1);
});
