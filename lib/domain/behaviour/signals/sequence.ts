import { actInWords, type BehaviourEvent, stepOf } from "../event";
import { type Habit, type Now, trust } from "../habit";
import { learnMarkov, type Markov, stepBits } from "../markov";
import { makeSignal, ramp, type Signal } from "../signal";
import { robustZ, type Spread, spread } from "../stats";
import { BURST } from "../windows";

export type SequenceHabit = {
  readonly habit: Habit;
  readonly model: Markov;
  /** mean bits of a dozen steps, measured on the part of the baseline that the model had not seen */
  readonly usual: Spread;
};

export function learnSequence(habit: Habit, baseline: readonly BehaviourEvent[]): SequenceHabit {
  const border = Math.floor(baseline.length * 0.6);
  const half = learnMarkov(sequencesOf(baseline.slice(0, border)).map(({ steps }) => steps));
  const bits = bitsOf(half, baseline.slice(border)).map(({ bits }) => bits);
  const means: number[] = [];
  for (let from = 0; from + BURST <= bits.length; from += BURST / 2) {
    means.push(mean(bits.slice(from, from + BURST)));
  }
  return {
    habit,
    model: learnMarkov(sequencesOf(baseline).map(({ steps }) => steps)),
    // An agent that never varies is still allowed a detour.
    usual: spread(means, 0.6),
  };
}

/** What the last dozen steps cost under the agent's own order of steps, in bits a step, over its usual. */
export function sequenceSignal({ habit, model, usual }: SequenceHabit, { current }: Now): Signal {
  const recent = bitsOf(model, current.slice(-4 * BURST)).slice(-BURST);
  const cost = mean(recent.map(({ bits }) => bits));
  const measurable = usual.n >= 5 && recent.length >= BURST / 2;
  const value = measurable
    ? ramp(robustZ(cost, usual), 3, 10) * trust(habit.size) * (recent.length / BURST)
    : 0;
  const surprising = recent.toSorted((a, b) => b.bits - a.bits);
  const most = surprising[0];
  return makeSignal("sequence", value, {
    events: surprising.filter(({ bits }) => bits > usual.centre + 1).map(({ event }) => event),
    counts: { bitsPerStep: cost, steps: recent.length },
    baseline: { bitsPerStep: usual.centre, requests: habit.size },
    words:
      value === 0 || most === undefined
        ? "steps in their usual order"
        : `the last ${recent.length} steps cost ${cost.toFixed(1)} bits each under this agent's habit, usual ${usual.centre.toFixed(1)}; the least expected: “${actInWords(most.event)}”`,
  });
}

type Sequence = { readonly events: BehaviourEvent[]; readonly steps: string[] };

/** One sequence per trace; requests without a trace form one stream. */
function sequencesOf(events: readonly BehaviourEvent[]): readonly Sequence[] {
  const byTrace = new Map<string, Sequence>();
  for (const event of events) {
    const key = event.traceId ?? "";
    let sequence = byTrace.get(key);
    if (sequence === undefined) {
      sequence = { events: [], steps: [] };
      byTrace.set(key, sequence);
    }
    sequence.events.push(event);
    sequence.steps.push(stepOf(event));
  }
  return [...byTrace.values()];
}

type Cost = { readonly event: BehaviourEvent; readonly bits: number };

/** The cost of each step within its sequence, in the order of the ledger. */
function bitsOf(model: Markov, events: readonly BehaviourEvent[]): readonly Cost[] {
  return sequencesOf(events)
    .flatMap(({ events: own, steps }) => {
      const bits = stepBits(model, steps);
      return own.map((event, i) => ({ event, bits: bits[i] ?? 0 }));
    })
    .sort((a, b) => a.event.seq - b.event.seq);
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((a, b) => a + b, 0) / values.length;
}
