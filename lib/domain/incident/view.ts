import type { Tier } from "@/lib/domain/agent/tier";
import type { Named } from "@/lib/domain/ledger/view";
import type { AiActAssessment, AiActWorksheet } from "./ai-act";
import type { ClockState, Limb } from "./clock";
import type { DoraAssessment, DoraResult, DoraWorksheet } from "./dora";
import type { EntityType } from "./entity";
import type { ReportKind } from "./report";
import type { RootCause } from "./root-cause";
import type { TimelineItem } from "./timeline";

/** All instants are ISO 8601. */
export type ClockView = {
  readonly kind: ReportKind;
  readonly label: string;
  readonly source: string;
  readonly state: ClockState;
  readonly due: string | null;
  readonly limbs: readonly (Omit<Limb, "at"> & { readonly at: string })[];
  readonly submittedAt: string | null;
  readonly note: string;
};

export type IncidentRow = {
  readonly id: string;
  readonly title: string;
  readonly state: "open" | "closed";
  readonly agent: (Named & { readonly tier: Tier }) | null;
  readonly result: DoraResult | null;
  readonly openedAt: string;
  readonly openedBy: Named;
  /** the next clock that runs */
  readonly nextDue: {
    readonly label: string;
    readonly at: string;
    readonly overdue: boolean;
  } | null;
  readonly openActions: number;
};

export type ActionView = {
  readonly id: string;
  readonly what: string;
  readonly owner: Named;
  readonly dueAt: string;
  readonly doneAt: string | null;
  readonly overdue: boolean;
};

export type IncidentView = {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly summary: string;
  readonly state: "open" | "closed";
  readonly agent: (Named & { readonly tier: Tier }) | null;
  readonly containment: {
    readonly level: string;
    readonly rule: string | null;
    readonly seq: number;
    readonly lifted: boolean;
  } | null;
  readonly openedBy: Named;
  readonly openedAt: string;
  readonly occurredAt: string | null;
  readonly detectedAt: string;
  readonly awareAt: string | null;
  readonly awareBasis: string;
  readonly entityType: EntityType;
  readonly timeZone: string;
  readonly holidays: readonly string[];
  readonly dora: { readonly sheet: DoraWorksheet; readonly assessment: DoraAssessment } | null;
  readonly classifiedAt: string | null;
  readonly aiAct: { readonly sheet: AiActWorksheet; readonly assessment: AiActAssessment } | null;
  readonly rootCause: { readonly cause: RootCause; readonly words: string } | null;
  readonly clocks: readonly ClockView[];
  readonly actions: readonly ActionView[];
  readonly reports: readonly {
    readonly id: string;
    readonly kind: ReportKind;
    readonly submittedAt: string;
    readonly reference: string;
    readonly by: Named;
    readonly seq: number;
  }[];
  readonly lessons: string;
  readonly closedAt: string | null;
  readonly closedBy: Named | null;
  /** what is left to do before it can be closed */
  readonly left: readonly string[];
  /** why the reader may not work on it; null: they may */
  readonly obstacle: string | null;
  readonly timeline: readonly TimelineItem[];
  /** are there more entries than the timeline shows? */
  readonly timelineCut: boolean;
};
