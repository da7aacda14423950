import { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import { Email, PersonName, PersonTitle, RoleSet, TimeZone } from "@/lib/domain/identity/person";
import { preparedCommand } from "../command";
import { newId } from "../ids";
import { newTemporaryPassword, temporaryUntil } from "./temporary-password";

/**
 * Adds a person, with a temporary password that is returned once and stored only as a hash. Throws
 * AppError("forbidden" | "invalid" | "conflict").
 */
export const addPerson = preparedCommand({
  permission: "people:manage",
  input: z.strictObject({
    name: PersonName,
    email: Email,
    title: PersonTitle,
    timeZone: TimeZone,
    roles: RoleSet,
  }),
  prepare: newTemporaryPassword,
  async run(tx, { ctx, input, prepared }) {
    const taken = await tx.person.findUnique({ where: { email: input.email } });
    if (taken !== null) {
      const message = "somebody with this address is here already";
      throw new AppError("conflict", message, { fields: [{ path: "email", message }] });
    }
    const personId = newId("per");
    const { roles, ...person } = input;
    await tx.person.create({
      data: {
        id: personId,
        ...person,
        passwordHash: prepared.hash,
        passwordExpiresAt: temporaryUntil(ctx.now),
        createdAt: ctx.now,
        roles: { create: roles.map((role) => ({ role })) },
      },
    });
    return {
      value: { personId, temporaryPassword: prepared.password },
      events: [
        {
          event: { kind: "person.added", subjectId: personId, roles },
          detail: { name: input.name, email: input.email, title: input.title },
        },
      ],
    };
  },
});
