import { type BehaviourEvent, refused } from "../event";
import type { Now } from "../habit";
import { makeSignal, percent, type Signal } from "../signal";
import { type Belief, belief, tailBits, valueOfBits } from "../stats";

export type RefusalHabit = {
  readonly requests: number;
  readonly refused: number;
  readonly belief: Belief;
};

/** An agent without history is assumed to be refused once in twenty; no history is worth more than 80 requests. */
const PRIOR = { mean: 0.05, strength: 20, most: 80 };

export function learnRefusals(baseline: readonly BehaviourEvent[]): RefusalHabit {
  const count = baseline.filter(refused).length;
  return {
    requests: baseline.length,
    refused: count,
    belief: belief(count, baseline.length, PRIOR),
  };
}

/**
 * Held and blocked requests against the agent's own rate: how surprising, under the Beta-Binomial posterior of the
 * baseline, are at least so many in the last dozen, the last day, the week? The most surprising of them counts.
 */
export function refusalSignal(habit: RefusalHabit, { scales }: Now): Signal {
  let best = { value: 0, events: [] as readonly BehaviourEvent[], of: scales[0]?.length ?? 0 };
  for (const events of scales) {
    const hits = events.filter(refused);
    const value = valueOfBits(tailBits(hits.length, events.length, habit.belief), events.length);
    if (value > best.value) best = { value, events: hits, of: events.length };
  }
  const usual = habit.belief.a / (habit.belief.a + habit.belief.b);
  const count = best.events.length;
  return makeSignal("refusals", best.value, {
    events: best.events.toReversed(),
    counts: { refused: count, requests: best.of },
    baseline: { share: usual, refused: habit.refused, requests: habit.requests },
    words:
      best.value === 0
        ? `held and blocked as often as usual (${percent(usual)})`
        : `${count} of the last ${best.of} requests held or blocked; usual for this agent: ${percent(usual)}`,
  });
}
