import { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import { SessionId } from "@/lib/domain/identity/session";
import { CredentialId } from "@/lib/domain/identity/step-up";
import { command } from "../command";
import { requireFreshSession } from "./fresh-session";

/**
 * Removes one of the person's own passkeys. What it signed stays verifiable: its public key stands with each signature.
 * Throws AppError("forbidden" | "not-found" | "conflict").
 */
export const removePasskey = command({
  permission: "self:manage",
  input: z.strictObject({ sessionId: SessionId, passkeyId: CredentialId }),
  async run(tx, { ctx, input }) {
    await requireFreshSession(tx, ctx, input.sessionId);
    const person = await tx.person.findUnique({
      where: { id: ctx.actor.id },
      include: { passkeys: true },
    });
    const passkey = person?.passkeys.find(({ id }) => id === input.passkeyId);
    if (!person || !passkey) throw new AppError("not-found", "you have no such passkey");
    if (person.passwordHash === null && person.passkeys.length === 1) {
      throw new AppError("conflict", "this is your only way to sign in: set a password first");
    }
    await tx.passkey.delete({ where: { id: passkey.id } });
    return {
      value: undefined,
      events: [
        {
          event: { kind: "person.passkey-removed", subjectId: person.id },
          detail: { credentialId: passkey.id, name: passkey.name },
        },
      ],
    };
  },
});
