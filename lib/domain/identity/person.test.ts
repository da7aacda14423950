import { expect, test } from "vitest";
import type { Role } from "@/lib/domain/access/permissions";
import { Email, knownRoles, PersonName, RoleSet, roleChangeProblem, TimeZone } from "./person";

const change = (options: {
  self?: boolean;
  previous: readonly Role[];
  next: readonly Role[];
  admins?: number;
}) =>
  roleChangeProblem({
    actorId: "per_admin",
    subjectId: options.self ? "per_admin" : "per_other",
    previous: options.previous,
    next: options.next,
    activeAdmins: options.admins ?? 2,
  });

test("an administrator changes the roles of others", () => {
  expect(change({ previous: ["owner"], next: ["owner", "sponsor"] })).toBeNull();
  expect(change({ previous: ["admin"], next: ["owner"] })).toBeNull();
});

test("nobody takes their own administration away", () => {
  expect(change({ self: true, previous: ["admin", "owner"], next: ["owner"] })).toMatch(/your own/);
});

test("nobody gives themself a role", () => {
  expect(change({ self: true, previous: ["admin"], next: ["admin", "sponsor"] })).toMatch(
    /give yourself the role `sponsor`/,
  );
});

test("one may drop a role of one's own that is not administration", () => {
  expect(change({ self: true, previous: ["admin", "owner"], next: ["admin"] })).toBeNull();
});

test("one administrator always remains", () => {
  expect(change({ previous: ["admin"], next: [], admins: 1 })).toMatch(/last administrator/);
});

test("a name is cleaned of what can't be seen, and refused where that would change it", () => {
  expect(PersonName.parse("  Ada \n Lovelace ")).toBe("Ada Lovelace");
  expect(PersonName.parse("Zoe\u0301")).toBe("Zoé");
  expect(PersonName.safeParse("Ada\u202eecalevoL").success).toBe(false);
  expect(PersonName.safeParse("   ").success).toBe(false);
  expect(PersonName.safeParse("a".repeat(10_000)).success).toBe(false);
});

test("an address is one account however it is typed", () => {
  expect(Email.parse(" Ada@Bank.Example ")).toBe("ada@bank.example");
  expect(Email.safeParse("not an address").success).toBe(false);
});

test("only time zones that exist", () => {
  expect(TimeZone.safeParse("Europe/London").success).toBe(true);
  expect(TimeZone.safeParse("Mars/Olympus").success).toBe(false);
});

test("roles come once each, in one order, and at least one", () => {
  expect(RoleSet.parse(["owner", "admin", "owner"])).toEqual(["admin", "owner"]);
  expect(RoleSet.safeParse([]).success).toBe(false);
  expect(RoleSet.safeParse(["root"]).success).toBe(false);
});

test("a word in the database that is no role gives nothing", () => {
  expect(knownRoles(["auditor", "superuser"])).toEqual(["auditor"]);
});
