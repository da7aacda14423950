import { PERIODS, type Period, toMinor } from "./budgets";
import type { Usage, UsageByPeriod } from "./decision";
import type { Outcome } from "./reasons";
import type { EvaluationRequest } from "./request";

const SECONDS: Readonly<Record<Period, number>> = { minute: 60, hour: 3600, day: 86_400 };

const NONE: Usage = { requests: 0, records: 0, spend: 0 };
export const NO_USAGE: UsageByPeriod = { minute: NONE, hour: NONE, day: NONE };

/** Starts (epoch s, UTC) of the minute, hour and day that `now` (epoch ms) lies in. */
export function bucketStarts(now: number): Readonly<Record<Period, number>> {
  const second = Math.floor(now / 1000);
  return {
    minute: second - (second % SECONDS.minute),
    hour: second - (second % SECONDS.hour),
    day: second - (second % SECONDS.day),
  };
}

/**
 * What one decided request adds to each bucket. Every request that was decided counts as a request, so that an agent
 * that is refused can't hammer for free; only an allowed one has used its records and its spend (minor units).
 * An amount that is not declared counts as nothing: a rule that needs one says so in its condition.
 */
export function usageOf(request: EvaluationRequest, outcome: Outcome): Usage {
  const { records = 0, spend = 0 } = request.context;
  return outcome === "allow"
    ? { requests: 1, records, spend: toMinor(spend) }
    : { requests: 1, records: 0, spend: 0 };
}

/** Usage with one more decided request in each of the current buckets. */
export function addRequest(
  usage: UsageByPeriod,
  request: EvaluationRequest,
  outcome: Outcome,
): UsageByPeriod {
  const more = usageOf(request, outcome);
  return {
    minute: sum(usage.minute, more),
    hour: sum(usage.hour, more),
    day: sum(usage.day, more),
  };
}

/** Usage carried from one time to a later one (epoch ms): buckets that are over start again from nothing. */
export function rollUsage(usage: UsageByPeriod, from: number, to: number): UsageByPeriod {
  const before = bucketStarts(from);
  const after = bucketStarts(to);
  const [minute, hour, day] = PERIODS.map((period) =>
    before[period] === after[period] ? usage[period] : NONE,
  );
  return { minute: minute ?? NONE, hour: hour ?? NONE, day: day ?? NONE };
}

function sum(a: Usage, b: Usage): Usage {
  return {
    requests: a.requests + b.requests,
    records: a.records + b.records,
    spend: a.spend + b.spend,
  };
}
