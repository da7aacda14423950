import { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import { REPORT_KINDS } from "@/lib/domain/incident/report";
import { command } from "../command";
import { newId } from "../ids";
import { IncidentId, Instant, words } from "./input";
import { incidentToWorkOn, of } from "./load";
import { notLater } from "./not-later";

/**
 * Records that a report was sent: when, and under which reference. It sends nothing itself. An intermediate report may be
 * recorded again when it is updated. Throws AppError as the other verbs do.
 */
export const recordReport = command({
  permission: "incident:manage",
  input: z.strictObject({
    incidentId: IncidentId,
    kind: z.enum(REPORT_KINDS),
    submittedAt: Instant,
    reference: words(1, 200),
  }),
  async run(tx, { ctx, input, seq }) {
    const incident = await incidentToWorkOn(tx, ctx, input);
    const { kind, submittedAt, reference } = input;
    notLater("submittedAt", submittedAt, ctx.now);
    if (kind.startsWith("dora-") && incident.result !== "major") {
      throw new AppError("conflict", "it is not assessed as major: no DORA report falls due");
    }
    const before = await tx.incidentReport.findMany({ where: { incidentId: incident.id } });
    const sent = (one: string) => before.some((report) => report.kind === one);
    if (kind !== "dora-intermediate" && sent(kind)) {
      throw new AppError("conflict", "this report is recorded already");
    }
    if (kind === "dora-intermediate" && !sent("dora-initial")) {
      throw new AppError("conflict", "record the initial notification first");
    }
    if (kind === "dora-final" && !sent("dora-intermediate")) {
      throw new AppError("conflict", "record the intermediate report first");
    }
    await tx.incidentReport.create({
      data: {
        id: newId("rpt"),
        incidentId: incident.id,
        kind,
        submittedAt,
        reference,
        byId: ctx.actor.id,
        seq,
      },
    });
    return {
      value: { incidentId: incident.id },
      events: [
        {
          event: {
            kind: "incident.reported",
            ...of(incident),
            report: kind,
            submittedAt: submittedAt.toISOString(),
          },
          detail: { reason: `Reference ${reference}` },
        },
      ],
    };
  },
});
