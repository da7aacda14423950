import {
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
} from "@simplewebauthn/server";
import { AppError } from "@/lib/domain/errors";
import { authorise, type Ctx } from "../context";
import { db } from "../db";
import { issueChallenge } from "./challenge";
import { requireFreshSession } from "./fresh-session";
import { relyingParty } from "./relying-party";

/** Nobody needs more, and the browser must be told of each. */
const PASSKEYS_MAX = 10;

async function begin(ctx: Ctx, sessionId: string): Promise<PublicKeyCredentialCreationOptionsJSON> {
  authorise(ctx, "self:manage");
  await requireFreshSession(db, ctx, sessionId);
  const person = await db.person.findUnique({
    where: { id: ctx.actor.id },
    include: { passkeys: true },
  });
  if (person === null) throw new AppError("not-found", "there is no such person");
  if (person.passkeys.length >= PASSKEYS_MAX) {
    throw new AppError("conflict", `you have ${PASSKEYS_MAX} passkeys: remove one first`);
  }
  const party = relyingParty();
  const options = await generateRegistrationOptions({
    rpID: party.id,
    rpName: party.name,
    userID: new Uint8Array(Buffer.from(person.id)),
    userName: person.email,
    userDisplayName: person.name,
    attestationType: "none",
    // Discoverable, so that it can sign in by itself; verified, so that it is the person and not only their device.
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    excludeCredentials: person.passkeys.map(({ id, transports }) => ({ id, transports })),
  });
  await issueChallenge(
    db,
    {
      purpose: "register-passkey",
      personId: person.id,
      subject: null,
      challenge: options.challenge,
    },
    ctx.now,
  );
  return options;
}

/** Starts the registration of a passkey for the signed-in person. Throws AppError("forbidden" | "conflict"). */
export const beginPasskeyRegistration = Object.assign(begin, {
  permission: "self:manage",
} as const);
