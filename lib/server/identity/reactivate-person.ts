import { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import { PersonId } from "@/lib/domain/identity/person";
import { command } from "../command";

/** Lets a deactivated person in again, with the roles that they had. Throws AppError("not-found" | "conflict"). */
export const reactivatePerson = command({
  permission: "people:manage",
  input: z.strictObject({ personId: PersonId }),
  async run(tx, { input }) {
    const person = await tx.person.findUnique({ where: { id: input.personId } });
    if (person === null) throw new AppError("not-found", "there is no such person");
    if (person.active) throw new AppError("conflict", "this person is active already");
    await tx.person.update({ where: { id: person.id }, data: { active: true } });
    return {
      value: undefined,
      events: [{ event: { kind: "person.reactivated", subjectId: person.id } }],
    };
  },
});
