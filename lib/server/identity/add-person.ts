import { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import { Email, PersonName, PersonTitle, RoleSet, TimeZone } from "@/lib/domain/identity/person";
import { command } from "../command";
import { authorise, type Ctx } from "../context";
import { newId } from "../ids";
import { parseInput } from "../input";
import { hashPassword } from "./password-hash";
import { temporaryPassword, temporaryUntil } from "./temporary-password";

const Input = z.strictObject({
  name: PersonName,
  email: Email,
  title: PersonTitle,
  timeZone: TimeZone,
  roles: RoleSet,
});

const record = command({
  permission: "people:manage",
  input: z.strictObject({ ...Input.shape, passwordHash: z.string() }),
  async run(tx, { ctx, input }) {
    const taken = await tx.person.findUnique({ where: { email: input.email } });
    if (taken !== null) {
      const message = "somebody with this address is here already";
      throw new AppError("conflict", message, { fields: [{ path: "email", message }] });
    }
    const id = newId("per");
    const { roles, ...person } = input;
    await tx.person.create({
      data: {
        id,
        ...person,
        passwordExpiresAt: temporaryUntil(ctx.now),
        createdAt: ctx.now,
        roles: { create: roles.map((role) => ({ role })) },
      },
    });
    return {
      value: id,
      events: [
        {
          event: { kind: "person.added", subjectId: id, roles },
          detail: { name: input.name, email: input.email, title: input.title },
        },
      ],
    };
  },
});

/**
 * Adds a person, with a temporary password that is returned once and stored only as a hash. Throws
 * AppError("forbidden" | "invalid" | "conflict").
 */
export async function addPerson(
  ctx: Ctx,
  raw: unknown,
): Promise<{ readonly personId: string; readonly temporaryPassword: string }> {
  authorise(ctx, "people:manage");
  const input = parseInput(Input, raw);
  const password = temporaryPassword();
  // Hashing takes a quarter of a second: not under the ledger's lock.
  const personId = await record(ctx, { ...input, passwordHash: await hashPassword(password) });
  return { personId, temporaryPassword: password };
}
