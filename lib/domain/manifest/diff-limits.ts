import { compareDataClass } from "@/lib/domain/agent/tier";
import type { Change, ChangeKind } from "./change";
import { daysInWords, instantInWords, moneyInWords, numberInWords } from "./humanise";
import { type Budgets, DAYS, type Hours, type IntentManifest } from "./manifest";
import { hostCovers } from "./network";

/** Differences in the ceiling, budgets, hours, network, telemetry, risk thresholds and validity. */
export function diffLimits(before: IntentManifest, after: IntentManifest): Change[] {
  return [
    ...diffCeiling(before, after),
    ...diffBudgets(before.budgets, after.budgets),
    ...diffHours(before.hours, after.hours),
    ...diffNetwork(before.network, after.network),
    ...diffTelemetry(before, after),
    ...diffRisk(before, after),
    ...diffValidity(before, after),
  ];
}

function diffCeiling(before: IntentManifest, after: IntentManifest): Change[] {
  const order = compareDataClass(after.dataClassCeiling, before.dataClassCeiling);
  if (order === 0) return [];
  return [
    {
      path: "/dataClassCeiling",
      kind: order > 0 ? "widening" : "narrowing",
      title: order > 0 ? "Data class ceiling raised" : "Data class ceiling lowered",
      before: before.dataClassCeiling,
      after: after.dataClassCeiling,
      why:
        order > 0
          ? "The agent may touch data of a higher class."
          : "Data of the higher class is out of reach.",
    },
  ];
}

const KINDS = ["requests", "records", "spend"] as const;
const PERIODS = ["minute", "hour", "day"] as const;

function diffBudgets(before: Budgets, after: Budgets): Change[] {
  const changes: Change[] = [];
  for (const kind of KINDS) {
    for (const period of PERIODS) {
      const change = diffBudget({ before, after }, kind, period);
      if (change) changes.push(change);
    }
  }
  if (before.spend && after.spend && before.spend.currency !== after.spend.currency) {
    changes.push({
      path: "/budgets/spend/currency",
      kind: "unclear",
      title: "Currency of the spend changed",
      before: before.spend.currency,
      after: after.spend.currency,
      why: "The same figure is worth something else; compare the amounts yourself.",
    });
  }
  return changes;
}

function diffBudget(
  { before, after }: { readonly before: Budgets; readonly after: Budgets },
  kind: (typeof KINDS)[number],
  period: (typeof PERIODS)[number],
): Change | null {
  const [was, is] = [before[kind]?.[period], after[kind]?.[period]];
  if (was === is) return null;
  const words = (budgets: Budgets, value: number | undefined): string => {
    if (value === undefined) return "no limit";
    const amount =
      kind === "spend" ? moneyInWords(value, budgets.spend?.currency) : numberInWords(value);
    return `${amount} a ${period}`;
  };
  const wider = is === undefined || (was !== undefined && is > was);
  const verb = budgetVerb(was, is);
  return {
    path: `/budgets/${kind}/${period}`,
    kind: wider ? "widening" : "narrowing",
    title: `Budget of ${kind} a ${period} ${verb}`,
    before: words(before, was),
    after: words(after, is),
    why: wider ? "The agent may do more before it is stopped." : "The agent is stopped earlier.",
  };
}

function budgetVerb(was: number | undefined, is: number | undefined): string {
  if (is === undefined) return "removed: now unlimited";
  if (was === undefined) return "set";
  return is > was ? "raised" : "lowered";
}

function diffHours(before: Hours | undefined, after: Hours | undefined): Change[] {
  const change = (kind: ChangeKind, title: string, why: string): Change => ({
    path: "/hours",
    kind,
    title,
    before: hoursInWords(before),
    after: hoursInWords(after),
    why,
  });
  if (before === undefined && after === undefined) return [];
  if (after === undefined) {
    return [change("widening", "Hours removed", "The agent may work at any hour of any day.")];
  }
  if (before === undefined) {
    return [change("narrowing", "Hours set", "Before, the agent could work at any hour.")];
  }
  if (before.timeZone !== after.timeZone) {
    return [
      change(
        "unclear",
        "Time zone changed",
        "The same clock times are other moments, some of them new.",
      ),
    ];
  }
  const [was, is] = [minutesOfWeek(before), minutesOfWeek(after)];
  const changes: Change[] = [];
  if (is.some((open, minute) => open && !was[minute])) {
    changes.push(
      change("widening", "Hours extended", "The agent may work at times when it could not."),
    );
  }
  if (was.some((open, minute) => open && !is[minute])) {
    changes.push(change("narrowing", "Hours cut", "The agent may no longer work at some times."));
  }
  return changes;
}

