/** Repeatable chance: the same seed gives the same agents on every machine (mulberry32). */
export type Dice = {
  /** uniform in [0, 1) */
  next(): number;
  chance(probability: number): boolean;
  /** whole number in [from, to] */
  whole(from: number, to: number): number;
  between(from: number, to: number): number;
  pick<T>(items: readonly T[]): T;
  weighted<T extends { readonly weight: number }>(items: readonly T[]): T;
  /** log-normal around a median */
  around(median: number, sigma: number): number;
  poisson(mean: number): number;
};

export function makeDice(seed: number): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const at = <T>(items: readonly T[], index: number): T => {
    const item = items[index];
    if (item === undefined) throw new RangeError("nothing to pick from");
    return item;
  };
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return {
    next,
    chance: (probability) => next() < probability,
    whole: (from, to) => from + Math.floor(next() * (to - from + 1)),
    between: (from, to) => from + next() * (to - from),
    pick: (items) => at(items, Math.floor(next() * items.length)),
    weighted: (items) => {
      let left = next() * items.reduce((sum, { weight }) => sum + weight, 0);
      const index = items.findIndex((item) => {
        left -= item.weight;
        return left < 0;
      });
      return at(items, index === -1 ? items.length - 1 : index);
    },
    around: (median, sigma) => median * Math.exp(sigma * normal()),
    poisson: (mean) => Math.max(0, Math.round(mean + Math.sqrt(mean) * normal())),
  };
}
