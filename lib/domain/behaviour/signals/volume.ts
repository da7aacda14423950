import { actInWords, type BehaviourEvent, pairOf } from "../event";
import { type Now, trust } from "../habit";
import { makeSignal, plural, ramp, type Signal } from "../signal";
import { belief, robustZ, type Spread, spread, tailBits, valueOfBits } from "../stats";
import { firstAfter } from "../windows";
import { hourOfWeek } from "./hours";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WEEK_HOURS = 168;

/** What is summed, by the hour, the step and the day. */
const MEASURES = ["requests", "records", "spend"] as const;
type Measure = (typeof MEASURES)[number];
type DayKind = "weekday" | "weekend";

export type VolumeHabit = {
  readonly size: number;
  /** requests expected in each hour of the week, Monday 00:00 UTC first */
  readonly hourly: readonly number[];
  /** usual √-residuals of one hour and of one day */
  readonly hourSpread: Spread;
  readonly daySpread: Spread;
  /** ln(1 + x) of one step, by pair */
  readonly records: ReadonlyMap<string, Spread>;
  readonly spend: ReadonlyMap<string, Spread>;
  /** ln(1 + total) of a day, by measure and kind of day */
  readonly days: ReadonlyMap<string, Spread>;
};

export function learnVolume(baseline: readonly BehaviourEvent[]): VolumeHabit {
  const first = baseline[0]?.at ?? 0;
  const last = baseline.at(-1)?.at ?? 0;
  const hourly = hourlyProfile(baseline, first, last);
  return {
    size: baseline.length,
    hourly,
    hourSpread: residuals(baseline, hourly, HOUR_MS),
    daySpread: residuals(baseline, hourly, DAY_MS),
    records: stepSpreads(baseline, "records"),
    spend: stepSpreads(baseline, "spend"),
    days: daySpreads(baseline, first, last),
  };
}

/**
 * Requests against an hour-of-week profile (last hour, last day), steps that move far more records or money than that act
 * usually does, and a CUSUM over the days of the week that sees slow creep.
 */
export function volumeSignal(habit: VolumeHabit, now: Now): Signal {
  const findings = [
    ...rateFindings(habit, now),
    stepFinding(habit, now.scales[0] ?? []),
    stepFinding(habit, now.scales[1] ?? []),
    ...MEASURES.map((measure) => creepFinding(habit, now, measure)),
  ].sort((a, b) => b.value - a.value);
  const most = findings[0];
  const joint = 1 - findings.slice(0, 2).reduce((left, { value }) => left * (1 - value), 1);
  return makeSignal("volume", joint * trust(habit.size), {
    events: most?.events ?? [],
    counts: Object.fromEntries(findings.map(({ name, found }) => [name, found])),
    baseline: Object.fromEntries(findings.map(({ name, usual }) => [name, usual])),
    words: most === undefined || most.value === 0 ? "the usual rate and volume" : most.words,
  });
}

type Finding = {
  readonly name: string;
  readonly value: number;
  readonly found: number;
  readonly usual: number;
  readonly events: readonly BehaviourEvent[];
  readonly words: string;
};

function rateFindings(habit: VolumeHabit, { current, now }: Now): readonly Finding[] {
  const spans = [
    ["hour", HOUR_MS, habit.hourSpread],
    ["day", DAY_MS, habit.daySpread],
  ] as const;
  return spans.map(([name, span, usual]) => {
    const events = current.slice(firstAfter(current, now - span));
    const expected = expectedIn(habit.hourly, now - span, now);
    const z = robustZ(residual(events.length, expected), usual);
    return {
      name: `requests in the last ${name}`,
      value: usual.n < 5 ? 0 : ramp(z, 4, 12),
      found: events.length,
      usual: expected,
      events: events.slice(-20),
      words: `${plural(events.length, "request")} in the last ${name}; usual at this time of the week: ${Math.round(expected)}`,
    };
  });
}

/** Variance-stabilised distance of a count from what is expected (Anscombe). */
const residual = (count: number, expected: number) =>
  2 * (Math.sqrt(count + 0.375) - Math.sqrt(expected + 0.375));

function expectedIn(hourly: readonly number[], from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at += HOUR_MS) sum += hourly[hourOfWeek(at)] ?? 0;
  return sum;
}

function hourlyProfile(
  baseline: readonly BehaviourEvent[],
  first: number,
  last: number,
): readonly number[] {
  const counts = new Array<number>(WEEK_HOURS).fill(0);
  for (const { at } of baseline) {
    const hour = hourOfWeek(at);
    counts[hour] = (counts[hour] ?? 0) + 1;
  }
  const weeks = Math.max(1, (last - first) / (7 * DAY_MS));
  return counts.map((count, hour) => {
    const start = hour < 120 ? 0 : 5;
    const end = hour < 120 ? 5 : 7;
    let sameHour = 0;
    for (let day = start; day < end; day += 1) sameHour += counts[day * 24 + (hour % 24)] ?? 0;
    // A month holds four of each hour of the week: half of the figure comes from the other days of its kind.
    return (0.5 * count + (0.5 * sameHour) / (end - start)) / weeks;
  });
}

