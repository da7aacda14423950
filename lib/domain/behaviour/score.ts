import type { Tier } from "@/lib/domain/agent/tier";
import { SIGNALS, type SignalName } from "./signal";

/** Formula `risk-2`. A new formula is a new name: ledgers hold this one. */
export const RISK_FORMULA = "risk-2";

export type Values = Readonly<Record<SignalName, number>>;

/** How much of the scale each signal can fill by itself, for tier `moderate`. Tuned on the first half of generated agents. */
const WEIGHTS: Values = {
  refusals: 0.65,
  novelty: 0.75,
  mix: 0.55,
  sequence: 0.5,
  volume: 0.7,
  class: 0.75,
  hours: 0.55,
  reasoning: 0.7,
  pivot: 0.65,
  "say-do": 0.6,
};

/** Firm policy: how the tiers differ. The same conduct weighs more where it can do more harm. */
const TIER_FACTOR: Readonly<Record<Tier, number>> = {
  low: 0.9,
  moderate: 1,
  high: 1.05,
  critical: 1.1,
};
const MOST_WEIGHT = 0.95;

export function weightsOf(tier: Tier): Values {
  return eachSignal((signal) => Math.min(MOST_WEIGHT, WEIGHTS[signal] * TIER_FACTOR[tier]));
}

/** One figure for each signal. */
export function eachSignal(figure: (signal: SignalName) => number): Values {
  return {
    refusals: figure("refusals"),
    novelty: figure("novelty"),
    mix: figure("mix"),
    sequence: figure("sequence"),
    volume: figure("volume"),
    class: figure("class"),
    hours: figure("hours"),
    reasoning: figure("reasoning"),
    pivot: figure("pivot"),
    "say-do": figure("say-do"),
  };
}

export type Scored = { readonly score: number; readonly points: Values };

/**
 * Noisy-or: score = 100 · (1 − Π(1 − weight · value)), as if each signal by itself would miss what it weighs against. It never
 * falls as a value grows, never passes 100, and several weak signals together speak as one strong one. Each signal's points
 * are its share of −ln Π(1 − weight · value), with one decimal; they sum to the score.
 */
export function combine(values: Values, weights: Values): Scored {
  const logs = eachSignal((signal) => -Math.log1p(-weights[signal] * values[signal]));
  const sum = SIGNALS.reduce((all, signal) => all + logs[signal], 0);
  const exact = 100 * -Math.expm1(-sum);
  const score = Math.round(exact);
  if (sum === 0) return { score, points: eachSignal(() => 0) };
  return {
    score,
    points: tenths(
      eachSignal((signal) => (score * logs[signal]) / sum),
      score,
    ),
  };
}

/** Rounds to one decimal by largest remainder, so that the points sum to the score to the tenth. */
function tenths(shares: Values, score: number): Values {
  const floors = eachSignal((signal) => Math.floor(shares[signal] * 10 + 1e-9));
  let left = score * 10 - SIGNALS.reduce((all, signal) => all + floors[signal], 0);
  const remainder = (signal: SignalName) => shares[signal] * 10 - floors[signal];
  const raised = new Set<SignalName>();
  for (const signal of SIGNALS.toSorted((a, b) => remainder(b) - remainder(a))) {
    if (left > 0 && shares[signal] > 0) {
      raised.add(signal);
      left -= 1;
    }
  }
  return eachSignal((signal) => (floors[signal] + (raised.has(signal) ? 1 : 0)) / 10);
}
