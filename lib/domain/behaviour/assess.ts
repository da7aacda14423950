import type { Tier } from "@/lib/domain/agent/tier";
import { type BehaviourEvent, refused, stepOf } from "./event";
import { nowOf } from "./habit";
import { learn, measure, type Profile } from "./profile";
import { combine, eachSignal, RISK_FORMULA, type Values, weightsOf } from "./score";
import { clamp, SIGNALS, type Signal, type SignalName } from "./signal";
import { firstAfter, splitHistory } from "./windows";

/** A person's word that a signal up to this level is in order, with an end. */
export type Explanation = {
  readonly signal: SignalName;
  /** the level that was explained, 0–1: what goes beyond it still counts */
  readonly value: number;
  /** epoch ms */
  readonly until: number;
};

export type AssessOptions = {
  readonly tier: Tier;
  /** epoch ms */
  readonly now: number;
  /** the last assessment: when it was made, and the `value` of each factor */
  readonly previous?: {
    readonly at: number;
    readonly signals: Readonly<Partial<Record<SignalName, number>>>;
  } | null;
  readonly explained?: readonly Explanation[];
};

export type Factor = {
  readonly signal: SignalName;
  /** 0–1, after the fall limit: the next assessment's `previous` */
  readonly value: number;
  /** 0–1, what the window shows now */
  readonly measured: number;
  /** one decimal; all points sum to the score */
  readonly points: number;
  /** the same with explained levels taken off; they sum to the adjusted score */
  readonly adjustedPoints: number;
  readonly explained: boolean;
  readonly words: string;
  readonly seqs: readonly number[];
};

export type Assessment = {
  readonly formula: typeof RISK_FORMULA;
  /** 0–100 */
  readonly score: number;
  /** 0–100 without what a person has explained; never above `score` */
  readonly adjusted: number;
  /** all ten, most points first */
  readonly factors: readonly Factor[];
  /** all ten as measured, in the order of SIGNALS */
  readonly signals: readonly Signal[];
};

/** Scores an agent's behaviour as of `options.now` from its history (oldest first, about 37 days). */
export function assess(history: readonly BehaviourEvent[], options: AssessOptions): Assessment {
  const { baseline, current } = splitHistory(history, options.now);
  return assessWindow(learn(baseline), current, options);
}

/** The same from a profile that was learned before: it may be a day old. */
export function assessWindow(
  profile: Profile,
  current: readonly BehaviourEvent[],
  options: AssessOptions,
): Assessment {
  const signals = measure(profile, nowOf(current, options.now));
  return scoreSignals(signals, options, ordinarySince(profile, current, options.previous?.at));
}

/** One day's usual work lets a signal fall by this much; silence lets it fall by nothing. */
export const FALL_PER_DAY = 0.2;
const LEAST_PER_DAY = 20;

export type Ordinary = {
  /** ordinary requests since the last assessment */
  readonly count: number;
  /** requests that the agent makes on a usual day */
  readonly perDay: number;
};

/**
 * Ordinary: not refused for what it asked, without an error, and an act that its task is known for. What only our own
 * threshold held counts too: otherwise a score that passed it could never fall again.
 */
function ordinarySince(
  profile: Profile,
  current: readonly BehaviourEvent[],
  since: number | undefined,
): Ordinary {
  const events = since === undefined ? [] : current.slice(firstAfter(current, since));
  const count = events.filter(
    (event) =>
      !refused(event) &&
      (event.actionOutcome === null || event.actionOutcome === "success") &&
      profile.habit.steps.has(stepOf(event)),
  ).length;
  return { count, perDay: Math.max(LEAST_PER_DAY, profile.perDay) };
}

/** The score from measured signals, the fall limit and what has been explained. */
export function scoreSignals(
  signals: readonly Signal[],
  options: AssessOptions,
  ordinary: Ordinary,
): Assessment {
  const bySignal = new Map(signals.map((signal) => [signal.signal, signal]));
  const measured = eachSignal((signal) => bySignal.get(signal)?.value ?? 0);
  const fall = (FALL_PER_DAY * ordinary.count) / ordinary.perDay;
  const held = eachSignal((signal) =>
    Math.max(measured[signal], clamp((options.previous?.signals[signal] ?? 0) - fall)),
  );
  const explained = explainedLevels(options.explained ?? [], options.now);
  const left = eachSignal((signal) => Math.max(0, held[signal] - explained[signal]));
  const weights = weightsOf(options.tier);
  const raw = combine(held, weights);
  const adjusted = combine(left, weights);
  const factors = SIGNALS.map((signal): Factor => {
    const own = bySignal.get(signal);
    return {
      signal,
      value: held[signal],
      measured: measured[signal],
      points: raw.points[signal],
      adjustedPoints: adjusted.points[signal],
      explained: explained[signal] > 0 && held[signal] > 0,
      words: wordsOf(own, held[signal]),
      seqs: own?.evidence.seqs ?? [],
    };
  });
  return {
    formula: RISK_FORMULA,
    score: raw.score,
    adjusted: adjusted.score,
    factors: factors.sort((a, b) => b.points - a.points),
    signals,
  };
}

function wordsOf(signal: Signal | undefined, held: number): string {
  const words = signal?.evidence.words ?? "not measured";
  if (signal === undefined || held <= signal.value + 0.005) return words;
  return `${words}; held at ${held.toFixed(2)} from before, since only ordinary requests lower it`;
}

function explainedLevels(explanations: readonly Explanation[], now: number): Values {
  return eachSignal((signal) =>
    explanations
      .filter((one) => one.signal === signal && one.until > now)
      .reduce((most, { value }) => Math.max(most, clamp(value)), 0),
  );
}

/** From these values on, one signal by itself is enough for a containment rule that acts at once. */
export const AT_ONCE = { pivot: 0.5, class: 0.8 } as const;

/** Is this a semantic pivot or a rise in data class that a containment rule may act on at once? */
export function fires(signal: Signal): boolean {
  if (signal.signal !== "pivot" && signal.signal !== "class") return false;
  return signal.value >= AT_ONCE[signal.signal];
}
