import type { BehaviourEvent } from "../event";
import { type Spread, spread } from "../stats";

/** What is usual for a distance, kind by kind. Only what one model measured, the one that measured last. */
export type DistanceHabit = {
  readonly model: string | null;
  readonly byKind: ReadonlyMap<string, Spread>;
  readonly all: Spread;
  readonly kindOf: (event: BehaviourEvent) => string;
};

/** With fewer measurements than this a kind borrows the whole agent's spread. */
const LEAST = 20;
/** No agent is so regular that a difference of this size means something. */
const FLOOR = 0.03;

export function learnDistances(
  baseline: readonly BehaviourEvent[],
  distanceOf: (event: BehaviourEvent) => number | null,
  kindOf: (event: BehaviourEvent) => string,
): DistanceHabit {
  const model = baseline.findLast((event) => distanceOf(event) !== null)?.distanceModel ?? null;
  const byKind = new Map<string, number[]>();
  const all: number[] = [];
  for (const event of baseline) {
    const distance = distanceOf(event);
    if (distance === null || event.distanceModel !== model) continue;
    all.push(distance);
    const own = byKind.get(kindOf(event));
    if (own === undefined) byKind.set(kindOf(event), [distance]);
    else own.push(distance);
  }
  const spreads = [...byKind]
    .filter(([, values]) => values.length >= LEAST)
    .map(([kind, values]) => [kind, spread(values, FLOOR)] as const);
  return { model, byKind: new Map(spreads), all: spread(all, FLOOR), kindOf };
}

/** What is usual for a request of this kind; `null` where another model measured it or too little is known. */
export function spreadOf(habit: DistanceHabit, event: BehaviourEvent): Spread | null {
  if (event.distanceModel !== habit.model || habit.all.n < LEAST) return null;
  return habit.byKind.get(habit.kindOf(event)) ?? habit.all;
}
