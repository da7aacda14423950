import { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import { PersonId } from "@/lib/domain/identity/person";
import { preparedCommand } from "../command";
import { endSessions } from "./end-sessions";
import { newTemporaryPassword, temporaryUntil } from "./temporary-password";

/**
 * Gives a person who forgot theirs a temporary password, returned once; their sessions end. That an administrator did it,
 * not they, stands in the ledger. Throws AppError("forbidden" | "not-found" | "conflict").
 */
export const resetPassword = preparedCommand({
  permission: "people:manage",
  input: z.strictObject({ personId: PersonId }),
  prepare: newTemporaryPassword,
  async run(tx, { ctx, input, prepared }) {
    if (input.personId === ctx.actor.id) {
      throw new AppError("forbidden", "change your own password in your settings");
    }
    const person = await tx.person.findUnique({ where: { id: input.personId } });
    if (person === null) throw new AppError("not-found", "there is no such person");
    if (!person.active) throw new AppError("conflict", "this person is not active");
    await tx.person.update({
      where: { id: person.id },
      data: { passwordHash: prepared.hash, passwordExpiresAt: temporaryUntil(ctx.now) },
    });
    const sessionsEnded = await endSessions(tx, person.id, ctx.now);
    return {
      value: { temporaryPassword: prepared.password },
      events: [{ event: { kind: "person.password-changed", subjectId: person.id, sessionsEnded } }],
    };
  },
});
