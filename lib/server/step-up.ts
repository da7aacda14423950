import {
  generateAuthenticationOptions,
  type PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/server";
import { AppError } from "@/lib/domain/errors";
import type { StepUpProof, StepUpResult } from "@/lib/domain/identity/step-up";
import type { Ctx } from "./context";
import { db, type Tx } from "./db";
import { issueChallenge, takeChallenge } from "./identity/challenge";
import { verifyPassword } from "./identity/password-hash";
import { relyingParty } from "./identity/relying-party";
import { forgive, takeAttempt } from "./identity/throttle";
import { verifyAssertion } from "./identity/verify-assertion";

/** What is being confirmed. */
export type StepUp = {
  /** the act, e.g. `manifest.approve` */
  readonly purpose: string;
  /** what it is done to, e.g. the manifest's id */
  readonly subject: string;
  /** SHA-256 of what is signed, base64url (43 characters): the passkey signs exactly this */
  readonly digest: string;
};

const DIGEST = /^[A-Za-z0-9_-]{43}$/;

/**
 * Starts a confirmation by passkey. The options' challenge is `digest` itself, so that the answer proves that this
 * person's key signed this very thing. Throws AppError("conflict") where the person has no passkey.
 */
export async function beginStepUp(
  ctx: Ctx,
  { purpose, subject, digest }: StepUp,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  if (!DIGEST.test(digest)) throw new Error("a step-up's digest is SHA-256 in base64url");
  const personId = ctx.actor.id;
  const passkeys = await db.passkey.findMany({ where: { personId } });
  if (passkeys.length === 0) {
    throw new AppError("conflict", "you have no passkey yet: add one in your settings");
  }
  const options = await generateAuthenticationOptions({
    rpID: relyingParty().id,
    challenge: new Uint8Array(Buffer.from(digest, "base64url")),
    userVerification: "required",
    allowCredentials: passkeys.map(({ id, transports }) => ({ id, transports })),
  });
  await issueChallenge(db, { purpose, subject, personId, challenge: digest }, ctx.now);
  return options;
}

const proved: unique symbol = Symbol("proved");

/** A proof whose slow part is behind it; only `proveStepUp` makes one. */
export type ProvedStepUp = { readonly [proved]: true } & (
  | Extract<StepUpProof, { readonly kind: "passkey" }>
  /** the hash that the password was right for */
  | { readonly kind: "password"; readonly personId: string; readonly passwordHash: string | null }
);

/**
 * The slow part of a proof, before the ledger's lock is taken: a password is hashed here, throttled; a passkey is left
 * for `verifyStepUp`. Throws AppError("forbidden" | "too-many").
 */
export async function proveStepUp(ctx: Ctx, proof: StepUpProof): Promise<ProvedStepUp> {
  if (proof.kind === "passkey") return { ...proof, [proved]: true };
  const personId = ctx.actor.id;
  const passwordHash = await verifyOwnPassword(personId, proof.password);
  return { kind: "password", personId, passwordHash, [proved]: true };
}

/**
 * Checks the proof inside the verb that it confirms, so that one proof does one act. `allowPassword` is for the caller to
 * grant (tiers low and moderate, and the demo); without it only a passkey will do. The passkey's answer comes back in a
 * form that a third party can verify. Throws AppError("forbidden").
 */
export async function verifyStepUp(
  tx: Tx,
  ctx: Ctx,
  act: StepUp & { readonly proof: ProvedStepUp; readonly allowPassword?: boolean },
): Promise<StepUpResult> {
  const { purpose, subject, digest, proof } = act;
  const personId = ctx.actor.id;
  if (proof.kind === "password") {
    if (act.allowPassword !== true) {
      throw new AppError("forbidden", "this needs your passkey: a password is not enough");
    }
    // It may have been changed, or reset by an administrator, since it was proved.
    const person = await tx.person.findUnique({ where: { id: personId } });
    if (proof.personId !== personId || person?.passwordHash !== proof.passwordHash) {
      throw new AppError("forbidden", "your password was changed meanwhile: type the new one");
    }
    // Whoever gave it out knows it, too.
    if (person.passwordExpiresAt !== null) {
      throw new AppError("forbidden", "a temporary password proves nothing: set one of your own");
    }
    return { assurance: "password" };
  }
  await takeChallenge(tx, { purpose, subject, personId, challenge: digest }, ctx.now);
  const { assertion } = await verifyAssertion(tx, proof.response, {
    challenge: digest,
    personId,
    now: ctx.now,
  });
  return { assurance: "passkey", assertion };
}

/**
 * Asks for the person's own password again, throttled. Returns the hash that it was right for. Takes a quarter of a
 * second: never under the ledger's lock. Throws AppError("forbidden" | "too-many").
 */
export async function verifyOwnPassword(
  personId: string,
  password: string,
  field = "password",
): Promise<string | null> {
  const subject = { account: `step-up ${personId}`, address: null };
  // The true time: a verb that acts in the past (the seed) must not escape the throttle.
  await takeAttempt(subject, new Date());
  const person = await db.person.findUnique({ where: { id: personId } });
  if (!(await verifyPassword(person?.passwordHash ?? null, password)) || person === null) {
    throw new AppError("forbidden", "this is not your password", {
      fields: [{ path: field, message: "this is not your password" }],
    });
  }
  await forgive(subject);
  return person.passwordHash;
}
