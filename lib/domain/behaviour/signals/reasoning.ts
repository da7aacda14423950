import { type BehaviourEvent, stepOf } from "../event";
import { type Habit, type Now, trust } from "../habit";
import { clamp, makeSignal, plural, ramp, type Signal } from "../signal";
import { robustZ, type Spread, spread } from "../stats";
import { BURST } from "../windows";
import { type DistanceHabit, learnDistances, spreadOf } from "./distances";

/** Stretches of reasoning that are looked at together. */
const LENGTHS = [BURST, 3 * BURST, 8 * BURST] as const;
/** One statement that is very far counts no more than this many widths. */
const MOST_Z = 3;
const FAR = 1.645;

export type ReasoningHabit = {
  readonly habit: Habit;
  readonly distances: DistanceHabit;
  /** mean of so many statements in a row, in widths of their kind: what is usual for this agent */
  readonly usual: readonly Spread[];
};

export function learnReasoning(habit: Habit, baseline: readonly BehaviourEvent[]): ReasoningHabit {
  const distances = learnDistances(baseline, ({ reasoningDistance }) => reasoningDistance);
  const measured = measure(distances, baseline);
  const usual = LENGTHS.map((length) => {
    const means: number[] = [];
    for (let from = 0; from + length <= measured.length; from += length / 2) {
      means.push(mean(measured.slice(from, from + length)));
    }
    // Never narrower than independent statements would make it.
    return spread(means, 1 / Math.sqrt(length));
  });
  return { habit, distances, usual };
}

type Measured = { readonly event: BehaviourEvent; readonly z: number };

function measure(distances: DistanceHabit, events: readonly BehaviourEvent[]): Measured[] {
  const result: Measured[] = [];
  for (const [index, event] of events.entries()) {
    if (isRetry(events, index)) continue;
    const usual = event.reasoningDistance === null ? null : spreadOf(distances, event);
    if (usual === null || event.reasoningDistance === null) continue;
    result.push({
      event,
      z: Math.max(-MOST_Z, Math.min(MOST_Z, robustZ(event.reasoningDistance, usual))),
    });
  }
  return result;
}

/** Who repeats what has just failed speaks of the failure: that is no drift. What comes after it is the pivot's matter. */
function isRetry(events: readonly BehaviourEvent[], index: number): boolean {
  const event = events[index];
  const before = events[index - 1];
  return (
    event !== undefined &&
    before !== undefined &&
    (before.actionOutcome === "error" || before.actionOutcome === "ambiguous") &&
    before.traceId === event.traceId &&
    stepOf(before) === stepOf(event)
  );
}

function mean(values: readonly Measured[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, { z }) => sum + z, 0) / values.length;
}

/**
 * How far the stated reasoning lies from the manifest, in robust widths of what is usual for the act: the mean of the last
 * dozen statements, and of the last three dozen, against such means in the baseline (level), and the whole week against
 * nothing at all (trend).
 */
export function reasoningSignal(learned: ReasoningHabit, { current }: Now): Signal {
  const { habit, distances, usual } = learned;
  const week = measure(distances, current);
  const levels = LENGTHS.map((length, index) => {
    const own = usual[index];
    const last = week.slice(-length);
    const shift = mean(last);
    if (own === undefined || own.n < 5) return { value: 0, last, shift };
    const value = ramp(robustZ(shift, own), 2, 4) * (last.length / length);
    return { value, last, shift };
  });
  const level = levels.reduce((most, one) => (one.value > most.value ? one : most));
  const shift = mean(week);
  // Statements repeat themselves within a task: three are worth one independent measurement.
  const trend = ramp(shift * Math.sqrt(week.length / 3), 3, 8);
  const value = clamp(1 - (1 - level.value) * (1 - trend)) * trust(habit.size);
  const drifting = trend > level.value;
  const telling = value === 0 ? [] : (drifting ? week : level.last).toSorted((a, b) => b.z - a.z);
  const far = level.last.filter(({ z }) => z > FAR).length;
  return makeSignal("reasoning", value, {
    events: telling.filter(({ z }) => z > FAR).map(({ event }) => event),
    counts: { far, statements: level.last.length, shift: level.shift, weekShift: shift },
    baseline: { distance: distances.all.centre, width: distances.all.width },
    words: wordsOf(value, {
      subject: `the stated reasoning${distances.model?.startsWith("lexical") === true ? " (by words only)" : ""}`,
      drift: drifting ? shift : null,
      far,
      of: level.last.length,
    }),
  });
}

function wordsOf(
  value: number,
  seen: {
    readonly subject: string;
    /** in widths, where the week as a whole has moved */
    readonly drift: number | null;
    readonly far: number;
    readonly of: number;
  },
): string {
  if (value === 0) return `${seen.subject} stays as near to the manifest as usual`;
  if (seen.drift !== null) {
    return `over the week ${seen.subject} moved away from the manifest by ${seen.drift.toFixed(1)} times its usual spread`;
  }
  return `${seen.subject} of the last ${plural(seen.of, "request")} lies further from the manifest than this agent's ever does; ${seen.far} of them by themselves`;
}
