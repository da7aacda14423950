import { actInWords, type BehaviourEvent, pairOf, placeOf, stepOf, taskOf } from "../event";
import { type Habit, type Now, trust } from "../habit";
import { makeSignal, percent, plural, type Signal } from "../signal";
import {
  type Belief,
  belief,
  type Counts,
  countBy,
  seenOnce,
  tailBits,
  valueOfBits,
} from "../stats";

export type NoveltyHabit = {
  readonly habit: Habit;
  readonly targets: Counts;
  readonly acts: Belief;
  readonly places: Belief;
};

/** Good–Turing: as many new ones are to be expected as were seen exactly once. */
const ACTS = { mean: 0.02, strength: 10, most: 150 };
const PLACES = { mean: 0.5, strength: 10, most: 60 };

export function learnNovelty(habit: Habit, baseline: readonly BehaviourEvent[]): NoveltyHabit {
  const known = visitsOf(baseline).flatMap((event) => placeOf(event) ?? []);
  const targets = countBy(known, (target) => target);
  return {
    habit,
    targets,
    acts: belief(seenOnce(habit.steps), habit.size, ACTS),
    places: belief(seenOnce(targets), known.length, PLACES),
  };
}

/**
 * Acts (action, resource type) that are new for their task, and targets never touched before, against how many a stable or
 * a lively agent brings by itself. The same new act counts once; one that is new to the whole agent counts as two.
 */
export function noveltySignal(learned: NoveltyHabit, { scales }: Now): Signal {
  const { habit } = learned;
  let best = { value: 0, acts: [] as BehaviourEvent[], targets: 0, of: scales[0]?.length ?? 0 };
  for (const events of scales) {
    const acts = firstOfEach(events, stepOf, habit.steps);
    const elsewhere = firstOfEach(events, pairOf, habit.pairs);
    const placed = visitsOf(events);
    const targets = firstOfEach(placed, placeOf, learned.targets);
    const weight = Math.min(events.length, acts.length + elsewhere.length);
    const actBits = tailBits(weight, events.length, learned.acts);
    const targetBits = tailBits(targets.length, placed.length, learned.places);
    const value = valueOfBits(Math.max(actBits, targetBits), events.length) * trust(habit.size);
    if (value > best.value) best = { value, acts, targets: targets.length, of: events.length };
  }
  const first = best.acts[0];
  const example = first === undefined ? "" : `, such as “${actInWords(first)}” in ${named(first)}`;
  return makeSignal("novelty", best.value, {
    events: best.acts,
    counts: { newActs: best.acts.length, newTargets: best.targets, requests: best.of },
    baseline: { expectedShare: habit.unseen, requests: habit.size },
    words:
      best.value === 0
        ? "nothing new beyond what this agent brings by itself"
        : `${plural(best.acts.length, "act")} never seen in their task${example}, and ${plural(best.targets, "new target")} in ${plural(best.of, "request")}; usual share of new acts: ${percent(habit.unseen)}`,
  });
}

const named = (event: BehaviourEvent) => (taskOf(event) === "" ? "no task" : `“${taskOf(event)}”`);

const HOUR_MS = 3_600_000;

/**
 * One request for each target of a task: who reads an invoice and then fills it in has come to it once. Otherwise no target
 * would ever be seen exactly once, and Good–Turing would expect nothing new of an agent that meets new ones all day.
 */
function visitsOf(events: readonly BehaviourEvent[]): readonly BehaviourEvent[] {
  const seen = new Set<string>();
  return events.filter((event) => {
    const place = placeOf(event);
    if (place === null) return false;
    const visit = `${event.traceId ?? Math.floor(event.at / HOUR_MS)} ${place}`;
    if (seen.has(visit)) return false;
    seen.add(visit);
    return true;
  });
}

/** The first event of each key that is not known. */
function firstOfEach(
  events: readonly BehaviourEvent[],
  keyOf: (event: BehaviourEvent) => string | null,
  known: Counts,
): BehaviourEvent[] {
  const seen = new Set<string>();
  return events.filter((event) => {
    const key = keyOf(event);
    if (key === null || known.has(key) || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
