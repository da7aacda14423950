import { verifyAuthenticationResponse } from "@simplewebauthn/server";
import { AppError } from "@/lib/domain/errors";
import type { Assertion, AuthenticationResponse } from "@/lib/domain/identity/step-up";
import type { Tx } from "../db";
import { log } from "../log";
import { relyingParty } from "./relying-party";

const REFUSED = "this passkey could not be verified";

/**
 * Verifies a passkey's answer (WebAuthn Level 3 §7.2) with user verification, against the key that we stored; records the
 * use of the key. `personId`: whose key it must be, or null at sign-in. Throws AppError("forbidden").
 */
export async function verifyAssertion(
  tx: Pick<Tx, "passkey">,
  response: AuthenticationResponse,
  expected: { readonly challenge: string; readonly personId: string | null; readonly now: Date },
): Promise<{ readonly personId: string; readonly assertion: Assertion }> {
  const passkey = await tx.passkey.findUnique({ where: { id: response.id } });
  if (passkey === null) throw new AppError("forbidden", "this passkey is not registered here");
  if (expected.personId !== null && passkey.personId !== expected.personId) {
    throw new AppError("forbidden", "this passkey belongs to somebody else");
  }
  // A discoverable credential names its user; it must be the one that we stored with the key (§7.2 step 6).
  const handle = response.response.userHandle;
  if (handle !== undefined && Buffer.from(handle, "base64url").toString() !== passkey.personId) {
    throw new AppError("forbidden", REFUSED);
  }
  const party = relyingParty();
  const { userHandle, ...signed } = response.response;
  const verified = await verifyAuthenticationResponse({
    response: {
      ...response,
      response: userHandle === undefined ? signed : { ...signed, userHandle },
      clientExtensionResults: {},
    },
    expectedChallenge: expected.challenge,
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    credential: {
      id: passkey.id,
      publicKey: new Uint8Array(passkey.publicKey),
      counter: Number(passkey.counter),
    },
    requireUserVerification: true,
  }).catch((error: unknown) => {
    // The library throws on a wrong challenge, origin, party, type or counter.
    log.warn({ err: error, personId: passkey.personId }, "passkey refused");
    throw new AppError("forbidden", REFUSED, { cause: error });
  });
  if (!verified.verified) throw new AppError("forbidden", REFUSED);

  await tx.passkey.update({
    where: { id: passkey.id },
    data: { counter: verified.authenticationInfo.newCounter, lastUsedAt: expected.now },
  });
  return {
    personId: passkey.personId,
    assertion: {
      credentialId: passkey.id,
      publicKey: Buffer.from(passkey.publicKey).toString("base64url"),
      authenticatorData: signed.authenticatorData,
      clientDataJSON: signed.clientDataJSON,
      signature: signed.signature,
      rpId: party.id,
      origin: party.origin,
    },
  };
}

/** The challenge that a browser says it signed; what it is worth is decided by `takeChallenge` and the signature. */
export function statedChallenge(response: {
  readonly response: { readonly clientDataJSON: string };
}): string {
  const data = parseJson(Buffer.from(response.response.clientDataJSON, "base64url").toString());
  if (typeof data !== "object" || data === null || !("challenge" in data)) {
    throw new AppError("forbidden", REFUSED);
  }
  const { challenge } = data;
  if (typeof challenge !== "string" || challenge.length > 200) {
    throw new AppError("forbidden", REFUSED);
  }
  return challenge;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
