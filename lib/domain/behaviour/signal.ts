import type { BehaviourEvent } from "./event";

/** The ten signals, in the order in which they are shown. Ledgers hold these names: never rename one. */
export const SIGNALS = [
  "refusals",
  "novelty",
  "mix",
  "sequence",
  "volume",
  "class",
  "hours",
  "reasoning",
  "pivot",
  "say-do",
] as const;
export type SignalName = (typeof SIGNALS)[number];

export type Evidence = {
  /** the very requests, most telling first, at most twenty */
  readonly seqs: readonly number[];
  /** what was counted or measured now */
  readonly counts: Readonly<Record<string, number>>;
  /** what is usual for this agent, in the same units */
  readonly baseline: Readonly<Record<string, number>>;
  /** one sentence for a person */
  readonly words: string;
};

export type Signal = {
  readonly signal: SignalName;
  /** 0 = as always, 1 = as far from it as the signal can tell */
  readonly value: number;
  readonly evidence: Evidence;
};

/** What a person sees of a signal's name. */
export const SIGNAL_LABELS: Readonly<Record<SignalName, string>> = {
  refusals: "Held and blocked requests",
  novelty: "New acts and targets",
  mix: "Mix of work",
  sequence: "Order of steps",
  volume: "Rate and volume",
  class: "Data class",
  hours: "Hours",
  reasoning: "Reasoning drift",
  pivot: "Semantic pivot",
  "say-do": "Say–do gap",
};

const MOST_SEQS = 20;

/** A signal from what was found; a value that is no number counts as nothing found. */
export function makeSignal(
  signal: SignalName,
  raw: number,
  evidence: Omit<Evidence, "seqs"> & { readonly events: readonly BehaviourEvent[] },
): Signal {
  const { events, ...rest } = evidence;
  const seqs = [...new Set(events.map(({ seq }) => seq))].slice(0, MOST_SEQS);
  return { signal, value: clamp(raw), evidence: { seqs, ...rest } };
}

/** Into [0, 1]; not a number becomes 0. */
export function clamp(value: number): number {
  return Number.isNaN(value) ? 0 : Math.min(1, Math.max(0, value));
}

/** 0 up to `from`, 1 from `to` on, a straight line between. */
export function ramp(value: number, from: number, to: number): number {
  return clamp((value - from) / (to - from));
}

/** "3 requests", "1 request". */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.1 && share > 0 ? 1 : 0)} %`;
}
