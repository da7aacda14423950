import { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import { PasskeyName } from "@/lib/domain/identity/person";
import { CredentialId } from "@/lib/domain/identity/step-up";
import { unrecorded } from "../unrecorded";

/** Gives one of the person's own passkeys another name. Throws AppError("not-found"). */
export const renamePasskey = unrecorded({
  permission: "self:manage",
  because: "a label that only its owner sees",
  input: z.strictObject({ passkeyId: CredentialId, name: PasskeyName }),
  async run(tx, { ctx, input }) {
    const { count } = await tx.passkey.updateMany({
      where: { id: input.passkeyId, personId: ctx.actor.id },
      data: { name: input.name },
    });
    if (count === 0) throw new AppError("not-found", "you have no such passkey");
  },
});
