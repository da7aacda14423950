import { actInWords, type BehaviourEvent, stepOf, taskOf } from "../event";
import { type Habit, type Now, trust } from "../habit";
import { makeSignal, percent, plural, type Signal } from "../signal";
import { type Belief, belief, robustZ, type Spread, tailBits, valueOfBits } from "../stats";
import { type DistanceHabit, learnDistances, spreadOf } from "./distances";

export type SayDoHabit = {
  readonly habit: Habit;
  readonly said: DistanceHabit;
  readonly act: DistanceHabit;
  readonly gaps: Belief;
};

/** "As usual" for what is said, and "far" for what is done, in robust standard deviations. */
const SAYS_AS_USUAL = 1.5;
const ACTS_FAR = 4;
const PRIOR = { mean: 0.01, strength: 10, most: 100 };

export function learnSayDo(habit: Habit, baseline: readonly BehaviourEvent[]): SayDoHabit {
  const said = learnDistances(baseline, ({ reasoningDistance }) => reasoningDistance);
  const act = learnDistances(baseline, ({ actDistance }) => actDistance);
  // What the task did just once was new when it came: so many gaps are its own.
  const measured = baseline.filter(({ reasoningDistance }) => reasoningDistance !== null);
  const own = measured.filter((event) => habit.steps.get(stepOf(event)) === 1).length;
  return { habit, said, act, gaps: belief(own, measured.length, PRIOR) };
}

/**
 * Requests whose stated reasoning sounds like the mandate while the act is none that this task ever did, or lies far from
 * what is said beside it. A cover story has to be close in words; it can't be close in deeds.
 */
export function sayDoSignal(learned: SayDoHabit, { scales }: Now): Signal {
  let best = { value: 0, events: [] as readonly BehaviourEvent[], of: 0 };
  for (const events of scales) {
    const spoken = events.filter(({ reasoningDistance }) => reasoningDistance !== null);
    const gaps = spoken.filter((event) => isGap(learned, event));
    const bits = tailBits(gaps.length, spoken.length, learned.gaps);
    const value = valueOfBits(bits, spoken.length) * trust(learned.habit.size);
    if (value > best.value) best = { value, events: gaps, of: spoken.length };
  }
  const share = learned.gaps.a / (learned.gaps.a + learned.gaps.b);
  const most = best.events.at(-1);
  return makeSignal("say-do", best.value, {
    events: best.events.toReversed(),
    counts: { gaps: best.events.length, requests: best.of },
    baseline: { share, requests: learned.habit.size },
    words:
      most === undefined
        ? "what it says and what it does agree"
        : `${plural(best.events.length, "request")} of ${best.of} said what the mandate says and did something else, such as “${actInWords(most)}”${taskOf(most) === "" ? "" : ` under “${taskOf(most)}”`}; usual: ${percent(share)}`,
  });
}

function isGap({ habit, said, act }: SayDoHabit, event: BehaviourEvent): boolean {
  const usual = spreadOf(said, event);
  if (usual === null || event.reasoningDistance === null) return false;
  if (robustZ(event.reasoningDistance, usual) > SAYS_AS_USUAL) return false;
  if ((habit.tasks.get(taskOf(event)) ?? 0) > 0 && !habit.steps.has(stepOf(event))) return true;
  return isFar(event.actDistance, spreadOf(act, event));
}

function isFar(distance: number | null, usual: Spread | null): boolean {
  return distance !== null && usual !== null && robustZ(distance, usual) > ACTS_FAR;
}
