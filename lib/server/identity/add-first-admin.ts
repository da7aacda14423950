import { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import { Email, PersonName } from "@/lib/domain/identity/person";
import { rule } from "../command";
import { newId } from "../ids";
import { parseInput } from "../input";
import { newTemporaryPassword, temporaryUntil } from "./temporary-password";

const Input = z.strictObject({ email: Email, name: PersonName });

/**
 * Adds the first administrator of an empty installation, by whoever has the server's shell: there is nobody yet whom a
 * permission could be asked of. Returns the temporary password, once. Throws AppError("conflict") where somebody is here
 * already, AppError("invalid") for what is no address or name.
 */
export async function addFirstAdmin(
  now: Date,
  raw: unknown,
): Promise<{ readonly personId: string; readonly temporaryPassword: string }> {
  const input = parseInput(Input, raw);
  const { password, hash } = await newTemporaryPassword();
  const personId = await enter(now, { ...input, hash });
  return { personId, temporaryPassword: password };
}

const enter = rule<z.output<typeof Input> & { readonly hash: string }, string>(
  async (tx, { now, input }) => {
    if ((await tx.person.count()) > 0) {
      throw new AppError("conflict", "there are people here already: an administrator adds more");
    }
    const id = newId("per");
    await tx.person.create({
      data: {
        id,
        email: input.email,
        name: input.name,
        passwordHash: input.hash,
        passwordExpiresAt: temporaryUntil(now),
        createdAt: now,
        roles: { create: { role: "admin" } },
      },
    });
    return {
      value: id,
      events: [
        {
          event: { kind: "person.added", subjectId: id, roles: ["admin"] },
          detail: { name: input.name, email: input.email },
        },
      ],
    };
  },
);
