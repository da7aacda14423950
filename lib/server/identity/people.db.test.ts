import "@/testing/database";
import { afterAll, describe, expect, test } from "vitest";
import { ROLES, type Role } from "@/lib/domain/access/permissions";
import { AppError } from "@/lib/domain/errors";
import { db } from "@/lib/server/db";
import { ctxOf, makePerson } from "@/testing/factories";
import { addPerson } from "./add-person";
import { changePassword } from "./change-password";
import { changeRoles } from "./change-roles";
import { checkSession } from "./check-session";
import { deactivatePerson } from "./deactivate-person";
import { endPersonSessions } from "./end-person-sessions";
import { openSession } from "./open-session";
import { listPeople, ownAccess, PeopleFilter } from "./queries";
import { reactivatePerson } from "./reactivate-person";
import { resetPassword } from "./reset-password";
import { revokeOtherSessions, revokeSession } from "./revoke-session";
import { signInWithPassword } from "./sign-in";
import { closeThrottle } from "./throttle";
import { updateProfile } from "./update-profile";

afterAll(closeThrottle);

const knock = () => ({ address: null, userAgent: "test", now: new Date() });
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "done",
    (error: unknown) => (error instanceof AppError ? error.code : error),
  );
const session = (personId: string) =>
  openSession(personId, "password", { userAgent: "", now: new Date() });

async function admin() {
  const person = await makePerson(["admin"], "Ada Admin");
  return { person, ctx: ctxOf(person, ["admin"]) };
}

const NEW = {
  name: "Grace Hopper",
  title: "Rear Admiral",
  timeZone: "America/New_York",
  roles: ["owner"],
};
let count = 0;
const newcomer = () => {
  count += 1;
  return { ...NEW, email: `grace${count}@bank.example` };
};

describe("adding a person", () => {
  test("gives a temporary password that opens a session for changing it, and nothing personal to the body", async () => {
    const { ctx } = await admin();
    const input = newcomer();
    const { personId, temporaryPassword } = await addPerson(ctx, input);
    const stored = await db.person.findUniqueOrThrow({ where: { id: personId } });
    expect(stored.passwordHash).not.toContain(temporaryPassword);
    const entry = await db.ledgerEntry.findFirstOrThrow({
      where: { kind: "person.added" },
      orderBy: { seq: "desc" },
    });
    expect(entry.canonical).toContain(personId);
    expect(entry.canonical).not.toMatch(/Grace|bank\.example/);

    const signedIn = await signInWithPassword(
      { email: input.email, password: temporaryPassword },
      knock(),
    );
    const { sessionId } = signedIn;
    const self = ctxOf(stored, ["owner"]);
    expect(await codeOf(changePassword(self, { sessionId, password: "short" }))).toBe("invalid");
    await changePassword(self, { sessionId, password: "nanoseconds are wires" });
    expect(await checkSession(sessionId, new Date())).toMatchObject({ method: "password" });
    const again = signInWithPassword({ email: input.email, password: temporaryPassword }, knock());
    expect(await codeOf(again)).toBe("forbidden");
  });

  test("refuses an address that is taken, in whatever case", async () => {
    const { ctx } = await admin();
    const input = newcomer();
    await addPerson(ctx, input);
    expect(await codeOf(addPerson(ctx, { ...input, email: input.email.toUpperCase() }))).toBe(
      "conflict",
    );
  });

  test("two administrators at once add the same person once", async () => {
    const { ctx } = await admin();
    const input = newcomer();
    const answers = await Promise.all([1, 2].map(() => codeOf(addPerson(ctx, input))));
    expect(answers.sort()).toEqual(["conflict", "done"]);
    expect(await db.person.count({ where: { email: input.email } })).toBe(1);
  });

  test.each([
    ["no name", { name: " " }],
    ["a hidden direction mark", { name: "Grace\u202e" }],
    ["a name of 10,000 signs", { name: "g".repeat(10_000) }],
    ["no address", { email: "grace" }],
    ["no role", { roles: [] }],
    ["an unknown role", { roles: ["root"] }],
    ["an unknown zone", { timeZone: "Mars/Olympus" }],
    ["an unknown field", { passwordHash: "mine" }],
    ["a file for a name", { name: new Blob(["x"]) }],
  ])("%s is refused, and nobody is added", async (_what, change) => {
    const { ctx } = await admin();
    const before = await db.person.count();
    expect(await codeOf(addPerson(ctx, { ...newcomer(), ...change }))).toBe("invalid");
    expect(await db.person.count()).toBe(before);
  });
});

