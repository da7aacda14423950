import { AiActWorksheet, assessAiAct } from "@/lib/domain/incident/ai-act";
import { type Clock, clocksOf } from "@/lib/domain/incident/clock";
import { assessDora, DORA_RESULTS, DoraWorksheet } from "@/lib/domain/incident/dora";
import { asEntityType } from "@/lib/domain/incident/entity";
import { isReportKind, type ReportKind } from "@/lib/domain/incident/report";
import { leftToDo } from "@/lib/domain/incident/rules";
import type { Incident, IncidentAction, IncidentReport } from "@/prisma/generated/client";

/** An incident with what the clocks depend on. */
export type Stored = Incident & {
  readonly actions: readonly IncidentAction[];
  readonly reports: readonly IncidentReport[];
};

/** A form as it was stored; null where it was not answered, or by a version whose form was another. */
export function doraOf(incident: Pick<Incident, "dora">) {
  const sheet = DoraWorksheet.safeParse(incident.dora);
  return sheet.success ? { sheet: sheet.data, assessment: assessDora(sheet.data) } : null;
}

export function aiActOf(incident: Pick<Incident, "aiAct">) {
  const sheet = AiActWorksheet.safeParse(incident.aiAct);
  return sheet.success ? { sheet: sheet.data, assessment: assessAiAct(sheet.data) } : null;
}

export function reportKind(value: string): ReportKind | null {
  return isReportKind(value) ? value : null;
}

export function clocksFor(incident: Omit<Stored, "actions">, now: Date): readonly Clock[] {
  const aiAct = aiActOf(incident);
  return clocksOf(
    {
      awareAt: incident.awareAt?.getTime() ?? null,
      classifiedAt: incident.classifiedAt?.getTime() ?? null,
      result: DORA_RESULTS.find((result) => result === incident.result) ?? null,
      aiAct: aiAct && {
        ...aiAct.assessment,
        providerReachable: aiAct.sheet.providerReachable,
      },
      reports: incident.reports.flatMap(({ kind, submittedAt }) => {
        const known = reportKind(kind);
        return known === null ? [] : [{ kind: known, submittedAt: submittedAt.getTime() }];
      }),
      entity: asEntityType(incident.entityType),
      calendar: { timeZone: incident.timeZone, holidays: incident.holidays },
    },
    now.getTime(),
  );
}

export function leftOf(incident: Stored, now: Date): readonly string[] {
  return leftToDo({
    doraAssessed: incident.result !== null,
    aiActAssessed: incident.aiAct !== null,
    awareStated: incident.awareAt !== null,
    rootCauseStated: incident.rootCauseCode !== null,
    openActions: incident.actions.filter(({ doneAt }) => doneAt === null).length,
    clocks: clocksFor(incident, now),
  });
}
