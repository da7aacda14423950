import type { BehaviourEvent } from "../event";
import { type Now, trust } from "../habit";
import { makeSignal, percent, plural, type Signal } from "../signal";
import { type Belief, belief, tailBits, valueOfBits } from "../stats";

const HOUR_MS = 3_600_000;
const WEEK_HOURS = 168;
/** 1970-01-01 was a Thursday: hour 0 of our week is Monday 00:00 UTC. */
const EPOCH_OFFSET = 72;
/** An hour with less than this share of a uniform week's traffic is outside the habit. */
const RARE = 0.08;

export type HoursHabit = {
  readonly size: number;
  /** 168 flags, Monday 00:00 UTC first */
  readonly usual: readonly boolean[];
  readonly outside: Belief;
};

const PRIOR = { mean: 0.015, strength: 20, most: 60 };

/** 0–167, Monday 00:00 UTC first. */
export function hourOfWeek(at: number): number {
  return (((Math.floor(at / HOUR_MS) + EPOCH_OFFSET) % WEEK_HOURS) + WEEK_HOURS) % WEEK_HOURS;
}

/**
 * The hours in which the agent works, in UTC. An hour borrows from its neighbours (daylight saving moves the habit by one)
 * and from the same hour of the other days of its kind, since a month holds only four of each.
 */
export function learnHours(baseline: readonly BehaviourEvent[]): HoursHabit {
  const counts = new Array<number>(WEEK_HOURS).fill(0);
  for (const { at } of baseline) {
    const hour = hourOfWeek(at);
    counts[hour] = (counts[hour] ?? 0) + 1;
  }
  const least = (RARE * baseline.length) / WEEK_HOURS;
  const usual = counts.map((_, hour) => smoothed(counts, hour) >= least);
  const off = baseline.filter(({ at }) => usual[hourOfWeek(at)] === false).length;
  return { size: baseline.length, usual, outside: belief(off, baseline.length, PRIOR) };
}

function smoothed(counts: readonly number[], hour: number): number {
  const at = (h: number) => counts[(h + WEEK_HOURS) % WEEK_HOURS] ?? 0;
  const near = 0.5 * at(hour) + 0.25 * at(hour - 1) + 0.25 * at(hour + 1);
  const weekend = hour >= 120;
  let sum = 0;
  let days = 0;
  for (let day = weekend ? 5 : 0; day < (weekend ? 7 : 5); day += 1) {
    sum += at(day * 24 + (hour % 24));
    days += 1;
  }
  return 0.6 * near + (0.4 * sum) / days;
}

/** Requests at hours in which this agent does not work, against how many such it always had. */
export function hoursSignal(habit: HoursHabit, { scales }: Now): Signal {
  let best = { value: 0, events: [] as readonly BehaviourEvent[], of: scales[0]?.length ?? 0 };
  for (const events of scales) {
    const off = events.filter(({ at }) => habit.usual[hourOfWeek(at)] === false);
    const bits = tailBits(off.length, events.length, habit.outside);
    const value = valueOfBits(bits, events.length) * trust(habit.size);
    if (value > best.value) best = { value, events: off, of: events.length };
  }
  const share = habit.outside.a / (habit.outside.a + habit.outside.b);
  return makeSignal("hours", best.value, {
    events: best.events.toReversed(),
    counts: { outside: best.events.length, requests: best.of },
    baseline: { share, usualHours: habit.usual.filter(Boolean).length },
    words:
      best.value === 0
        ? "at its usual hours"
        : `${best.events.length} of the last ${plural(best.of, "request")} came at hours in which this agent does not work (UTC); usual: ${percent(share)}`,
  });
}