describe("only an administrator", () => {
  const others = ROLES.filter((role) => role !== "admin");
  test.each(others)("%s manages nobody", async (role: Role) => {
    const person = await makePerson([role]);
    const ctx = ctxOf(person, [role]);
    const target = { personId: (await makePerson(["owner"])).id };
    expect(await codeOf(addPerson(ctx, newcomer()))).toBe("forbidden");
    expect(await codeOf(changeRoles(ctx, { ...target, roles: ["admin"] }))).toBe("forbidden");
    expect(await codeOf(deactivatePerson(ctx, target))).toBe("forbidden");
    expect(await codeOf(reactivatePerson(ctx, target))).toBe("forbidden");
    expect(await codeOf(endPersonSessions(ctx, target))).toBe("forbidden");
    expect(await codeOf(resetPassword(ctx, target))).toBe("forbidden");
  });

  test.each(["owner", "sponsor"] as const)("%s does not even see the list", async (role) => {
    const ctx = ctxOf(await makePerson([role]), [role]);
    expect(await codeOf(listPeople(ctx, PeopleFilter.parse({})))).toBe("forbidden");
  });
});

describe("roles", () => {
  test("a change is recorded with what was before", async () => {
    const { ctx } = await admin();
    const person = await makePerson(["owner"]);
    await changeRoles(ctx, { personId: person.id, roles: ["auditor", "owner"] });
    const entry = await db.ledgerEntry.findFirstOrThrow({ orderBy: { seq: "desc" } });
    expect(JSON.parse(entry.canonical)).toMatchObject({
      kind: "person.roles-changed",
      subjectId: person.id,
      previous: ["owner"],
      roles: ["owner", "auditor"],
      personId: ctx.actor.id,
    });
  });

  test("nobody raises themself or lays their own administration down", async () => {
    const { ctx, person } = await admin();
    const own = (roles: readonly Role[]) => changeRoles(ctx, { personId: person.id, roles });
    expect(await codeOf(own(["admin", "sponsor"]))).toBe("forbidden");
    expect(await codeOf(own(["owner"]))).toBe("forbidden");
    expect(await codeOf(own(["admin"]))).toBe("conflict");
  });

  test("two administrators who unseat each other at once leave one", async () => {
    await db.personRole.deleteMany({ where: { role: "admin" } });
    const [a, b] = [await admin(), await admin()];
    const answers = await Promise.all([
      codeOf(changeRoles(a.ctx, { personId: b.person.id, roles: ["owner"] })),
      codeOf(changeRoles(b.ctx, { personId: a.person.id, roles: ["owner"] })),
    ]);
    expect(answers.sort()).toEqual(["done", "forbidden"]);
    expect(await db.person.count({ where: { roles: { some: { role: "admin" } } } })).toBe(1);
  });
});

describe("shutting out", () => {
  test("ends every session at once, and can be taken back", async () => {
    const { ctx } = await admin();
    const person = await makePerson(["owner"]);
    const sessions = [await session(person.id), await session(person.id)];
    const target = { personId: person.id };
    expect(await deactivatePerson(ctx, target)).toEqual({ sessionsEnded: 2 });
    expect(await codeOf(deactivatePerson(ctx, target))).toBe("conflict");
    await reactivatePerson(ctx, target);
    for (const id of sessions) expect(await checkSession(id, new Date())).toBeNull();
  });

  test("nobody shuts themself out", async () => {
    const { ctx, person } = await admin();
    expect(await codeOf(deactivatePerson(ctx, { personId: person.id }))).toBe("forbidden");
  });

  test("an administrator ends somebody's sessions and gives a new temporary password", async () => {
    const { ctx } = await admin();
    const input = newcomer();
    const { personId } = await addPerson(ctx, input);
    const id = await session(personId);
    expect(await endPersonSessions(ctx, { personId })).toEqual({ sessionsEnded: 1 });
    expect(await codeOf(endPersonSessions(ctx, { personId }))).toBe("conflict");
    expect(await checkSession(id, new Date())).toBeNull();
    const { temporaryPassword } = await resetPassword(ctx, { personId });
    const credentials = { email: input.email, password: temporaryPassword };
    expect(await codeOf(signInWithPassword(credentials, knock()))).toBe("done");
    expect(await codeOf(resetPassword(ctx, { personId: ctx.actor.id }))).toBe("forbidden");
  });
});

