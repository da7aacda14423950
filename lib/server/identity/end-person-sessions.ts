import { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import { PersonId } from "@/lib/domain/identity/person";
import { command } from "../command";
import { endSessions } from "./end-sessions";

/** An administrator ends every session of a person. Throws AppError("not-found" | "conflict"). */
export const endPersonSessions = command({
  permission: "people:manage",
  input: z.strictObject({ personId: PersonId }),
  async run(tx, { ctx, input }) {
    const person = await tx.person.findUnique({ where: { id: input.personId } });
    if (person === null) throw new AppError("not-found", "there is no such person");
    const sessionsEnded = await endSessions(tx, person.id, ctx.now);
    if (sessionsEnded === 0)
      throw new AppError("conflict", "this person is not signed in anywhere");
    return {
      value: { sessionsEnded },
      events: [{ event: { kind: "person.sessions-ended", subjectId: person.id, sessionsEnded } }],
    };
  },
});
