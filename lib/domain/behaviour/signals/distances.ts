import { type BehaviourEvent, taskOf } from "../event";
import { type Spread, spread } from "../stats";

/** What is usual for a distance, task by task. Only what one model measured, the one that measured last. */
export type DistanceHabit = {
  readonly model: string | null;
  readonly byTask: ReadonlyMap<string, Spread>;
  readonly all: Spread;
};

/** With fewer measurements than this a task borrows the whole agent's spread. */
const LEAST = 20;
/** No agent is so regular that a difference of this size means something. */
const FLOOR = 0.03;

export function learnDistances(
  baseline: readonly BehaviourEvent[],
  distanceOf: (event: BehaviourEvent) => number | null,
): DistanceHabit {
  const model = baseline.findLast((event) => distanceOf(event) !== null)?.distanceModel ?? null;
  const byTask = new Map<string, number[]>();
  const all: number[] = [];
  for (const event of baseline) {
    const distance = distanceOf(event);
    if (distance === null || event.distanceModel !== model) continue;
    all.push(distance);
    const own = byTask.get(taskOf(event));
    if (own === undefined) byTask.set(taskOf(event), [distance]);
    else own.push(distance);
  }
  const spreads = [...byTask]
    .filter(([, values]) => values.length >= LEAST)
    .map(([task, values]) => [task, spread(values, FLOOR)] as const);
  return { model, byTask: new Map(spreads), all: spread(all, FLOOR) };
}

/** What is usual for this request's task; `null` where another model measured it or too little is known. */
export function spreadOf(habit: DistanceHabit, event: BehaviourEvent): Spread | null {
  if (event.distanceModel !== habit.model || habit.all.n < LEAST) return null;
  return habit.byTask.get(taskOf(event)) ?? habit.all;
}
