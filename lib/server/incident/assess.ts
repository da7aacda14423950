import { z } from "zod";
import { AiActWorksheet, assessAiAct } from "@/lib/domain/incident/ai-act";
import { assessDora, DoraWorksheet } from "@/lib/domain/incident/dora";
import { ReasonInWords } from "@/lib/domain/review/reason-in-words";
import { command } from "../command";
import { IncidentId, Version } from "./input";
import { incidentToWorkOn, of } from "./load";

/**
 * Records the answers to DORA's form, what follows from them, and why a person answered so. From the moment that it
 * counts as major the clocks run. Throws AppError("forbidden" | "conflict" | "stale" | "invalid" | "not-found").
 */
export const assessUnderDora = command({
  permission: "incident:manage",
  input: z.strictObject({
    incidentId: IncidentId,
    version: Version,
    sheet: DoraWorksheet,
    reason: ReasonInWords,
  }),
  async run(tx, { ctx, input }) {
    const incident = await incidentToWorkOn(tx, ctx, input);
    const { sheet, reason } = input;
    const { result, gate, thresholds } = assessDora(sheet);
    const criteria = [
      ...(gate.met ? ["gate"] : []),
      ...thresholds.filter(({ met }) => met).map(({ id }) => id.toLowerCase()),
    ];
    await tx.incident.update({
      where: { id: incident.id },
      data: {
        dora: sheet,
        result,
        // A second look that finds it major again does not start the clock anew.
        classifiedAt: result === "major" ? (incident.classifiedAt ?? ctx.now) : null,
        version: incident.version + 1,
      },
    });
    return {
      value: { incidentId: incident.id, result },
      events: [
        {
          event: { kind: "incident.assessed", ...of(incident), regime: "dora", result, criteria },
          detail: { reason, sheet },
        },
      ],
    };
  },
});

/** The same for the AI Act's definition of a serious incident. */
export const assessUnderAiAct = command({
  permission: "incident:manage",
  input: z.strictObject({
    incidentId: IncidentId,
    version: Version,
    sheet: AiActWorksheet,
    reason: ReasonInWords,
  }),
  async run(tx, { ctx, input }) {
    const incident = await incidentToWorkOn(tx, ctx, input);
    const { sheet, reason } = input;
    const { result } = assessAiAct(sheet);
    const limbs = ["death", "health", "infrastructure", "rights", "property"] as const;
    await tx.incident.update({
      where: { id: incident.id },
      data: { aiAct: sheet, version: incident.version + 1 },
    });
    return {
      value: { incidentId: incident.id, result },
      events: [
        {
          event: {
            kind: "incident.assessed",
            ...of(incident),
            regime: "ai-act",
            result,
            criteria: limbs.filter((limb) => sheet[limb]),
          },
          detail: { reason, sheet },
        },
      ],
    };
  },
});
