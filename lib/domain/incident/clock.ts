import type { AiActAssessment } from "./ai-act";
import { addMonth, type Calendar, isWorkingDay, localDay, noonOfNextWorkingDay } from "./calendar";
import type { DoraResult } from "./dora";
import { type EntityType, hasWeekendRelief } from "./entity";
import { REPORT_WORDS, type ReportKind } from "./report";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** One way in which a limit is counted. The governing one is the limit; nobody can stop it. */
export type Limb = {
  readonly words: string;
  /** epoch ms */
  readonly at: number;
  readonly governs: boolean;
};

export type Due = { readonly at: number; readonly limbs: readonly Limb[] };

/**
 * RTS (EU) 2025/301, Article 5(1)(a) and (2): within 4 hours from the classification as major and 24 hours from becoming
 * aware, the earlier; where it is classified later than 24 hours after awareness, 4 hours from the classification.
 */
export function initialDue(awareAt: number, classifiedAt: number): Due {
  const byClass = classifiedAt + 4 * HOUR_MS;
  const byAware = awareAt + DAY_MS;
  const late = classifiedAt - awareAt > DAY_MS;
  const at = late ? byClass : Math.min(byClass, byAware);
  return {
    at,
    limbs: [
      { words: "4 hours from the classification as major", at: byClass, governs: at === byClass },
      {
        words: late
          ? "24 hours from becoming aware: classified later than that, so Article 5(2) counts from the classification"
          : "24 hours from becoming aware",
        at: byAware,
        governs: !late && at === byAware,
      },
    ],
  };
}

/** Article 5(1)(b): 72 hours from the submission of the initial notification, even if nothing has changed. */
export function intermediateDue(initialSubmittedAt: number): Due {
  const at = initialSubmittedAt + 72 * HOUR_MS;
  return {
    at,
    limbs: [
      { words: "72 hours from the submission of the initial notification", at, governs: true },
    ],
  };
}

/** Article 5(1)(c): one month after the intermediate report, or after its latest update. */
export function finalDue(lastIntermediateSubmittedAt: number): Due {
  const at = addMonth(lastIntermediateSubmittedAt);
  return {
    at,
    limbs: [{ words: "one month after the latest intermediate report", at, governs: true }],
  };
}

/** Article 5(4) to (6): a limit that ends on a weekend or bank holiday moves to noon of the next working day, for some. */
export function withWeekend(
  due: Due,
  report: "initial" | "intermediate" | "final",
  entity: EntityType,
  calendar: Calendar,
): Due {
  if (isWorkingDay(localDay(due.at, calendar.timeZone), calendar)) return due;
  if (!hasWeekendRelief(entity, report)) return due;
  const at = noonOfNextWorkingDay(due.at, calendar);
  return {
    at,
    limbs: [
      ...due.limbs.map((limb) => ({ ...limb, governs: false })),
      { words: "noon of the next working day (Article 5(4))", at, governs: true },
    ],
  };
}

export type ClockState = "waiting" | "running" | "overdue" | "met" | "late";

export type Clock = {
  readonly kind: ReportKind;
  readonly label: string;
  readonly source: string;
  readonly state: ClockState;
  /** epoch ms; null where no number can be given (yet) */
  readonly due: number | null;
  readonly limbs: readonly Limb[];
  /** epoch ms */
  readonly submittedAt: number | null;
  readonly note: string;
};

export type ClockFacts = {
  /** epoch ms, all of them */
  readonly awareAt: number | null;
  readonly classifiedAt: number | null;
  readonly result: DoraResult | null;
  readonly aiAct: (AiActAssessment & { readonly providerReachable: boolean }) | null;
  readonly reports: readonly { readonly kind: ReportKind; readonly submittedAt: number }[];
  readonly entity: EntityType;
  readonly calendar: Calendar;
};

/** The clocks of all reports that fall due, or may: each regime by itself, as one event can start several. */
export function clocksOf(facts: ClockFacts, now: number): readonly Clock[] {
  return [...doraClocks(facts, now), ...aiClocks(facts, now)];
}

