import type { BehaviourEvent } from "../event";
import { type Habit, type Now, trust } from "../habit";
import { clamp, makeSignal, plural, ramp, type Signal } from "../signal";
import { belief, robustZ, tailBits, valueOfBits } from "../stats";
import { type DistanceHabit, learnDistances, spreadOf } from "./distances";

export type ReasoningHabit = { readonly habit: Habit; readonly distances: DistanceHabit };

export function learnReasoning(habit: Habit, baseline: readonly BehaviourEvent[]): ReasoningHabit {
  return {
    habit,
    distances: learnDistances(baseline, ({ reasoningDistance }) => reasoningDistance),
  };
}

/** One in twenty of the agent's own requests lies further out than this many widths. */
const FAR = 1.645;
const FAR_SHARE = belief(0, 0, { mean: 0.06, strength: 60, most: 60 });
const MOST_Z = 6;

/**
 * How far the stated reasoning lies from the manifest, in robust standard deviations of the task's own distances: too many
 * far ones among the last dozen or the day (level), or a shift of the whole week's mean (trend).
 */
export function reasoningSignal({ habit, distances }: ReasoningHabit, { scales }: Now): Signal {
  const measure = (events: readonly BehaviourEvent[]): Measured[] =>
    events.flatMap((event) => {
      const usual = spreadOf(distances, event);
      if (usual === null || event.reasoningDistance === null) return [];
      return { event, z: Math.min(MOST_Z, robustZ(event.reasoningDistance, usual)) };
    });
  let best = { value: 0, far: [] as Measured[], of: 0 };
  for (const events of scales.slice(0, 2)) {
    const measured = measure(events);
    const far = measured.filter(({ z }) => z > FAR);
    const value = valueOfBits(tailBits(far.length, measured.length, FAR_SHARE), measured.length);
    if (value > best.value || best.of === 0) best = { value, far, of: measured.length };
  }
  const week = measure(scales.at(-1) ?? []);
  const shift = mean(week.map(({ z }) => z));
  // Reasoning repeats itself within a task: three requests are worth one independent measurement.
  const trend = ramp(shift * Math.sqrt(week.length / 3), 4, 12);
  const value = clamp(1 - (1 - best.value) * (1 - trend)) * trust(habit.size);
  const telling = (trend > best.value ? week : best.far).toSorted((a, b) => b.z - a.z);
  const label = distances.model?.startsWith("lexical") === true ? ", by words only" : "";
  return makeSignal("reasoning", value, {
    events: telling.filter(({ z }) => z > FAR).map(({ event }) => event),
    counts: { far: best.far.length, requests: best.of, meanShift: shift, measured: week.length },
    baseline: { distance: distances.all.centre, width: distances.all.width },
    words: wordsOf(
      { value, trend, level: best.value },
      { far: best.far.length, of: best.of, shift, label },
    ),
  });
}

type Measured = { readonly event: BehaviourEvent; readonly z: number };

function wordsOf(
  found: { readonly value: number; readonly trend: number; readonly level: number },
  seen: {
    readonly far: number;
    readonly of: number;
    readonly shift: number;
    readonly label: string;
  },
): string {
  if (found.value === 0)
    return `the stated reasoning stays as near to the manifest as usual${seen.label}`;
  if (found.trend > found.level) {
    return `over the week the stated reasoning moved away from the manifest by ${seen.shift.toFixed(1)} times its usual spread${seen.label}`;
  }
  return `in ${seen.far} of the last ${plural(seen.of, "request")} the stated reasoning lies far from the manifest's goal and purpose${seen.label}; usual: one in twenty`;
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((a, b) => a + b, 0) / values.length;
}
