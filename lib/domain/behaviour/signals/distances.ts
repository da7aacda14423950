import { type BehaviourEvent, stepOf, taskOf } from "../event";
import { type Spread, spread } from "../stats";

/** What is usual for a distance, act by act and task by task. Only what one model measured, the one that measured last. */
export type DistanceHabit = {
  readonly model: string | null;
  /** by act within its task */
  readonly byStep: ReadonlyMap<string, Spread>;
  readonly byTask: ReadonlyMap<string, Spread>;
  readonly all: Spread;
};

/** With fewer measurements than this an act borrows its task's spread, and a task the whole agent's. */
const LEAST = 20;
/** No agent is so regular that a difference of this size means something. */
const FLOOR = 0.04;

export function learnDistances(
  baseline: readonly BehaviourEvent[],
  distanceOf: (event: BehaviourEvent) => number | null,
): DistanceHabit {
  const model = baseline.findLast((event) => distanceOf(event) !== null)?.distanceModel ?? null;
  const byStep = new Map<string, number[]>();
  const byTask = new Map<string, number[]>();
  const all: number[] = [];
  for (const event of baseline) {
    const distance = distanceOf(event);
    if (distance === null || event.distanceModel !== model) continue;
    all.push(distance);
    note(byStep, stepOf(event), distance);
    note(byTask, taskOf(event), distance);
  }
  return { model, byStep: spreads(byStep), byTask: spreads(byTask), all: spread(all, FLOOR) };
}

function note(table: Map<string, number[]>, key: string, value: number): void {
  const known = table.get(key);
  if (known === undefined) table.set(key, [value]);
  else known.push(value);
}

function spreads(table: ReadonlyMap<string, readonly number[]>): ReadonlyMap<string, Spread> {
  const enough = [...table].filter(([, values]) => values.length >= LEAST);
  return new Map(enough.map(([key, values]) => [key, spread(values, FLOOR)]));
}

/** What is usual for a request of this kind; `null` where another model measured it or too little is known. */
export function spreadOf(habit: DistanceHabit, event: BehaviourEvent): Spread | null {
  if (event.distanceModel !== habit.model || habit.all.n < LEAST) return null;
  return habit.byStep.get(stepOf(event)) ?? habit.byTask.get(taskOf(event)) ?? habit.all;
}
