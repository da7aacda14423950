/** An order-2 Markov model over steps with Witten–Bell back-off to order 1, order 0 and "something never seen". */

const START = "\u0002";
const SEPARATOR = "\u0001";

type Followers = { total: number; readonly counts: Map<string, number> };
export type Markov = {
  readonly order2: ReadonlyMap<string, Followers>;
  readonly order1: ReadonlyMap<string, Followers>;
  readonly order0: Followers;
};

/** Learns from sequences of steps (one per trace, or the agent's whole stream where there are no traces). */
export function learnMarkov(sequences: readonly (readonly string[])[]): Markov {
  const order2 = new Map<string, Followers>();
  const order1 = new Map<string, Followers>();
  const order0: Followers = { total: 0, counts: new Map() };
  for (const sequence of sequences) {
    let before = START;
    let last = START;
    for (const step of sequence) {
      note(order2, before + SEPARATOR + last, step);
      note(order1, last, step);
      increment(order0, step);
      before = last;
      last = step;
    }
  }
  return { order2, order1, order0 };
}

function note(table: Map<string, Followers>, context: string, step: string): void {
  let followers = table.get(context);
  if (followers === undefined) {
    followers = { total: 0, counts: new Map() };
    table.set(context, followers);
  }
  increment(followers, step);
}

function increment(followers: Followers, step: string): void {
  followers.total += 1;
  followers.counts.set(step, (followers.counts.get(step) ?? 0) + 1);
}

/** Bits that each step of one sequence costs: 0 = it had to come, about log2 of the number of steps known = no idea. */
export function stepBits(model: Markov, sequence: readonly string[]): readonly number[] {
  let before = START;
  let last = START;
  return sequence.map((step) => {
    const p0 = blend(model.order0, step, 1 / (model.order0.counts.size + 1));
    const p1 = blend(model.order1.get(last), step, p0);
    const p2 = blend(model.order2.get(before + SEPARATOR + last), step, p1);
    before = last;
    last = step;
    return -Math.log2(p2);
  });
}

/** Witten–Bell: the more different steps followed this context, the more is left for what never did. */
function blend(followers: Followers | undefined, step: string, lower: number): number {
  if (followers === undefined || followers.total === 0) return lower;
  const kinds = followers.counts.size;
  return ((followers.counts.get(step) ?? 0) + kinds * lower) / (followers.total + kinds);
}