describe("oneself", () => {
  test("a new password ends the other sessions and keeps this one", async () => {
    const { ctx: adminCtx } = await admin();
    const input = newcomer();
    const { personId, temporaryPassword } = await addPerson(adminCtx, input);
    const ctx = ctxOf({ id: personId }, ["owner"]);
    const { sessionId } = await signInWithPassword(
      { email: input.email, password: temporaryPassword },
      knock(),
    );
    const first = "nanoseconds are wires";
    await changePassword(ctx, { sessionId, password: first });

    const other = await session(personId);
    const wrong = { sessionId, current: "not this", password: "a ship in port is safe" };
    expect(await codeOf(changePassword(ctx, wrong))).toBe("forbidden");
    const without = { sessionId, password: "a ship in port is safe" };
    expect(await codeOf(changePassword(ctx, without))).toBe("invalid");
    expect(await codeOf(changePassword(ctx, { sessionId, current: first, password: first }))).toBe(
      "invalid",
    );
    const right = { ...wrong, current: first };
    expect(await changePassword(ctx, right)).toEqual({ sessionsEnded: 1 });
    expect(await checkSession(other, new Date())).toBeNull();
    expect(await checkSession(sessionId, new Date())).not.toBeNull();
    const entry = await db.ledgerEntry.findFirstOrThrow({ orderBy: { seq: "desc" } });
    expect(entry).toMatchObject({ kind: "person.password-changed", personId });
  });

  test("another person's temporary session does not spare one the current password", async () => {
    const { ctx: adminCtx } = await admin();
    const [mine, theirs] = [newcomer(), newcomer()];
    const me = await addPerson(adminCtx, mine);
    const them = await addPerson(adminCtx, theirs);
    const { sessionId } = await signInWithPassword(
      { email: theirs.email, password: them.temporaryPassword },
      knock(),
    );
    const ctx = ctxOf({ id: me.personId }, ["owner"]);
    expect(
      await codeOf(changePassword(ctx, { sessionId, password: "a ship in port is safe" })),
    ).toBe("invalid");
  });

  test("one ends one's own sessions, and nobody else's", async () => {
    const [me, you] = [await makePerson(["owner"]), await makePerson(["owner"])];
    const ctx = ctxOf(me, ["owner"]);
    const [keep, drop, yours] = [await session(me.id), await session(me.id), await session(you.id)];
    expect(await codeOf(revokeSession(ctx, { sessionId: yours }))).toBe("not-found");
    expect(await revokeOtherSessions(ctx, { keep })).toBe(1);
    expect(await checkSession(drop, new Date())).toBeNull();
    expect(await checkSession(yours, new Date())).not.toBeNull();
    expect((await ownAccess(ctx)).sessions.map(({ id }) => id)).toEqual([keep]);
  });

  test("a change of name is recorded, the former name only in the detail", async () => {
    const person = await makePerson(["owner"], "Former Name");
    const ctx = ctxOf(person, ["owner"]);
    const profile = { name: "New Name", title: "", timeZone: "Europe/London" };
    await updateProfile(ctx, profile);
    expect(await codeOf(updateProfile(ctx, profile))).toBe("conflict");
    const entry = await db.ledgerEntry.findFirstOrThrow({ orderBy: { seq: "desc" } });
    expect(JSON.parse(entry.canonical)).toMatchObject({
      kind: "person.profile-changed",
      fields: ["name"],
    });
    expect(entry.canonical).not.toContain("Name");
    const detail = await db.ledgerDetail.findUniqueOrThrow({ where: { seq: entry.seq } });
    expect(JSON.stringify(detail.detail)).toContain("Former Name");
  });
});

test("the list searches, filters, sorts and pages on the server", async () => {
  const { ctx } = await admin();
  const marked = "Zzyzx";
  for (let index = 0; index < 30; index += 1) {
    await makePerson(index % 2 === 0 ? ["auditor"] : ["owner"], `${marked} ${100 + index}`);
  }
  const list = (filter: Record<string, string>) => listPeople(ctx, PeopleFilter.parse(filter));
  const second = await list({ q: marked.toLowerCase(), page: "2", sort: "-name" });
  expect(second.info).toMatchObject({ total: 30, page: 2, sort: "-name" });
  expect(second.rows.map(({ name }) => name)).toEqual(
    [104, 103, 102, 101, 100].map((number) => `${marked} ${number}`),
  );
  const auditors = await list({ q: marked, role: "auditor" });
  expect(auditors.info.total).toBe(15);
  expect((await list({ q: `${marked}\u0000` })).info.total).toBe(30);
  const nonsense = await list({ q: marked, role: "root", sort: "passwordHash", page: "-3" });
  expect(nonsense.info).toMatchObject({ total: 30, page: 1, sort: "name" });
});

test("one administrator always remains, and one who is shut out can lose the role", async () => {
  await db.person.updateMany({
    where: { roles: { some: { role: "admin" } } },
    data: { active: false },
  });
  const last = await admin();
  const gone = await admin();
  const change = { personId: gone.person.id, roles: ["auditor"] };
  await deactivatePerson(last.ctx, { personId: gone.person.id });
  expect(await codeOf(changeRoles(last.ctx, change))).toBe("done");
  const self = { personId: last.person.id, roles: ["auditor"] };
  expect(await codeOf(changeRoles(last.ctx, self))).toBe("forbidden");
  // A request that was under way while its sender lost the role.
  expect(await codeOf(changeRoles(gone.ctx, self))).toBe("forbidden");
  expect(await codeOf(deactivatePerson(gone.ctx, { personId: last.person.id }))).toBe("forbidden");
});
