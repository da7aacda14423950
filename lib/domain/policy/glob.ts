/**
 * Globs over resource ids and actions: `*` is any run of characters but `/`, `**` any run, all else stands for
 * itself. No regular expression is made from one, so no pattern can be slow: matching takes at most
 * (length of the id) x (length of the glob) steps.
 */
export type Glob = {
  readonly source: string;
  readonly matches: (id: string) => boolean;
};

const STAR = 0;
const DEEP = 1;
type Token = string | typeof STAR | typeof DEEP;

/** Literals and stars in turn; a run of two or more stars is one `**`. */
function tokens(glob: string): Token[] {
  return glob
    .split(/(\*+)/)
    .filter((part) => part !== "")
    .map((part) => {
      if (!part.startsWith("*")) return part;
      return part.length === 1 ? STAR : DEEP;
    });
}

export function compileGlob(source: string): Glob {
  return { source, matches: matcher(tokens(source)) };
}

function matcher(parts: readonly Token[]): (id: string) => boolean {
  const [first, second, third] = parts;
  if (parts.length === 0) return (id) => id === "";
  if (parts.length === 1) {
    if (first === DEEP) return () => true;
    if (first === STAR) return (id) => !id.includes("/");
    return (id) => id === first;
  }
  if (typeof first === "string" && second !== undefined && typeof second !== "string") {
    if (parts.length === 2) return affix(first, second, "");
    if (parts.length === 3 && typeof third === "string") return affix(first, second, third);
  }
  return (id) => walk(parts, id);
}

/** `prefix*suffix` and `prefix**suffix`, the commonest shapes. */
function affix(prefix: string, star: typeof STAR | typeof DEEP, suffix: string) {
  const least = prefix.length + suffix.length;
  return (id: string): boolean => {
    if (id.length < least || !id.startsWith(prefix) || !id.endsWith(suffix)) return false;
    if (star === DEEP) return true;
    const slash = id.indexOf("/", prefix.length);
    return slash === -1 || slash >= id.length - suffix.length;
  };
}

/** All positions that the tokens so far can have reached, moved on token by token: no backtracking. */
function walk(parts: readonly Token[], id: string): boolean {
  const size = id.length + 1;
  let reached = new Uint8Array(size);
  let next = new Uint8Array(size);
  reached[0] = 1;
  for (const part of parts) {
    const any =
      typeof part === "string" ? jump(part, id, reached, next) : spread(part, id, reached, next);
    if (!any) return false;
    const spare = reached;
    reached = next;
    next = spare.fill(0);
  }
  return reached[id.length] === 1;
}

function jump(literal: string, id: string, from: Uint8Array, to: Uint8Array): boolean {
  let any = false;
  for (let at = 0; at + literal.length <= id.length; at++) {
    if (from[at] === 1 && id.startsWith(literal, at)) {
      to[at + literal.length] = 1;
      any = true;
    }
  }
  return any;
}

function spread(
  star: typeof STAR | typeof DEEP,
  id: string,
  from: Uint8Array,
  to: Uint8Array,
): boolean {
  let open = false;
  let any = false;
  for (let at = 0; at <= id.length; at++) {
    // A `*` that was open before this position can't take in the slash that lies just behind.
    if (star === STAR && at > 0 && id.charCodeAt(at - 1) === 0x2f) open = false;
    if (from[at] === 1) open = true;
    if (open) {
      to[at] = 1;
      any = true;
    }
  }
  return any;
}

/** One token per character, so that the algebra below can step through both globs. */
type Step = string | typeof STAR | typeof DEEP;
const steps = (glob: string): Step[] =>
  tokens(glob).flatMap((token): Step[] => (typeof token === "string" ? [...token] : [token]));

const takes = (star: typeof STAR | typeof DEEP, char: string): boolean =>
  star === DEEP || char !== "/";

/** Each value once, as a stack: the states of a search that are still to be looked at. */
class Agenda<T> {
  readonly #seen = new Set<string>();
  readonly #open: T[] = [];

  get size(): number {
    return this.#seen.size;
  }

  add(key: string, state: T): void {
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.#open.push(state);
  }

  next(): T | undefined {
    return this.#open.pop();
  }
}

/** Is there a text that both globs match? Exact. */
export function globsOverlap(a: string, b: string): boolean {
  const left = steps(a);
  const right = steps(b);
  const agenda = new Agenda<readonly [number, number]>();
  agenda.add("0,0", [0, 0]);
  for (let state = agenda.next(); state !== undefined; state = agenda.next()) {
    const [i, j] = state;
    if (i === left.length && j === right.length) return true;
    for (const [di, dj] of moves(left[i], right[j])) {
      agenda.add(`${i + di},${j + dj}`, [i + di, j + dj]);
    }
  }
  return false;
}

/** How far both globs can move on by reading the same character, or none. */
function moves(l: Step | undefined, r: Step | undefined): (readonly [0 | 1, 0 | 1])[] {
  const out: (readonly [0 | 1, 0 | 1])[] = [];
  if (typeof l === "number") out.push([1, 0]);
  if (typeof r === "number") out.push([0, 1]);
  if (typeof l === "number" && typeof r === "string" && takes(l, r)) out.push([0, 1]);
  if (typeof l === "string" && typeof r === "number" && takes(r, l)) out.push([1, 0]);
  if (typeof l === "string" && l === r) out.push([1, 1]);
  return out;
}

/** Above this many states `globCovers` gives up and says no, which is the safe answer. */
const MAX_STATES = 20_000;
/** Stands for every character that is not in the covering glob. */
const OTHER = "\u0000";

/**
 * Does `wide` match every text that `narrow` matches? Never says yes wrongly; says no when it would take too long
 * to know (patterns with very many stars).
 */
export function globCovers(wide: string, narrow: string): boolean {
  const outer = steps(wide);
  const inner = steps(narrow);
  const letters = new Set<Step>(outer).add("/");
  const classes = [...letters, OTHER].filter((letter) => typeof letter === "string");
  const agenda = new Agenda<readonly [number, readonly number[]]>();
  const visit = (at: number, positions: readonly number[]): void =>
    agenda.add(`${at}:${positions.join()}`, [at, positions]);
  visit(0, closure(outer, [0]));
  for (let state = agenda.next(); state !== undefined; state = agenda.next()) {
    const [at, positions] = state;
    if (agenda.size > MAX_STATES) return false;
    if (at === inner.length && positions.at(-1) !== outer.length) return false;
    const step = inner[at];
    if (step === undefined) continue;
    if (typeof step === "string") {
      visit(at + 1, advance(outer, positions, letters.has(step) ? step : OTHER));
      continue;
    }
    visit(at + 1, positions);
    for (const char of classes.filter((letter) => takes(step, letter))) {
      visit(at, advance(outer, positions, char));
    }
  }
  return true;
}

/** Positions (ascending) that can be reached without reading a character: a star may match nothing. */
function closure(glob: readonly Step[], positions: Iterable<number>): number[] {
  const all = new Set<number>();
  for (const start of positions) {
    let at = start;
    all.add(at);
    while (typeof glob[at] === "number") all.add(++at);
  }
  return [...all].sort((a, b) => a - b);
}

function advance(glob: readonly Step[], positions: readonly number[], char: string): number[] {
  const next = new Set<number>();
  for (const at of positions) {
    const step = glob[at];
    if (typeof step === "number" ? takes(step, char) : step === char) {
      next.add(typeof step === "number" ? at : at + 1);
    }
  }
  return closure(glob, next);
}
