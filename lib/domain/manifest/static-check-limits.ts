import { MEASURES, PERIODS } from "@/lib/domain/policy/budgets";
import { compileHours } from "@/lib/domain/policy/hours";
import type { Finding } from "./finding";
import type { IntentManifest } from "./manifest";

type Facts = { readonly now: number; readonly strict: boolean };

const DAY = 86_400_000;
const QUARTER_HOUR = 900_000;

/** Objections to the ceiling, budgets, hours, network, thresholds and validity. */
export function checkLimits(manifest: IntentManifest, facts: Facts): Finding[] {
  return [
    ...checkCeiling(manifest),
    ...checkBudgets(manifest),
    ...checkHours(manifest, facts),
    ...checkNetwork(manifest.network),
    ...checkThresholds(manifest, facts),
    ...checkValidity(manifest, facts),
  ];
}

function checkCeiling(manifest: IntentManifest): Finding[] {
  if (manifest.dataClassCeiling !== "restricted") return [];
  return [
    {
      severity: "warning",
      code: "ceiling-restricted",
      path: "/dataClassCeiling",
      message: "The agent may touch data of the highest class.",
      suggestion: "Choose a lower class unless a task can't be done without it.",
    },
  ];
}

function checkBudgets({ budgets, clusters }: IntentManifest): Finding[] {
  const findings: Finding[] = [];
  const limits = MEASURES.flatMap((measure) =>
    PERIODS.map((period) => ({ measure, period, value: budgets[measure]?.[period] })),
  );
  if (limits.every((limit) => limit.value === undefined)) {
    findings.push({
      severity: "warning",
      code: "no-budget",
      path: "/budgets",
      message: "There is no budget at all: nothing bounds how much the agent does.",
      suggestion: "Set at least a number of requests a day.",
    });
  } else if (
    clusters.some((cluster) => cluster.rules.some((rule) => rule.impact === "transformative")) &&
    limits.every((limit) => limit.measure !== "spend" || limit.value === undefined)
  ) {
    findings.push({
      severity: "note",
      code: "no-spend-budget",
      path: "/budgets/spend",
      message: "Some rules are transformative, and the spend is not bounded.",
      suggestion: "Set a spend budget if any of them can move money.",
    });
  }
  for (const { measure, period, value } of limits) {
    if (value !== 0) continue;
    findings.push({
      severity: "warning",
      code: "budget-zero",
      path: `/budgets/${measure}/${period}`,
      message: `A budget of 0 ${measure} a ${period} allows ${measure === "requests" ? "nothing" : `no ${measure}`}.`,
      suggestion: "Raise it, or take it out if it was meant to be unlimited.",
    });
  }
  return [...findings, ...MEASURES.flatMap((measure) => checkOrder(budgets, measure))];
}

/** A day's budget below the hour's makes the hour's moot. */
function checkOrder(
  budgets: IntentManifest["budgets"],
  measure: (typeof MEASURES)[number],
): Finding[] {
  return PERIODS.flatMap((period, p) => {
    const value = budgets[measure]?.[period];
    const longer = PERIODS.slice(p + 1).find((candidate) => {
      const limit = budgets[measure]?.[candidate];
      return value !== undefined && limit !== undefined && limit < value;
    });
    if (longer === undefined) return [];
    return [
      {
        severity: "note",
        code: "budget-moot",
        path: `/budgets/${measure}/${period}`,
        message: `The budget of ${measure} a ${period} is never reached: the one a ${longer} is smaller.`,
        suggestion: `Lower it, or raise the one a ${longer}.`,
      } as const,
    ];
  });
}

function checkHours({ hours, validity }: IntentManifest, facts: Facts): Finding[] {
  if (hours === undefined) {
    return [
      {
        severity: facts.strict ? "warning" : "note",
        code: "hours-missing",
        path: "/hours",
        message: "The agent may work at any hour, also when nobody watches.",
        suggestion: "Set the hours in which somebody can answer for it.",
      },
    ];
  }
  const [from, to] = [Date.parse(validity.notBefore), Date.parse(validity.notAfter)];
  // In eight days every window comes round.
  if (to - from > 8 * DAY) return [];
  const { open } = compileHours(hours);
  for (let at = from; at < to; at += QUARTER_HOUR) {
    if (open(at)) return [];
  }
  return [
    {
      severity: "error",
      code: "hours-closed",
      path: "/hours/windows",
      message: "No window lies inside the validity, so the agent could never work.",
      suggestion: "Add a window, or extend the validity.",
    },
  ];
}

function checkNetwork(network: readonly string[]): Finding[] {
  return network.flatMap((entry, n): Finding[] => {
    const colon = entry.lastIndexOf(":");
    const [host, port] = [entry.slice(0, colon), Number(entry.slice(colon + 1))];
    const path = `/network/${n}`;
    if (port < 1 || port > 65_535) {
      return [
        {
          severity: "error",
          code: "network-port",
          path,
          message: `${port} is no port.`,
          suggestion: "Use a port from 1 to 65535, such as 443.",
        },
      ];
    }
    if (!/^\*\.[^.]+$/.test(host)) return [];
    return [
      {
        severity: "warning",
        code: "network-broad",
        path,
        message: `${host} is a whole top-level domain.`,
        suggestion: "Name the domain that the task needs.",
      },
    ];
  });
}

function checkThresholds({ risk }: IntentManifest, facts: Facts): Finding[] {
  const findings: Finding[] = [];
  if (risk.review === risk.contain) {
    findings.push({
      severity: "note",
      code: "threshold-moot",
      path: "/risk/review",
      message:
        "Review and containment begin at the same score: nobody is asked before requests are blocked.",
      suggestion: "Set the review threshold below the one for containment.",
    });
  }
  if (risk.contain > (facts.strict ? 90 : 95)) {
    findings.push({
      severity: "warning",
      code: "threshold-high",
      path: "/risk/contain",
      message: `A risk score of ${risk.contain} is hardly ever reached, so that containment comes too late.`,
      suggestion: `Set it to ${facts.strict ? 90 : 95} or below.`,
    });
  }
  return findings;
}

function checkValidity({ validity }: IntentManifest, facts: Facts): Finding[] {
  const [from, to] = [Date.parse(validity.notBefore), Date.parse(validity.notAfter)];
  if (to <= facts.now) {
    return [
      {
        severity: "error",
        code: "validity-over",
        path: "/validity/notAfter",
        message: "The validity is already over.",
        suggestion: "Set an end in the future.",
      },
    ];
  }
  if (!facts.strict || to - from <= 184 * DAY) return [];
  return [
    {
      severity: "warning",
      code: "validity-long",
      path: "/validity/notAfter",
      message:
        "An agent of this risk tier would run for more than six months without renewed approval.",
      suggestion: "Let it end within six months.",
    },
  ];
}
