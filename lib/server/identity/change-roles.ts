import { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import {
  knownRoles,
  PersonId,
  RoleSet,
  roleChangeProblem,
  sortRoles,
} from "@/lib/domain/identity/person";
import { command } from "../command";
import { activeAdmins } from "./active-admins";

/** Gives a person exactly these roles. Takes effect at their next request. Throws AppError("forbidden" | "not-found" | "conflict"). */
export const changeRoles = command({
  permission: "people:manage",
  input: z.strictObject({ personId: PersonId, roles: RoleSet }),
  async run(tx, { ctx, input }) {
    const person = await tx.person.findUnique({
      where: { id: input.personId },
      include: { roles: true },
    });
    if (person === null) throw new AppError("not-found", "there is no such person");
    const previous = sortRoles(knownRoles(person.roles.map(({ role }) => role)));
    if (previous.join() === input.roles.join()) {
      throw new AppError("conflict", "these are the roles that this person has already");
    }
    const problem = roleChangeProblem({
      actorId: ctx.actor.id,
      subjectId: person.id,
      previous,
      next: input.roles,
      // Who is shut out is not among them, and takes nobody away.
      activeAdmins: (await activeAdmins(tx)) + (person.active ? 0 : 1),
    });
    if (problem !== null) throw new AppError("forbidden", problem);

    await tx.personRole.deleteMany({ where: { personId: person.id } });
    await tx.personRole.createMany({
      data: input.roles.map((role) => ({ personId: person.id, role })),
    });
    return {
      value: undefined,
      events: [
        {
          event: {
            kind: "person.roles-changed",
            subjectId: person.id,
            roles: input.roles,
            previous,
          },
        },
      ],
    };
  },
});
