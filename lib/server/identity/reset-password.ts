import { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import { PersonId } from "@/lib/domain/identity/person";
import { command } from "../command";
import { authorise, type Ctx } from "../context";
import { parseInput } from "../input";
import { endSessions } from "./end-sessions";
import { hashPassword } from "./password-hash";
import { temporaryPassword, temporaryUntil } from "./temporary-password";

const Input = z.strictObject({ personId: PersonId });

const record = command({
  permission: "people:manage",
  input: z.strictObject({ ...Input.shape, passwordHash: z.string() }),
  async run(tx, { ctx, input }) {
    if (input.personId === ctx.actor.id) {
      throw new AppError("forbidden", "change your own password in your settings");
    }
    const person = await tx.person.findUnique({ where: { id: input.personId } });
    if (person === null) throw new AppError("not-found", "there is no such person");
    if (!person.active) throw new AppError("conflict", "this person is not active");
    await tx.person.update({
      where: { id: person.id },
      data: { passwordHash: input.passwordHash, passwordExpiresAt: temporaryUntil(ctx.now) },
    });
    const sessionsEnded = await endSessions(tx, person.id, ctx.now);
    return {
      value: undefined,
      events: [{ event: { kind: "person.password-changed", subjectId: person.id, sessionsEnded } }],
    };
  },
});

/**
 * Gives a person who forgot theirs a temporary password, returned once; their sessions end. That an administrator did it,
 * not they, stands in the ledger. Throws AppError("forbidden" | "not-found" | "conflict").
 */
export async function resetPassword(
  ctx: Ctx,
  raw: unknown,
): Promise<{ temporaryPassword: string }> {
  authorise(ctx, "people:manage");
  const input = parseInput(Input, raw);
  const password = temporaryPassword();
  await record(ctx, { ...input, passwordHash: await hashPassword(password) });
  return { temporaryPassword: password };
}
