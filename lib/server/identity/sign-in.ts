import { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import { TypedPassword } from "@/lib/domain/identity/password";
import { PersonId } from "@/lib/domain/identity/person";
import { AuthenticationResponse } from "@/lib/domain/identity/step-up";
import { db } from "../db";
import { env } from "../env";
import { parseInput } from "../input";
import { takeChallenge } from "./challenge";
import { openSession } from "./open-session";
import { verifyPassword } from "./password-hash";
import { forgive, takeAttempt } from "./throttle";
import { statedChallenge, verifyAssertion } from "./verify-assertion";

/** Who knocks, and when. */
export type Knock = {
  readonly address: string | null;
  readonly userAgent: string;
  readonly now: Date;
};

export type SignedIn = { readonly personId: string; readonly sessionId: string };

const WRONG = "the e-mail address or the password is wrong";

const PasswordInput = z.object({
  email: z
    .string()
    .min(1)
    .max(300)
    .regex(/^\P{Cc}*$/u),
  password: TypedPassword,
});

/**
 * Signs in with e-mail and password. The answer, and the time it takes, is the same for an unknown address, a wrong
 * password and a deactivated account. Throws AppError("forbidden" | "too-many" | "invalid").
 */
export async function signInWithPassword(raw: unknown, knock: Knock): Promise<SignedIn> {
  const { email, password } = parseInput(PasswordInput, raw);
  const account = email.trim().toLowerCase();
  const subject = { account, address: knock.address };
  await takeAttempt(subject, knock.now);
  const person = await db.person.findUnique({ where: { email: account } });
  const right = await verifyPassword(person?.passwordHash ?? null, password);
  if (!right || person === null || !person.active) throw new AppError("forbidden", WRONG);
  await forgive(subject);

  const until = person.passwordExpiresAt;
  if (until !== null && until.getTime() <= knock.now.getTime()) {
    throw new AppError(
      "forbidden",
      "this temporary password has expired: ask an administrator for a new one",
    );
  }
  const method = until === null ? "password" : "temporary";
  const sessionId = await openSession(person.id, method, knock, person.passwordHash);
  return { personId: person.id, sessionId };
}

const PasskeyInput = z.object({ response: AuthenticationResponse });

/** Signs in with a discoverable passkey: the key says who it is. Throws AppError("forbidden" | "too-many" | "invalid"). */
export async function signInWithPasskey(raw: unknown, knock: Knock): Promise<SignedIn> {
  const { response } = parseInput(PasskeyInput, raw);
  // No account is known yet; the credential stands for it.
  const subject = { account: `passkey ${response.id}`, address: knock.address };
  await takeAttempt(subject, knock.now);
  const challenge = statedChallenge(response);
  const personId = await db.$transaction(async (tx) => {
    await takeChallenge(
      tx,
      { purpose: "sign-in", personId: null, subject: null, challenge },
      knock.now,
    );
    const verified = await verifyAssertion(tx, response, {
      challenge,
      personId: null,
      now: knock.now,
    });
    return verified.personId;
  });
  const person = await db.person.findUnique({ where: { id: personId } });
  if (person === null || !person.active) {
    throw new AppError("forbidden", "this account is not active");
  }
  await forgive(subject);
  return { personId, sessionId: await openSession(personId, "passkey", knock) };
}

const DemoInput = z.object({ personId: PersonId });

/** In the demo only: signs in as one of the seeded people by choosing them. Throws AppError("forbidden"). */
export async function signInAsDemo(raw: unknown, knock: Knock): Promise<SignedIn> {
  if (env().COUNTERSIGN_DEMO !== "1") throw new AppError("forbidden", "this is not a demo");
  const { personId } = parseInput(DemoInput, raw);
  const person = await db.person.findUnique({ where: { id: personId } });
  if (person === null || !person.active)
    throw new AppError("forbidden", "nobody of that name is here");
  return { personId, sessionId: await openSession(personId, "demo", knock) };
}
