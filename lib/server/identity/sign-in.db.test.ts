import "@/testing/database";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AppError } from "@/lib/domain/errors";
import { db } from "@/lib/server/db";
import { makePerson } from "@/testing/factories";
import { checkSession } from "./check-session";
import { openSession } from "./open-session";
import { hashPassword } from "./password-hash";
import { type Knock, signInAsDemo, signInWithPassword } from "./sign-in";
import { closeThrottle } from "./throttle";

const PASSWORD = "seven green bottles";
let hash = "";
let address = 0;

beforeAll(async () => {
  hash = await hashPassword(PASSWORD);
});
afterAll(closeThrottle);

/** Each test comes from an address of its own. */
const knock = (now = new Date()): Knock => {
  address += 1;
  return { address: `192.0.2.${address}`, userAgent: "test", now };
};

async function member(data: { active?: boolean; passwordExpiresAt?: Date } = {}) {
  const person = await makePerson(["owner"]);
  return db.person.update({
    where: { id: person.id },
    data: { passwordHash: hash, ...data },
  });
}

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) =>
      error instanceof AppError ? { code: error.code, message: error.message } : error,
  );

describe("sign-in with a password", () => {
  test("opens a session that the database vouches for", async () => {
    const person = await member();
    const email = person.email.toUpperCase();
    const { sessionId, personId } = await signInWithPassword(
      { email, password: PASSWORD },
      knock(),
    );
    expect(personId).toBe(person.id);
    const session = await checkSession(sessionId, new Date());
    expect(session).toMatchObject({
      method: "password",
      person: { id: person.id, roles: ["owner"] },
    });
  });

  test("tells nobody whether the address, the password or the account is wrong", async () => {
    const active = await member();
    const gone = await member({ active: false });
    const answers = await Promise.all([
      refusal(signInWithPassword({ email: active.email, password: "wrong" }, knock())),
      refusal(signInWithPassword({ email: gone.email, password: PASSWORD }, knock())),
      refusal(signInWithPassword({ email: "nobody@bank.example", password: PASSWORD }, knock())),
    ]);
    for (const answer of answers) {
      expect(answer).toEqual({
        code: "forbidden",
        message: "the e-mail address or the password is wrong",
      });
    }
  });

  test("waits after five wrong passwords, even for the right one, and even if all come at once", async () => {
    const person = await member();
    const guess = () =>
      refusal(signInWithPassword({ email: person.email, password: "wrong" }, knock()));
    const answers = await Promise.all(Array.from({ length: 8 }, guess));
    expect(answers.filter((answer) => (answer as AppError).code === "forbidden")).toHaveLength(5);
    expect(answers.filter((answer) => (answer as AppError).code === "too-many")).toHaveLength(3);
    const right = signInWithPassword({ email: person.email, password: PASSWORD }, knock());
    expect(await refusal(right)).toMatchObject({ code: "too-many" });
    const later = knock(new Date(Date.now() + 61_000));
    expect(
      await signInWithPassword({ email: person.email, password: PASSWORD }, later),
    ).toMatchObject({
      personId: person.id,
    });
  });

  test("a success clears the account's failures", async () => {
    const person = await member();
    for (let round = 0; round < 2; round += 1) {
      for (let failure = 0; failure < 4; failure += 1) {
        expect(
          await refusal(signInWithPassword({ email: person.email, password: "wrong" }, knock())),
        ).toMatchObject({ code: "forbidden" });
      }
      await signInWithPassword({ email: person.email, password: PASSWORD }, knock());
    }
  });

  test("the throttle's table says neither who nor from where", async () => {
    const keys = await db.signInThrottle.findMany();
    expect(keys.length).toBeGreaterThan(0);
    for (const { key } of keys) expect(key).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  test("a temporary password opens a session for setting a new one, until it expires", async () => {
    const soon = await member({ passwordExpiresAt: new Date(Date.now() + 60_000) });
    const { sessionId } = await signInWithPassword(
      { email: soon.email, password: PASSWORD },
      knock(),
    );
    expect(await checkSession(sessionId, new Date())).toMatchObject({ method: "temporary" });
    const late = await member({ passwordExpiresAt: new Date(Date.now() - 1) });
    const answer = refusal(signInWithPassword({ email: late.email, password: PASSWORD }, knock()));
    expect(await answer).toMatchObject({ message: expect.stringContaining("has expired") });
  });
});

describe("a session", () => {
  async function open() {
    const person = await member();
    const signedIn = await signInWithPassword({ email: person.email, password: PASSWORD }, knock());
    return { person, ...signedIn };
  }
  const later = (minutes: number) => new Date(Date.now() + minutes * 60_000);

  test("slides with every visit, but not with what runs in the background", async () => {
    const { sessionId } = await open();
    expect(await checkSession(sessionId, later(20))).not.toBeNull();
    expect(await checkSession(sessionId, later(49), { background: true })).not.toBeNull();
    expect(await checkSession(sessionId, later(51))).toBeNull();
  });

  test("ends when it is revoked, or when the person is deactivated", async () => {
    const { sessionId, person } = await open();
    await db.person.update({ where: { id: person.id }, data: { active: false } });
    expect(await checkSession(sessionId, new Date())).toBeNull();
    await db.person.update({ where: { id: person.id }, data: { active: true } });
    expect(await checkSession(sessionId, new Date())).not.toBeNull();
    await db.signInSession.update({ where: { id: sessionId }, data: { revokedAt: new Date() } });
    expect(await checkSession(sessionId, new Date())).toBeNull();
  });

  test("does not begin where the password was changed, or the person shut out, while the proof was checked", async () => {
    const person = await member();
    const begin = () => refusal(openSession(person.id, "password", knock(), hash));
    expect(await begin()).toBeNull();
    await db.person.update({ where: { id: person.id }, data: { passwordHash: "changed" } });
    expect(await begin()).toMatchObject({ code: "forbidden" });
    await db.person.update({
      where: { id: person.id },
      data: { passwordHash: hash, active: false },
    });
    expect(await begin()).toMatchObject({ code: "forbidden" });
    expect(await db.signInSession.count({ where: { personId: person.id } })).toBe(1);
  });

  test("ends after twelve hours however busy it is", async () => {
    const { sessionId } = await open();
    for (let minutes = 20; minutes < 720; minutes += 20) {
      expect(await checkSession(sessionId, later(minutes)), `${minutes} min`).not.toBeNull();
    }
    expect(await checkSession(sessionId, later(720))).toBeNull();
  });

  test("sees a role the moment it is given", async () => {
    const { sessionId, person } = await open();
    await db.personRole.create({ data: { personId: person.id, role: "sponsor" } });
    expect((await checkSession(sessionId, new Date()))?.person.roles).toEqual(["sponsor", "owner"]);
  });
});

test("outside the demo nobody signs in by being chosen", async () => {
  const person = await member();
  expect(await refusal(signInAsDemo({ personId: person.id }, knock()))).toMatchObject({
    code: "forbidden",
  });
});

test.each(["a\u0000b@bank.example", "a".repeat(301), ""])(
  "an address that can't be one is refused before the database sees it",
  async (email) => {
    expect(await refusal(signInWithPassword({ email, password: "x" }, knock()))).toMatchObject({
      code: "invalid",
    });
  },
);