/** Which minutes of the week are open, Monday 00:00 first. */
function minutesOfWeek(hours: Hours): boolean[] {
  const open = Array.from({ length: 7 * 1440 }, () => false);
  for (const window of hours.windows) {
    for (const day of window.days) {
      const midnight = DAYS.indexOf(day) * 1440;
      open.fill(true, midnight + minuteOf(window.from), midnight + minuteOf(window.to));
    }
  }
  return open;
}

function minuteOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
}

function hoursInWords(hours: Hours | undefined): string {
  if (hours === undefined) return "any hour of any day";
  const windows = hours.windows.map((w) => `${daysInWords(w.days)} ${w.from}–${w.to}`);
  return `${windows.join("; ")} (${hours.timeZone})`;
}

function diffNetwork(before: readonly string[], after: readonly string[]): Change[] {
  const reachable = (hosts: readonly string[], host: string): boolean =>
    hosts.some((wide) => hostCovers(wide, host));
  return [
    ...after.flatMap((host, n): Change[] =>
      reachable(before, host)
        ? []
        : [
            {
              path: `/network/${n}`,
              kind: "widening",
              title: `Network destination added: ${host}`,
              before: null,
              after: host,
              why: "The agent may talk to a host that was out of bounds.",
            },
          ],
    ),
    ...before.flatMap((host, n): Change[] =>
      reachable(after, host)
        ? []
        : [
            {
              path: `/network/${n}`,
              kind: "narrowing",
              title: `Network destination removed: ${host}`,
              before: host,
              after: null,
              why: "The agent may no longer talk to it.",
            },
          ],
    ),
  ];
}

function diffTelemetry(before: IntentManifest, after: IntentManifest): Change[] {
  const [was, is] = [before, after].map(({ telemetry }) => telemetry?.keepPrompts ?? false);
  if (was === is) return [];
  const words = (kept: boolean | undefined): string => (kept ? "kept" : "not kept");
  return [
    {
      path: "/telemetry/keepPrompts",
      kind: is ? "widening" : "narrowing",
      title: is ? "Prompts in traces kept from now on" : "Prompts in traces no longer kept",
      before: words(was),
      after: words(is),
      why: is
        ? "What is written to and by the model is stored, personal data in it too."
        : "Only times, models, tools and how steps ended are stored.",
    },
  ];
}

function diffRisk(before: IntentManifest, after: IntentManifest): Change[] {
  return (["review", "contain"] as const).flatMap((name): Change[] => {
    const [was, is] = [before.risk[name], after.risk[name]];
    if (was === is) return [];
    const raised = is > was;
    return [
      {
        path: `/risk/${name}`,
        kind: raised ? "widening" : "narrowing",
        title: `Risk threshold for ${name === "review" ? "review" : "containment"} ${raised ? "raised" : "lowered"}`,
        before: String(was),
        after: String(is),
        why: raised
          ? "The agent may drift further before a person is asked."
          : "A person is asked earlier.",
      },
    ];
  });
}

function diffValidity(before: IntentManifest, after: IntentManifest): Change[] {
  return (["notBefore", "notAfter"] as const).flatMap((name): Change[] => {
    const [was, is] = [Date.parse(before.validity[name]), Date.parse(after.validity[name])];
    if (was === is) return [];
    const longer = name === "notAfter" ? is > was : is < was;
    const edge = name === "notAfter" ? "Ends" : "Starts";
    return [
      {
        path: `/validity/${name}`,
        kind: longer ? "widening" : "narrowing",
        title: `${edge} ${is > was ? "later" : "earlier"}`,
        before: instantInWords(before.validity[name]),
        after: instantInWords(after.validity[name]),
        why: longer ? "The authority covers more time." : "The authority covers less time.",
      },
    ];
  });
}
