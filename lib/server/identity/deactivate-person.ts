import { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import { knownRoles, PersonId, roleChangeProblem } from "@/lib/domain/identity/person";
import { command } from "../command";
import { activeAdmins } from "./active-admins";
import { endSessions } from "./end-sessions";

/** Shuts a person out: no sign-in, every session ended at once. Their acts stay theirs. Throws AppError("forbidden" | "not-found" | "conflict"). */
export const deactivatePerson = command({
  permission: "people:manage",
  input: z.strictObject({ personId: PersonId }),
  async run(tx, { ctx, input }) {
    const person = await tx.person.findUnique({
      where: { id: input.personId },
      include: { roles: true },
    });
    if (person === null) throw new AppError("not-found", "there is no such person");
    if (!person.active) throw new AppError("conflict", "this person is not active already");
    if (person.id === ctx.actor.id) {
      throw new AppError("forbidden", "you can't deactivate yourself: ask another administrator");
    }
    const problem = roleChangeProblem({
      actorId: ctx.actor.id,
      subjectId: person.id,
      previous: knownRoles(person.roles.map(({ role }) => role)),
      next: [],
      activeAdmins: await activeAdmins(tx),
    });
    if (problem !== null) throw new AppError("forbidden", problem);

    await tx.person.update({ where: { id: person.id }, data: { active: false } });
    const ended = await endSessions(tx, person.id, ctx.now);
    return {
      value: { sessionsEnded: ended },
      events: [{ event: { kind: "person.deactivated", subjectId: person.id } }],
    };
  },
});
