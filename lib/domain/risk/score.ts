import { z } from "zod";

/** Formula `risk-1`, version 1. A new formula is a new name: ledgers hold this one. */
const RISK_FORMULA = "risk-1";

/** Most points that each signal can add. They sum to 100. */
export const WEIGHTS = { refusals: 45, novelty: 25, volume: 20, proofs: 10 } as const;
export type Signal = keyof typeof WEIGHTS;
export const SIGNALS: readonly Signal[] = ["refusals", "novelty", "volume", "proofs"];

/** What the agent did in the last 24 hours and in the 30 days before those. */
export type Behaviour = {
  readonly recent: {
    /** decided requests that were not denied */
    readonly requests: number;
    /** of them held or blocked */
    readonly refused: number;
    /** denied because proof, token or intent did not hold */
    readonly badProofs: number;
    /** different pairs of action and resource type that the baseline does not know */
    readonly newPairs: number;
    /** requests in the busiest hour */
    readonly busiestHour: number;
  };
  readonly baseline: {
    readonly requests: number;
    readonly refused: number;
    /** different pairs that were seen exactly once */
    readonly seenOnce: number;
    /** requests of each hour in which there was at least one */
    readonly hours: readonly number[];
  };
};

type RiskFactor = {
  readonly signal: Signal;
  /** 0–1 */
  readonly value: number;
  /** with one decimal */
  readonly points: number;
  /** what the number rests on, for a person */
  readonly words: string;
};

const KeptFactors = z.array(z.object({ points: z.number(), words: z.string() }));

/** What adds to a score that was kept, the most first; nothing where it can't be read. */
export function readFactors(
  kept: unknown,
): readonly { readonly points: number; readonly words: string }[] {
  const parsed = KeptFactors.safeParse(kept);
  if (!parsed.success) return [];
  return parsed.data.filter(({ points }) => points > 0).sort((a, b) => b.points - a.points);
}

export type RiskScore = {
  readonly formula: typeof RISK_FORMULA;
  /** 0–100 */
  readonly score: number;
  readonly factors: readonly RiskFactor[];
};

/** The score as the sum of its factors: each signal in [0, 1] times its weight. */
export function riskScore(behaviour: Behaviour): RiskScore {
  const factors = [
    refusals(behaviour),
    novelty(behaviour),
    volume(behaviour),
    proofs(behaviour),
  ] as const;
  const sum = factors.reduce((total, { points }) => total + points, 0);
  return { formula: RISK_FORMULA, score: Math.min(100, Math.round(sum)), factors };
}

/** As if this many requests at the agent's own usual rate had come first: so three requests can't scream. */
const PRIOR_REQUESTS = 50;
/** An agent without history is assumed to be refused once in twenty. */
const PRIOR_MEAN = 0.05;
const PRIOR_MEAN_REQUESTS = 20;
/** A rise of the refusal rate by this much gives all the points. */
const REFUSAL_RISE = 0.25;

/** Beta-Binomial: the posterior mean of the recent refusal rate, over the agent's usual one. */
function refusals({ recent, baseline }: Behaviour): RiskFactor {
  const usual =
    (baseline.refused + PRIOR_MEAN * PRIOR_MEAN_REQUESTS) /
    (baseline.requests + PRIOR_MEAN_REQUESTS);
  const posterior = (usual * PRIOR_REQUESTS + recent.refused) / (PRIOR_REQUESTS + recent.requests);
  const words =
    recent.requests === 0
      ? "no requests in the last 24 hours"
      : `${recent.refused} of ${recent.requests} requests held or blocked in the last 24 hours; usual for this agent: ${percent(usual)}`;
  return factor("refusals", (posterior - usual) / REFUSAL_RISE, words);
}

/** Baselines shorter than this say little about what is new. */
const STABLE_REQUESTS = 200;

/** New pairs of action and resource type count as far as the agent was stable (Good–Turing: once-seen pairs ÷ requests). */
function novelty({ recent, baseline }: Behaviour): RiskFactor {
  const expectsNew =
    baseline.requests === 0 ? 1 : Math.min(1, baseline.seenOnce / baseline.requests);
  const stability = (1 - expectsNew) * Math.min(1, baseline.requests / STABLE_REQUESTS);
  const words =
    recent.newPairs === 0
      ? "nothing that it had not done before"
      : `${recent.newPairs} new ${recent.newPairs === 1 ? "pair" : "pairs"} of action and resource type, by an agent that ${stability >= 0.5 ? "rarely changes what it does" : "has little settled behaviour yet"}`;
  return factor("novelty", stability * (1 - 0.5 ** recent.newPairs), words);
}

const HOURS_NEEDED = 24;
/** Robust z at which the signal starts, and at which it is full. */
const Z_FROM = 3;
const Z_FULL = 10;
/** Makes the median absolute deviation comparable to a standard deviation. */
const MAD_SCALE = 1.4826;

/** How far the busiest hour lies above the agent's usual working hour, in robust standard deviations. */
function volume({ recent, baseline }: Behaviour): RiskFactor {
  if (baseline.hours.length < HOURS_NEEDED) {
    return factor("volume", 0, "not enough history to know a usual hour");
  }
  const usual = median(baseline.hours);
  const spread = MAD_SCALE * median(baseline.hours.map((count) => Math.abs(count - usual)));
  const z = (recent.busiestHour - usual) / Math.max(spread, Math.sqrt(usual), 1);
  return factor(
    "volume",
    (z - Z_FROM) / (Z_FULL - Z_FROM),
    `${recent.busiestHour} requests in the busiest hour; a usual working hour has ${Math.round(usual)}`,
  );
}

/** Bad proofs in the agent's name may come from somebody else: few points, so that a stranger can't contain it. */
function proofs({ recent }: Behaviour): RiskFactor {
  const words =
    recent.badProofs === 0
      ? "no bad proof in its name"
      : `${recent.badProofs} ${recent.badProofs === 1 ? "request" : "requests"} in its name with a bad proof or token`;
  return factor("proofs", 1 - 0.5 ** (recent.badProofs / 2), words);
}

function factor(signal: Signal, raw: number, words: string): RiskFactor {
  const value = Number.isFinite(raw) ? Math.min(1, Math.max(0, raw)) : 0;
  return { signal, value, points: Math.round(value * WEIGHTS[signal] * 10) / 10, words };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? 0)) / 2;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
}