function residuals(
  baseline: readonly BehaviourEvent[],
  hourly: readonly number[],
  span: number,
): Spread {
  const counts = new Map<number, number>();
  for (const { at } of baseline) {
    const slot = Math.floor(at / span);
    counts.set(slot, (counts.get(slot) ?? 0) + 1);
  }
  const values = [...counts].map(([slot, count]) =>
    residual(count, expectedIn(hourly, slot * span, (slot + 1) * span)),
  );
  const { centre, width, n } = spread(values, 1);
  // Slots without requests are not among the values: the centre must not be above what is expected.
  return { centre: Math.min(0, centre), width, n };
}

function stepSpreads(
  baseline: readonly BehaviourEvent[],
  measure: "records" | "spend",
): ReadonlyMap<string, Spread> {
  const values = new Map<string, number[]>();
  for (const event of baseline) {
    const amount = event[measure];
    if (amount === null) continue;
    const known = values.get(pairOf(event));
    if (known === undefined) values.set(pairOf(event), [Math.log1p(amount)]);
    else known.push(Math.log1p(amount));
  }
  const enough = [...values].filter(([, own]) => own.length >= 8);
  return new Map(enough.map(([key, own]) => [key, spread(own, 0.35)]));
}

/** One step in fifty is allowed to be large. */
const LARGE = belief(0, 0, { mean: 0.03, strength: 60, most: 60 });

function stepFinding(habit: VolumeHabit, events: readonly BehaviourEvent[]): Finding {
  const large = events
    .map((event) => ({ event, z: largest(habit, event) }))
    .filter(({ z }) => z > 2.5)
    .sort((a, b) => b.z - a.z);
  const most = large[0];
  const many = valueOfBits(tailBits(large.length, events.length, LARGE), events.length);
  const one = 0.7 * ramp(most?.z ?? 0, 6, 14);
  const amount = Math.max(most?.event.records ?? 0, most?.event.spend ?? 0);
  return {
    name: `large steps of ${events.length}`,
    value: Math.max(many, one),
    found: large.length,
    usual: 0.03 * events.length,
    events: large.map(({ event }) => event),
    words:
      most === undefined
        ? ""
        : `${plural(large.length, "request")} of ${events.length} moved far more than that act usually does, such as “${actInWords(most.event)}” with ${amount.toLocaleString("en-GB")}`,
  };
}

function largest(habit: VolumeHabit, event: BehaviourEvent): number {
  return Math.max(
    zOf(habit.records.get(pairOf(event)), event.records),
    zOf(habit.spend.get(pairOf(event)), event.spend),
  );
}

function zOf(usual: Spread | undefined, amount: number | null): number {
  return usual === undefined || amount === null ? 0 : robustZ(Math.log1p(amount), usual);
}

const dayOf = (at: number) => Math.floor(at / DAY_MS);
const kindOf = (day: number): DayKind => (hourOfWeek(day * DAY_MS) >= 120 ? "weekend" : "weekday");
const amountOf = (event: BehaviourEvent, measure: Measure) =>
  measure === "requests" ? 1 : (event[measure] ?? 0);

function totals(events: readonly BehaviourEvent[], measure: Measure): Map<number, number> {
  const sums = new Map<number, number>();
  for (const event of events) {
    const day = dayOf(event.at);
    sums.set(day, (sums.get(day) ?? 0) + amountOf(event, measure));
  }
  return sums;
}

function daySpreads(
  baseline: readonly BehaviourEvent[],
  first: number,
  last: number,
): ReadonlyMap<string, Spread> {
  const result = new Map<string, Spread>();
  for (const measure of MEASURES) {
    const values: Record<DayKind, number[]> = { weekday: [], weekend: [] };
    for (const [day, sum] of totals(baseline, measure)) {
      // The first and the last day are cut by the window.
      if (day > dayOf(first) && day < dayOf(last)) values[kindOf(day)].push(Math.log1p(sum));
    }
    for (const kind of ["weekday", "weekend"] as const) {
      if (values[kind].length >= 4) result.set(`${measure} ${kind}`, spread(values[kind], 0.2));
    }
  }
  return result;
}

/** A day counts from one width above the usual on; the sum of the excess has to reach four. */
const SLACK = 0.8;
const MOST_Z = 4;
const ENOUGH = 4;

function creepFinding(habit: VolumeHabit, { current }: Now, measure: Measure): Finding {
  const sums = [...totals(current, measure)].sort(([a], [b]) => a - b);
  let excess = 0;
  let today = 0;
  for (const [day, sum] of sums) {
    const usual = habit.days.get(`${measure} ${kindOf(day)}`);
    if (usual === undefined) continue;
    const z = Math.min(MOST_Z, robustZ(Math.log1p(sum), usual));
    // A day that is still under way can only add: that it is low says nothing yet.
    excess = Math.max(0, excess + (day === sums.at(-1)?.[0] ? Math.max(0, z - SLACK) : z - SLACK));
    today = sum;
  }
  const usual = habit.days.get(`${measure} weekday`)?.centre ?? 0;
  return {
    name: `${measure} a day (CUSUM)`,
    value: ramp(excess, ENOUGH, 12),
    found: excess,
    usual: Math.expm1(usual),
    events: excess <= ENOUGH ? [] : largestFirst(current, measure),
    words: `${measure} a day have crept up: ${Math.round(today).toLocaleString("en-GB")} today, usual ${Math.round(Math.expm1(usual)).toLocaleString("en-GB")} on a weekday`,
  };
}

function largestFirst(events: readonly BehaviourEvent[], measure: Measure): BehaviourEvent[] {
  return events.toSorted((a, b) => amountOf(b, measure) - amountOf(a, measure)).slice(0, 20);
}
