import "@/testing/database";
import { createHash, createPublicKey, verify } from "node:crypto";
import { afterAll, describe, expect, test } from "vitest";
import { AppError } from "@/lib/domain/errors";
import type { Ctx } from "@/lib/server/context";
import { db } from "@/lib/server/db";
import { beginStepUp, proveStepUp, verifyStepUp } from "@/lib/server/step-up";
import { ctxOf, makePerson } from "@/testing/factories";
import { SoftPasskey } from "@/testing/soft-passkey";
import { beginPasskeyRegistration } from "./begin-passkey-registration";
import { beginPasskeySignIn } from "./begin-passkey-sign-in";
import { openSession } from "./open-session";
import { hashPassword } from "./password-hash";
import { registerPasskey } from "./register-passkey";
import { removePasskey } from "./remove-passkey";
import { renamePasskey } from "./rename-passkey";
import { signInWithPasskey } from "./sign-in";
import { closeThrottle } from "./throttle";

afterAll(closeThrottle);

const knock = () => ({ address: null, userAgent: "test", now: new Date() });
const digestOf = (text: string) => createHash("sha256").update(text).digest("base64url");
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "done",
    (error: unknown) => (error instanceof AppError ? error.code : error),
  );

async function signedIn(now = new Date()) {
  const person = await makePerson(["sponsor"]);
  const sessionId = await openSession(person.id, "password", { userAgent: "", now });
  return { person, sessionId, ctx: ctxOf(person, ["sponsor"]) };
}

async function withPasskey() {
  const who = await signedIn();
  const passkey = new SoftPasskey(who.person.id);
  const options = await beginPasskeyRegistration(who.ctx, who.sessionId);
  const response = passkey.register(options.challenge);
  await registerPasskey(who.ctx, { sessionId: who.sessionId, name: "Laptop", response });
  return { ...who, passkey };
}

const kinds = async (personId: string) => {
  const entries = await db.ledgerEntry.findMany({ where: { personId }, orderBy: { seq: "asc" } });
  return entries.map(({ kind }) => kind);
};

describe("registering", () => {
  test("a passkey is stored and recorded, without its name in the body", async () => {
    const { person } = await withPasskey();
    expect(await db.passkey.count({ where: { personId: person.id } })).toBe(1);
    expect(await kinds(person.id)).toEqual(["person.passkey-added"]);
    const entry = await db.ledgerEntry.findFirstOrThrow({ where: { personId: person.id } });
    expect(entry.canonical).not.toContain("Laptop");
  });

  test("the same answer twice, and a challenge of one's own, are refused", async () => {
    const { ctx, sessionId, person } = await signedIn();
    const passkey = new SoftPasskey(person.id);
    const { challenge } = await beginPasskeyRegistration(ctx, sessionId);
    const input = { sessionId, name: "Laptop", response: passkey.register(challenge) };
    await registerPasskey(ctx, input);
    expect(await codeOf(registerPasskey(ctx, input))).toBe("forbidden");
    const own = { ...input, response: new SoftPasskey(person.id).register(digestOf("mine")) };
    expect(await codeOf(registerPasskey(ctx, own))).toBe("forbidden");
  });

  test("another site's answer is refused", async () => {
    const { ctx, sessionId, person } = await signedIn();
    const passkey = new SoftPasskey(person.id, { origin: "https://evil.example" });
    const { challenge } = await beginPasskeyRegistration(ctx, sessionId);
    const input = { sessionId, name: "Laptop", response: passkey.register(challenge) };
    expect(await codeOf(registerPasskey(ctx, input))).toBe("forbidden");
    expect(await db.passkey.count({ where: { personId: person.id } })).toBe(0);
  });

  test("takes a session that has just begun", async () => {
    const { ctx, sessionId } = await signedIn(new Date(Date.now() - 16 * 60_000));
    expect(await codeOf(beginPasskeyRegistration(ctx, sessionId))).toBe("forbidden");
    const other = await signedIn();
    expect(await codeOf(beginPasskeyRegistration(ctx, other.sessionId))).toBe("forbidden");
  });
});

