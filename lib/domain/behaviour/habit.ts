import { type BehaviourEvent, dataSetOf, pairOf, stepOf, taskOf } from "./event";
import { type Counts, countBy, seenOnce } from "./stats";
import { scales } from "./windows";

/** What the agent is known to do, task by task: the ground that novelty, class, pivot and the say–do gap share. */
export type Habit = {
  readonly size: number;
  /** the requests that may say what is known */
  readonly settled: readonly BehaviourEvent[];
  readonly tasks: Counts;
  /** task, action, resource type */
  readonly steps: Counts;
  /** action, resource type, in whichever task */
  readonly pairs: Counts;
  /** task, resource type */
  readonly dataSets: Counts;
  readonly resourceTypes: Counts;
  /** Good–Turing: the share of requests to come that are new for their task, from what was seen just once */
  readonly unseen: number;
};

export function learnHabit(baseline: readonly BehaviourEvent[]): Habit {
  const settled = settledPart(baseline);
  const steps = countBy(settled, stepOf);
  return {
    size: baseline.length,
    settled,
    tasks: countBy(settled, taskOf),
    steps,
    pairs: countBy(settled, pairOf),
    dataSets: countBy(settled, dataSetOf),
    resourceTypes: countBy(settled, ({ resourceType }) => resourceType ?? ""),
    unseen: (seenOnce(steps) + 0.5) / (baseline.length + 1),
  };
}

const SETTLES_MS = 7 * 86_400_000;

/**
 * A new act is habit only a week after it entered the baseline, so that whoever goes astray slowly does not teach us that it
 * is usual. A baseline of less than two weeks has no time for that.
 */
function settledPart(baseline: readonly BehaviourEvent[]): readonly BehaviourEvent[] {
  const first = baseline[0]?.at ?? 0;
  const border = (baseline.at(-1)?.at ?? 0) - SETTLES_MS;
  if (first > border - SETTLES_MS) return baseline;
  const old = new Set<string>();
  for (const event of baseline) if (event.at <= border) old.add(stepOf(event));
  return baseline.filter((event) => old.has(stepOf(event)));
}

/** How far a habit can be held against anything: a fifth of it is left at 25 requests, half at 100. */
export function trust(size: number): number {
  return size / (size + 100);
}

/** What a signal measures against what it learned. */
export type Now = {
  readonly now: number;
  readonly current: readonly BehaviourEvent[];
  /** the last dozen requests, the last day, the whole window */
  readonly scales: readonly (readonly BehaviourEvent[])[];
};

export function nowOf(current: readonly BehaviourEvent[], now: number): Now {
  return { now, current, scales: scales(current, now) };
}
