/** The statistics that the signals rest on. Each is a textbook form; the tests compare them with worked values. */
import { ramp } from "./signal";

/** ln Γ(x) for x > 0 (Lanczos, g = 7, n = 9; about 15 digits). */
export function logGamma(x: number): number {
  const c = [
    0.9999999999998099, 676.5203681218851, -1259.1392167224028, 771.3234287776531,
    -176.6150291621406, 12.507343278686905, -0.13857109526572012, 9.984369578019572e-6,
    1.5056327351493116e-7,
  ];
  const t = x + 6.5;
  let sum = c[0] ?? 1;
  for (let i = 1; i < c.length; i += 1) sum += (c[i] ?? 0) / (x - 1 + i);
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}

const logBeta = (a: number, b: number) => logGamma(a) + logGamma(b) - logGamma(a + b);
const logChoose = (n: number, k: number) => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);

/** A Beta(a, b) belief about a share. */
export type Belief = { readonly a: number; readonly b: number };

/**
 * What `hits` of `n` in the baseline make us believe. `mean` and `strength` are the prior; the belief is never worth more
 * than `most` observations, so that an agent is allowed to be a little livelier than its own average.
 */
export function belief(
  hits: number,
  n: number,
  prior: { readonly mean: number; readonly strength: number; readonly most: number },
): Belief {
  const a = hits + prior.mean * prior.strength;
  const b = n - hits + (1 - prior.mean) * prior.strength;
  const scale = Math.min(1, prior.most / (a + b));
  return { a: a * scale, b: b * scale };
}

/**
 * Surprise in bits, −log2 P(K ≥ k), of `k` hits among `n` under a Beta-Binomial belief. 0 where k is no more than expected;
 * never falls as k grows.
 */
export function tailBits(k: number, n: number, { a, b }: Belief): number {
  if (k <= 0 || k / n <= a / (a + b)) return 0;
  const log0 = logChoose(n, k) + logBeta(k + a, n - k + b) - logBeta(a, b);
  // Relative to the first term, so that tiny tails do not underflow.
  let term = 1;
  let sum = 1;
  for (let i = k; i < n && term > 1e-12 * sum; i += 1) {
    term *= ((n - i) * (i + a)) / ((i + 1) * (n - i - 1 + b));
    sum += term;
  }
  return Math.max(0, -(log0 + Math.log(sum)) / Math.LN2);
}

/** Bits that one run in a few hundred shows by chance, and bits that nothing shows by chance. */
const QUIET_BITS = 9;
const LOUD_BITS = 24;
/** With this many observations a share of surprise counts half. */
const HALF_TRUST = 4;

/** Surprise as a value in [0, 1]; `n` observations can't say more than n/(n + 4). */
export function valueOfBits(bits: number, n: number): number {
  return ramp(bits, QUIET_BITS, LOUD_BITS) * (n / (n + HALF_TRUST));
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The q-quantile by linear interpolation; 0 of nothing. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = Float64Array.from(values).sort();
  const position = (sorted.length - 1) * q;
  const low = sorted[Math.floor(position)] ?? 0;
  const high = sorted[Math.ceil(position)] ?? low;
  return low + (high - low) * (position - Math.floor(position));
}

export type Spread = { readonly centre: number; readonly width: number; readonly n: number };

/**
 * Centre and width that a few outliers can't move: the median, and the wider of the scaled MAD and the upper 95 % quantile
 * (so that a known peak, such as a month end, counts as usual). `floor` keeps a perfectly regular agent from being brittle.
 */
export function spread(values: readonly number[], floor: number): Spread {
  const centre = median(values);
  const mad = 1.4826 * median(values.map((value) => Math.abs(value - centre)));
  const upper = (quantile(values, 0.95) - centre) / 1.645;
  return { centre, width: Math.max(floor, mad, upper), n: values.length };
}

export function robustZ(value: number, { centre, width }: Spread): number {
  return (value - centre) / width;
}

export type Counts = ReadonlyMap<string, number>;

export function countBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) {
    const key = keyOf(item);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/**
 * Jensen–Shannon distance (the square root of the divergence in bits, 0–1) of two tables of counts. The second is drawn
 * towards the first by `pull` imagined observations, so that a handful of requests is never far away.
 */
export function jensenShannon(usual: Counts, now: Counts, pull: number): number {
  const usualTotal = total(usual);
  const nowTotal = total(now);
  if (usualTotal === 0 || nowTotal === 0) return 0;
  let divergence = 0;
  const add = (key: string) => {
    const p = (usual.get(key) ?? 0) / usualTotal;
    const q = ((now.get(key) ?? 0) + pull * p) / (nowTotal + pull);
    const m = (p + q) / 2;
    divergence += (term(p, m) + term(q, m)) / 2;
  };
  for (const key of usual.keys()) add(key);
  for (const key of now.keys()) if (!usual.has(key)) add(key);
  return Math.sqrt(Math.max(0, divergence));
}

const term = (p: number, m: number) => (p === 0 ? 0 : p * Math.log2(p / m));

function total(counts: Counts): number {
  let sum = 0;
  for (const count of counts.values()) sum += count;
  return sum;
}

/** How many keys were seen exactly once. */
export function seenOnce(counts: Counts): number {
  let once = 0;
  for (const count of counts.values()) if (count === 1) once += 1;
  return once;
}
