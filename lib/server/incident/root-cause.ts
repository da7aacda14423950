import { z } from "zod";
import { ROOT_CAUSES } from "@/lib/domain/incident/root-cause";
import { command } from "../command";
import { IncidentId, Version, words } from "./input";
import { incidentToWorkOn, of } from "./load";

/** States what it came from. May be stated again as more is known. Throws AppError as the other verbs do. */
export const stateRootCause = command({
  permission: "incident:manage",
  input: z.strictObject({
    incidentId: IncidentId,
    version: Version,
    cause: z.enum(ROOT_CAUSES),
    words: words(10, 4000),
  }),
  async run(tx, { ctx, input }) {
    const incident = await incidentToWorkOn(tx, ctx, input);
    await tx.incident.update({
      where: { id: incident.id },
      data: { rootCauseCode: input.cause, rootCause: input.words, version: incident.version + 1 },
    });
    return {
      value: { incidentId: incident.id },
      events: [
        {
          event: { kind: "incident.root-cause-stated", ...of(incident), cause: input.cause },
          detail: { reason: input.words },
        },
      ],
    };
  },
});
