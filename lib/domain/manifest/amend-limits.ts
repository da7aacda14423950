import { MEASURES, PERIODS, toMinor } from "@/lib/domain/policy/budgets";
import type { Miss } from "@/lib/domain/policy/decision";
import { compileHours } from "@/lib/domain/policy/hours";
import type { EvaluationRequest } from "@/lib/domain/policy/request";
import { DAYS, type IntentManifest } from "./manifest";
import type { Widening } from "./widening";

type LimitReason =
  | "data_class_exceeded"
  | "destination_outside"
  | "outside_hours"
  | "budget_requests"
  | "budget_records"
  | "budget_spend";

/** Widen what holds for every rule at once, by exactly what this request missed. */
export function widenLimits(
  manifest: IntentManifest,
  request: EvaluationRequest,
  objection: { readonly reason: LimitReason; readonly miss: Miss | null },
  now: Date,
): Widening {
  const { dataClass, destination } = request.context;
  switch (objection.reason) {
    case "data_class_exceeded":
      return {
        manifest: { ...manifest, dataClassCeiling: dataClass },
        step: { title: `Data class ceiling raised to ${dataClass}`, path: "/dataClassCeiling" },
      };
    case "destination_outside":
      if (destination === undefined) return { why: "The request names no destination." };
      return {
        manifest: { ...manifest, network: [...manifest.network, destination] },
        step: {
          title: `Network boundary opened to ${destination}`,
          path: `/network/${manifest.network.length}`,
        },
      };
    case "outside_hours":
      return openHour(manifest, now);
    case "budget_requests":
    case "budget_records":
    case "budget_spend":
      return raiseBudget(manifest, objection.reason.slice("budget_".length), objection.miss);
  }
}

/** The whole hour of that weekday in which the request came. */
function openHour(manifest: IntentManifest, now: Date): Widening {
  const { hours } = manifest;
  if (hours === undefined) return { why: "The manifest has no hours." };
  const { day, minute } = compileHours(hours).wall(now.getTime());
  const [hour, weekday] = [Math.floor(minute / 60), DAYS[day] ?? "mon"];
  const window = { days: [weekday], from: clock(hour), to: clock(hour + 1) };
  return {
    manifest: { ...manifest, hours: { ...hours, windows: [...hours.windows, window] } },
    step: {
      title: `Hours extended: ${weekday} ${window.from}–${window.to} (${hours.timeZone})`,
      path: `/hours/windows/${hours.windows.length}`,
    },
  };
}

function clock(hour: number): string {
  return `${String(hour).padStart(2, "0")}:00`;
}

/** Raise the exhausted limit to what would have been used with this request. */
function raiseBudget(manifest: IntentManifest, name: string, miss: Miss | null): Widening {
  const measure = MEASURES.find((candidate) => candidate === name);
  const limits = measure === undefined ? undefined : manifest.budgets[measure];
  if (measure === undefined || limits === undefined) return { why: "There is no such budget." };
  const { asked, allowed } = miss ?? {};
  if (typeof asked !== "number" || typeof allowed !== "number") {
    return { why: "How much was asked is not known any more." };
  }
  const same = (value: number): boolean => toMinor(value) === toMinor(allowed);
  const exhausted = PERIODS.filter((period) => {
    const limit = limits[period];
    return limit !== undefined && same(limit);
  });
  const [first] = exhausted;
  if (first === undefined) {
    return {
      why: "The budget was cut by a containment, or has changed since: the manifest is not what stopped it.",
    };
  }
  const raised = Object.fromEntries(exhausted.map((period) => [period, asked]));
  return {
    manifest: {
      ...manifest,
      budgets: { ...manifest.budgets, [measure]: { ...limits, ...raised } },
    },
    step: {
      title: `Budget of ${measure} a ${exhausted.join(" and a ")} raised to ${asked}`,
      path: `/budgets/${measure}/${first}`,
    },
  };
}