describe("signing in", () => {
  test("the key says who it is", async () => {
    const { passkey, person } = await withPasskey();
    const { challenge } = await beginPasskeySignIn(new Date());
    const response = passkey.authenticate(challenge);
    expect(await signInWithPasskey({ response }, knock())).toMatchObject({ personId: person.id });
    expect(await codeOf(signInWithPasskey({ response }, knock()))).toBe("forbidden");
  });

  test("an unregistered key, one without verification, and an expired challenge are refused", async () => {
    const { passkey, person } = await withPasskey();
    const fresh = async () => (await beginPasskeySignIn(new Date())).challenge;
    const stranger = new SoftPasskey(person.id).authenticate(await fresh());
    expect(await codeOf(signInWithPasskey({ response: stranger }, knock()))).toBe("forbidden");
    const unverified = passkey.authenticate(await fresh(), { verified: false });
    expect(await codeOf(signInWithPasskey({ response: unverified }, knock()))).toBe("forbidden");
    const late = { ...knock(), now: new Date(Date.now() + 6 * 60_000) };
    const response = passkey.authenticate(await fresh());
    expect(await codeOf(signInWithPasskey({ response }, late))).toBe("forbidden");
  });

  test("a key that names another person than it was stored with is refused", async () => {
    const { passkey } = await withPasskey();
    const { challenge } = await beginPasskeySignIn(new Date());
    const response = passkey.authenticate(challenge);
    const userHandle = Buffer.from("per_someoneelse").toString("base64url");
    const forged = { ...response, response: { ...response.response, userHandle } };
    expect(await codeOf(signInWithPasskey({ response: forged }, knock()))).toBe("forbidden");
  });

  test("a deactivated person is refused", async () => {
    const { passkey, person } = await withPasskey();
    await db.person.update({ where: { id: person.id }, data: { active: false } });
    const { challenge } = await beginPasskeySignIn(new Date());
    const response = passkey.authenticate(challenge);
    expect(await codeOf(signInWithPasskey({ response }, knock()))).toBe("forbidden");
  });
});

