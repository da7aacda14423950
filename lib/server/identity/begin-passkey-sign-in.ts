import {
  generateAuthenticationOptions,
  type PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/server";
import { db } from "../db";
import { issueChallenge } from "./challenge";
import { relyingParty } from "./relying-party";

/** Starts a sign-in by passkey: the browser asks which of its keys for this site to use. */
export async function beginPasskeySignIn(
  now: Date,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const options = await generateAuthenticationOptions({
    rpID: relyingParty().id,
    userVerification: "required",
  });
  await issueChallenge(
    db,
    { purpose: "sign-in", personId: null, subject: null, challenge: options.challenge },
    now,
  );
  return options;
}
