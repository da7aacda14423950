import { type BehaviourEvent, dataSetOf, pairOf, stepOf, taskOf } from "./event";
import { type Counts, countBy, seenOnce } from "./stats";
import { scales } from "./windows";

/** What the agent is known to do, task by task: the ground that novelty, class, pivot and the say–do gap share. */
export type Habit = {
  readonly size: number;
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
  const steps = countBy(baseline, stepOf);
  return {
    size: baseline.length,
    tasks: countBy(baseline, taskOf),
    steps,
    pairs: countBy(baseline, pairOf),
    dataSets: countBy(baseline, dataSetOf),
    resourceTypes: countBy(baseline, ({ resourceType }) => resourceType ?? ""),
    unseen: (seenOnce(steps) + 0.5) / (baseline.length + 1),
  };
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