describe("step-up", () => {
  const act = { purpose: "manifest.approve", subject: "man_1", digest: digestOf("the manifest") };
  type What = Omit<Parameters<typeof verifyStepUp>[2], "proof"> & {
    readonly proof: Parameters<typeof proveStepUp>[1];
  };
  const check = async (ctx: Ctx, what: What): Promise<Awaited<ReturnType<typeof verifyStepUp>>> => {
    const proof = await proveStepUp(ctx, what.proof);
    return db.$transaction((tx) => verifyStepUp(tx, ctx, { ...what, proof }));
  };

  test("what comes back proves to anyone that this key signed this digest", async () => {
    const { ctx, passkey } = await withPasskey();
    const options = await beginStepUp(ctx, act);
    expect(options.challenge).toBe(act.digest);
    const proof = { kind: "passkey", response: passkey.authenticate(options.challenge) } as const;
    const result = await check(ctx, { ...act, proof });
    if (result.assurance !== "passkey") throw new Error("not by passkey");

    const { assertion } = result;
    const clientData = Buffer.from(assertion.clientDataJSON, "base64url");
    expect(JSON.parse(clientData.toString()).challenge).toBe(act.digest);
    const cose = Buffer.from(assertion.publicKey, "base64url");
    // The last 67 bytes of the COSE key: x (32), its neighbour's head (3), y (32).
    const key = createPublicKey({
      format: "jwk",
      key: {
        kty: "EC",
        crv: "P-256",
        x: cose.subarray(-67, -35).toString("base64url"),
        y: cose.subarray(-32).toString("base64url"),
      },
    });
    const signed = Buffer.concat([
      Buffer.from(assertion.authenticatorData, "base64url"),
      createHash("sha256").update(clientData).digest(),
    ]);
    expect(verify("sha256", signed, key, Buffer.from(assertion.signature, "base64url"))).toBe(true);
  });

  test("one proof does one act, of one kind, on one thing, by one person", async () => {
    const { ctx, passkey } = await withPasskey();
    const other = await withPasskey();
    await beginStepUp(ctx, act);
    const proof = { kind: "passkey", response: passkey.authenticate(act.digest) } as const;
    expect(await codeOf(check(ctx, { ...act, purpose: "review.override", proof }))).toBe(
      "forbidden",
    );
    expect(await codeOf(check(ctx, { ...act, subject: "man_2", proof }))).toBe("forbidden");
    expect(await codeOf(check(ctx, { ...act, digest: digestOf("changed"), proof }))).toBe(
      "forbidden",
    );
    expect(await codeOf(check(other.ctx, { ...act, proof }))).toBe("forbidden");
    await beginStepUp(other.ctx, act);
    expect(await codeOf(check(other.ctx, { ...act, proof }))).toBe("forbidden");
    expect(await codeOf(check(ctx, { ...act, proof }))).toBe("done");
    expect(await codeOf(check(ctx, { ...act, proof }))).toBe("forbidden");
  });

  test("two at once: one of them does it", async () => {
    const { ctx, passkey } = await withPasskey();
    await beginStepUp(ctx, act);
    const proof = { kind: "passkey", response: passkey.authenticate(act.digest) } as const;
    const answers = await Promise.all([1, 2, 3].map(() => codeOf(check(ctx, { ...act, proof }))));
    expect(answers.sort()).toEqual(["done", "forbidden", "forbidden"]);
  });

  test("an answer to another digest is refused", async () => {
    const { ctx, passkey } = await withPasskey();
    await beginStepUp(ctx, act);
    const response = passkey.authenticate(digestOf("another manifest"));
    expect(await codeOf(check(ctx, { ...act, proof: { kind: "passkey", response } }))).toBe(
      "forbidden",
    );
  });

  test("a password counts only where the caller says so, and is throttled though the act is undone", async () => {
    const { ctx, person } = await signedIn();
    const passwordHash = await hashPassword("seven green bottles");
    await db.person.update({ where: { id: person.id }, data: { passwordHash } });
    const right = { kind: "password", password: "seven green bottles" } as const;
    const wrong = { kind: "password", password: "six green bottles" } as const;
    expect(await codeOf(check(ctx, { ...act, proof: right }))).toBe("forbidden");
    const allowed = { ...act, allowPassword: true };
    expect(await check(ctx, { ...allowed, proof: right })).toEqual({ assurance: "password" });
    for (let guess = 0; guess < 5; guess += 1) {
      expect(await codeOf(check(ctx, { ...allowed, proof: wrong }))).toBe("forbidden");
    }
    expect(await codeOf(check(ctx, { ...allowed, proof: right }))).toBe("too-many");
  });

  test("a password that was changed after it was proved counts no more, nor does a temporary one", async () => {
    const { ctx, person } = await signedIn();
    const set = async (password: string, passwordExpiresAt: Date | null = null) =>
      db.person.update({
        where: { id: person.id },
        data: { passwordHash: await hashPassword(password), passwordExpiresAt },
      });
    await set("seven green bottles");
    const allowed = { ...act, allowPassword: true };
    const proof = await proveStepUp(ctx, { kind: "password", password: "seven green bottles" });
    const verify = () => db.$transaction((tx) => verifyStepUp(tx, ctx, { ...allowed, proof }));
    expect(await codeOf(verify())).toBe("done");
    await set("six green bottles");
    expect(await codeOf(verify())).toBe("forbidden");
    await set("given out by admin", new Date(Date.now() + 60_000));
    const given = { kind: "password", password: "given out by admin" } as const;
    expect(await codeOf(check(ctx, { ...allowed, proof: given }))).toBe("forbidden");
  });

  test("without a passkey there is nothing to begin", async () => {
    const { ctx } = await signedIn();
    expect(await codeOf(beginStepUp(ctx, act))).toBe("conflict");
  });
});

describe("keeping", () => {
  test("one renames and removes one's own only", async () => {
    const mine = await withPasskey();
    const other = await withPasskey();
    const passkeyId = mine.passkey.id.toString("base64url");
    expect(await codeOf(renamePasskey(other.ctx, { passkeyId, name: "Mine" }))).toBe("not-found");
    const theirs = removePasskey(other.ctx, { sessionId: other.sessionId, passkeyId });
    expect(await codeOf(theirs)).toBe("not-found");
    await renamePasskey(mine.ctx, { passkeyId, name: "Desk" });
    expect(await db.passkey.findUniqueOrThrow({ where: { id: passkeyId } })).toMatchObject({
      name: "Desk",
    });
  });

  test("the only way in can't be removed; with a password it can", async () => {
    const { ctx, sessionId, person, passkey } = await withPasskey();
    const input = { sessionId, passkeyId: passkey.id.toString("base64url") };
    expect(await codeOf(removePasskey(ctx, input))).toBe("conflict");
    const passwordHash = await hashPassword("seven green bottles");
    await db.person.update({ where: { id: person.id }, data: { passwordHash } });
    expect(await codeOf(removePasskey(ctx, input))).toBe("done");
    expect(await kinds(person.id)).toEqual(["person.passkey-added", "person.passkey-removed"]);
  });
});
