import { actInWords, type BehaviourEvent, stepOf } from "../event";
import { type Habit, type Now, trust } from "../habit";
import { makeSignal, percent, ramp, type Signal } from "../signal";
import { countBy, jensenShannon, robustZ, type Spread, spread } from "../stats";

/** Requests that make a mix: enough for several tasks, few enough to turn quickly. */
const LENGTHS = [24, 80] as const;
const PULL = 6;

export type MixHabit = { readonly habit: Habit; readonly usual: readonly Spread[] };

/** How far the agent's own stretches of that length lie from its whole: what is usual for it, weekly rhythm included. */
export function learnMix(habit: Habit, baseline: readonly BehaviourEvent[]): MixHabit {
  const usual = LENGTHS.map((length) => {
    const distances: number[] = [];
    for (let from = 0; from + length <= baseline.length; from += length / 2) {
      const stretch = countBy(baseline.slice(from, from + length), stepOf);
      distances.push(jensenShannon(habit.steps, stretch, PULL));
    }
    return spread(distances, 0.06);
  });
  return { habit, usual };
}

/** Jensen–Shannon distance of the last requests' mix of task and act from the baseline's, over what is usual for it. */
export function mixSignal({ habit, usual }: MixHabit, { current }: Now): Signal {
  let best = { value: 0, distance: 0, usual: usual[0]?.centre ?? 0, events: current.slice(-24) };
  LENGTHS.forEach((length, index) => {
    const own = usual[index];
    const events = current.slice(-length);
    // A baseline of fewer than five stretches does not say what is usual.
    if (own === undefined || own.n < 5 || events.length < length / 2) return;
    const distance = jensenShannon(habit.steps, countBy(events, stepOf), PULL);
    const value = ramp(robustZ(distance, own), 3, 9) * trust(habit.size);
    if (value >= best.value) best = { value, distance, usual: own.centre, events };
  });
  const counts = { distance: best.distance, requests: best.events.length };
  const baseline = { distance: best.usual, requests: habit.size };
  const grown = best.value === 0 ? [] : grownMost(habit, best.events);
  const most = grown[0];
  return makeSignal("mix", best.value, {
    events: grown.map(({ event }) => event),
    counts,
    baseline,
    words:
      most === undefined
        ? "the usual mix of work"
        : `the last ${best.events.length} requests are a different mix (distance ${best.distance.toFixed(2)}, usual ${best.usual.toFixed(2)}): “${actInWords(most.event)}” makes ${percent(most.share)} of them`,
  });
}

/** The requests whose kind has gained most, with its share now. */
function grownMost(habit: Habit, events: readonly BehaviourEvent[]) {
  const counts = countBy(events, stepOf);
  return events
    .map((event) => {
      const share = (counts.get(stepOf(event)) ?? 0) / events.length;
      const usual = (habit.steps.get(stepOf(event)) ?? 0) / Math.max(1, habit.size);
      return { event, share, gain: share - usual };
    })
    .filter(({ gain }) => gain > 0)
    .sort((a, b) => b.gain - a.gain || b.event.seq - a.event.seq);
}
