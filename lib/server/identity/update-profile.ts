import { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import { PersonName, PersonTitle, TimeZone } from "@/lib/domain/identity/person";
import { command } from "../command";

/** The person's own name, title and time zone. The former ones stay readable in the ledger's detail. Throws AppError("conflict"). */
export const updateProfile = command({
  permission: "self:manage",
  input: z.strictObject({ name: PersonName, title: PersonTitle, timeZone: TimeZone }),
  async run(tx, { ctx, input }) {
    const person = await tx.person.findUnique({ where: { id: ctx.actor.id } });
    if (person === null) throw new AppError("not-found", "there is no such person");
    const changes = [
      { field: "name", from: person.name, to: input.name },
      { field: "title", from: person.title, to: input.title },
      { field: "time-zone", from: person.timeZone, to: input.timeZone },
    ].filter(({ from, to }) => from !== to);
    if (changes.length === 0) throw new AppError("conflict", "nothing was changed");
    await tx.person.update({ where: { id: person.id }, data: input });
    return {
      value: undefined,
      events: [
        {
          event: {
            kind: "person.profile-changed",
            subjectId: person.id,
            fields: changes.map(({ field }) => field),
          },
          detail: { changes },
        },
      ],
    };
  },
});