function doraClocks(facts: ClockFacts, now: number): readonly Clock[] {
  const { awareAt, classifiedAt, result } = facts;
  const initial = clockOf("dora-initial", "Article 5(1)(a), RTS (EU) 2025/301", facts);
  if (result === null) {
    const note =
      awareAt === null
        ? "Not assessed yet. State when a person became aware, and assess it: the clock starts from both."
        : "Not assessed yet. The 24 hours run from awareness whether it is assessed or not.";
    const limbs =
      awareAt === null
        ? []
        : [{ words: "24 hours from becoming aware", at: awareAt + DAY_MS, governs: true }];
    return [{ ...initial(null, now), limbs, note }];
  }
  if (result !== "major") return [];
  if (awareAt === null || classifiedAt === null) {
    const note = "It is major. State when a person became aware, so that the limit can be told.";
    return [{ ...initial(null, now), note }];
  }
  const { entity, calendar, reports } = facts;
  const first = earliest(reports, "dora-initial");
  const latest = lastOf(reports, "dora-intermediate");
  const intermediate = clockOf("dora-intermediate", "Article 5(1)(b), RTS (EU) 2025/301", facts);
  const final = clockOf("dora-final", "Article 5(1)(c), RTS (EU) 2025/301", facts);
  return [
    initial(withWeekend(initialDue(awareAt, classifiedAt), "initial", entity, calendar), now),
    first === null
      ? {
          ...intermediate(null, now),
          note: "Runs from the submission of the initial notification.",
        }
      : intermediate(withWeekend(intermediateDue(first), "intermediate", entity, calendar), now),
    latest === null
      ? { ...final(null, now), note: "Runs from the latest intermediate report." }
      : final(withWeekend(finalDue(latest), "final", entity, calendar), now),
  ];
}

function aiClocks(facts: ClockFacts, now: number): readonly Clock[] {
  const { aiAct, awareAt } = facts;
  if (aiAct === null || aiAct.days === null) return [];
  const provider = clockOf("ai-provider", "Article 26(5), AI Act", facts)(null, now);
  const authority = clockOf("ai-authority", "Article 73, AI Act", facts);
  const whose = aiAct.providerReachable
    ? "The provider's outer limit, counted from the deployer's awareness; the deployer tells the authority too."
    : "The provider can't be reached, so that Article 73 applies to the deployer.";
  const due = awareAt === null ? null : awareAt + aiAct.days * DAY_MS;
  return [
    {
      ...provider,
      state: provider.submittedAt === null ? "running" : "met",
      note: "Immediately, before importer, distributor and authority. The Act gives no number of hours.",
    },
    {
      ...authority(
        due === null
          ? null
          : {
              at: due,
              limbs: [{ words: `${aiAct.days} days from becoming aware`, at: due, governs: true }],
            },
        now,
      ),
      note:
        due === null
          ? "State when a person became aware, so that the limit can be told."
          : `${aiAct.because} ${whose}`,
    },
  ];
}

function clockOf(kind: ReportKind, source: string, { reports }: ClockFacts) {
  const submittedAt = earliest(reports, kind);
  return (due: Due | null, now: number): Clock => ({
    kind,
    label: REPORT_WORDS[kind],
    source,
    state: stateOf(due?.at ?? null, submittedAt, now),
    due: due?.at ?? null,
    limbs: due?.limbs ?? [],
    submittedAt,
    note: "",
  });
}

function stateOf(due: number | null, submittedAt: number | null, now: number): ClockState {
  if (submittedAt !== null) return due !== null && submittedAt > due ? "late" : "met";
  if (due === null) return "waiting";
  return now > due ? "overdue" : "running";
}

type Reports = ClockFacts["reports"];

function earliest(reports: Reports, kind: ReportKind): number | null {
  const times = reports.flatMap((one) => (one.kind === kind ? [one.submittedAt] : []));
  return times.length === 0 ? null : Math.min(...times);
}

function lastOf(reports: Reports, kind: ReportKind): number | null {
  const times = reports.flatMap((one) => (one.kind === kind ? [one.submittedAt] : []));
  return times.length === 0 ? null : Math.max(...times);
}
