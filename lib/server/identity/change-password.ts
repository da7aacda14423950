import { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import { passwordProblem, TypedPassword } from "@/lib/domain/identity/password";
import { SessionId } from "@/lib/domain/identity/session";
import { preparedCommand } from "../command";
import { db } from "../db";
import { verifyOwnPassword } from "../step-up";
import { endSessions } from "./end-sessions";
import { requireFreshSession } from "./fresh-session";
import { hashPassword } from "./password-hash";

const Input = z.strictObject({
  sessionId: SessionId,
  /** not asked for where the person has none, or has just signed in with a temporary one */
  current: TypedPassword.optional(),
  password: z.string().min(1, "choose a password").max(1000),
});

/**
 * Sets the person's own password and ends their other sessions. Needs the current password, or, where there is none or
 * only a temporary one, a session that has just begun. Returns `{ sessionsEnded }`.
 * Throws AppError("forbidden" | "invalid" | "too-many" | "stale").
 */
export const changePassword = preparedCommand({
  permission: "self:manage",
  input: Input,
  async prepare({ ctx, input }) {
    const person = await db.person.findUnique({ where: { id: ctx.actor.id } });
    if (person === null) throw new AppError("not-found", "there is no such person");
    if (await mayGoWithoutCurrent(input.sessionId, person)) {
      await requireFreshSession(db, ctx, input.sessionId);
    } else {
      await verifyCurrent(person.id, input.current);
    }
    const problem = passwordProblem(input.password, person) ?? sameProblem(input);
    if (problem !== null) {
      throw new AppError("invalid", problem, { fields: [{ path: "password", message: problem }] });
    }
    return { previousHash: person.passwordHash, hash: await hashPassword(input.password) };
  },
  async run(tx, { ctx, input, prepared }) {
    // Compare and set: the password that was proved must still be the one that is replaced.
    const { count } = await tx.person.updateMany({
      where: { id: ctx.actor.id, active: true, passwordHash: prepared.previousHash },
      data: { passwordHash: prepared.hash, passwordExpiresAt: null },
    });
    if (count === 0) throw new AppError("stale", "your password was changed elsewhere meanwhile");
    const sessionsEnded = await endSessions(tx, ctx.actor.id, ctx.now, input.sessionId);
    await tx.signInSession.updateMany({
      where: { id: input.sessionId, personId: ctx.actor.id, method: "temporary" },
      data: { method: "password" },
    });
    return {
      value: { sessionsEnded },
      events: [
        { event: { kind: "person.password-changed", subjectId: ctx.actor.id, sessionsEnded } },
      ],
    };
  },
});

async function mayGoWithoutCurrent(
  sessionId: string,
  person: { readonly id: string; readonly passwordHash: string | null },
): Promise<boolean> {
  if (person.passwordHash === null) return true;
  const session = await db.signInSession.findUnique({ where: { id: sessionId } });
  return session?.method === "temporary" && session.personId === person.id;
}

async function verifyCurrent(personId: string, current: string | undefined): Promise<void> {
  if (current === undefined) {
    const message = "type your current password";
    throw new AppError("invalid", message, { fields: [{ path: "current", message }] });
  }
  await verifyOwnPassword(personId, current, "current");
}

function sameProblem(input: z.infer<typeof Input>): string | null {
  return input.current === input.password
    ? "choose one that differs from your current password"
    : null;
}
