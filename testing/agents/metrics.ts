import type { Run } from "./replay";

/** From this score on a person is asked: the review threshold of the manifest template. */
export const ALARM = 60;

/** The area under the ROC curve: how often a positive lies above a negative, ties counting half. */
export function rocAuc(positives: readonly number[], negatives: readonly number[]): number | null {
  if (positives.length === 0 || negatives.length === 0) return null;
  const all = [
    ...positives.map((value) => ({ value, positive: true })),
    ...negatives.map((value) => ({ value, positive: false })),
  ].sort((a, b) => a.value - b.value);
  let rankSum = 0;
  for (let from = 0; from < all.length; ) {
    let to = from;
    while (to < all.length && all[to]?.value === all[from]?.value) to += 1;
    const rank = (from + to + 1) / 2;
    for (let i = from; i < to; i += 1) if (all[i]?.positive === true) rankSum += rank;
    from = to;
  }
  const { length } = positives;
  return (rankSum - (length * (length + 1)) / 2) / (length * negatives.length);
}

/** One figure per measured request. */
export type Series = ArrayLike<number>;

export type DayMaxima = { readonly positives: number[]; readonly negatives: number[] };

/**
 * The highest figure of each agent-day. Positive: a day with a request of the attack. Negative: a day before the onset, or
 * any day of an agent without one. Days after the onset without such a request belong to neither.
 */
export function dayMaxima(run: Run, series: Series): DayMaxima {
  const days = new Map<number, { most: number; attack: boolean; before: boolean }>();
  for (let i = 0; i < run.days.length; i += 1) {
    const day = run.days[i] ?? 0;
    const known = days.get(day) ?? { most: 0, attack: false, before: true };
    days.set(day, {
      most: Math.max(known.most, series[i] ?? 0),
      attack: known.attack || run.labels[i] === 1,
      before: known.before && (run.onset === null || i < run.onset),
    });
  }
  const result: DayMaxima = { positives: [], negatives: [] };
  for (const { most, attack, before } of days.values()) {
    if (attack) result.positives.push(most);
    else if (before) result.negatives.push(most);
  }
  return result;
}

/** Upward crossings before the onset (all of an agent without one). */
export function falseAlarms(run: Run, series: Series, threshold: number): number {
  const end = run.onset ?? run.days.length;
  let crossings = 0;
  for (let i = 0; i < end; i += 1) {
    if ((series[i] ?? 0) >= threshold && (i === 0 || (series[i - 1] ?? 0) < threshold)) {
      crossings += 1;
    }
  }
  return crossings;
}

/** Agent-months in which an alarm would be a false one. */
export function quietMonths(run: Run): number {
  if (run.onset === null || run.days.length === 0) return run.months;
  return (run.months * run.onset) / run.days.length;
}

/** Requests from the first of the attack to the alarm, that one included; infinite where there is none. */
export function delay(run: Run, series: Series, threshold: number): number {
  if (run.onset === null) return Number.POSITIVE_INFINITY;
  for (let i = run.onset; i < run.days.length; i += 1) {
    if ((series[i] ?? 0) >= threshold) return i - run.onset + 1;
  }
  return Number.POSITIVE_INFINITY;
}

/** The lowest threshold at which these runs raise at most one false alarm per agent-month. */
export function thresholdFor(runs: readonly Run[], seriesOf: (run: Run) => Series): number {
  const series = runs.map((run) => ({ run, values: seriesOf(run) }));
  const months = runs.reduce((sum, run) => sum + quietMonths(run), 0);
  const candidates = new Set<number>();
  for (const { run, values } of series) {
    for (const value of dayMaxima(run, values).negatives) candidates.add(value);
  }
  const sorted = [...candidates].sort((a, b) => a - b);
  const quiet = (threshold: number) =>
    series.reduce((sum, { run, values }) => sum + falseAlarms(run, values, threshold), 0) <= months;
  // A figure that is nearly always 0 has no crossings below its lowest value either: search from the top down.
  let best = (sorted.at(-1) ?? 0) + 1e-6;
  for (const threshold of sorted.toReversed()) {
    if (threshold <= 0 || !quiet(threshold)) break;
    best = threshold;
  }
  return best;
}

export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const low = sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
  const high = sorted[Math.ceil((sorted.length - 1) / 2)] ?? Number.NaN;
  return low === high ? low : (low + high) / 2;
}
