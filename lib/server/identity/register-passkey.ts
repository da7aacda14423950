import { verifyRegistrationResponse } from "@simplewebauthn/server";
import { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import { PasskeyName } from "@/lib/domain/identity/person";
import { SessionId } from "@/lib/domain/identity/session";
import { RegistrationResponse } from "@/lib/domain/identity/step-up";
import { command } from "../command";
import { log } from "../log";
import { takeChallenge } from "./challenge";
import { requireFreshSession } from "./fresh-session";
import { relyingParty } from "./relying-party";
import { statedChallenge } from "./verify-assertion";

const REFUSED = "this passkey could not be verified";

/** Registers a passkey of the signed-in person (WebAuthn Level 3 §7.1). Throws AppError("forbidden" | "invalid" | "conflict"). */
export const registerPasskey = command({
  permission: "self:manage",
  input: z.strictObject({
    sessionId: SessionId,
    name: PasskeyName,
    response: RegistrationResponse,
  }),
  async run(tx, { ctx, input }) {
    await requireFreshSession(tx, ctx, input.sessionId);
    const personId = ctx.actor.id;
    const challenge = statedChallenge(input.response);
    await takeChallenge(
      tx,
      { purpose: "register-passkey", personId, subject: null, challenge },
      ctx.now,
    );
    const credential = await verify(input.response, challenge);
    if ((await tx.passkey.findUnique({ where: { id: credential.id } })) !== null) {
      throw new AppError("conflict", "this passkey is registered already");
    }
    await tx.passkey.create({
      data: {
        id: credential.id,
        personId,
        name: input.name,
        publicKey: new Uint8Array(credential.publicKey),
        counter: credential.counter,
        transports: input.response.response.transports ?? [],
        createdAt: ctx.now,
      },
    });
    return {
      value: { passkeyId: credential.id },
      events: [
        {
          event: { kind: "person.passkey-added", subjectId: personId },
          detail: { credentialId: credential.id, name: input.name },
        },
      ],
    };
  },
});

async function verify(response: RegistrationResponse, challenge: string) {
  const party = relyingParty();
  const { transports, ...attested } = response.response;
  const verified = await verifyRegistrationResponse({
    response: {
      ...response,
      response: transports === undefined ? attested : { ...attested, transports },
      clientExtensionResults: {},
    },
    expectedChallenge: challenge,
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    requireUserVerification: true,
  }).catch((error: unknown) => {
    log.warn({ err: error }, "passkey registration refused");
    throw new AppError("forbidden", REFUSED, { cause: error });
  });
  if (!verified.verified) throw new AppError("forbidden", REFUSED);
  return verified.registrationInfo.credential;
}
