import { compileGlob, type Glob, globCovers, globsOverlap } from "./glob";

/** A compiled `type:glob`. `type` is null where the pattern is open to every type. */
export type ResourceMatcher = Glob & { readonly type: string | null };

const EVERYTHING = "**";

/** `*` alone is everything; `*:glob` is the glob over every type. */
function split(pattern: string): { readonly type: string | null; readonly glob: string } {
  if (pattern === "*") return { type: null, glob: EVERYTHING };
  const colon = pattern.indexOf(":");
  // Without a type a pattern names nothing (the schema refuses it before): match nothing, never everything.
  if (colon === -1) return { type: pattern, glob: "" };
  const type = pattern.slice(0, colon);
  return { type: type === "*" ? null : type, glob: pattern.slice(colon + 1) };
}

/** Compile a resource pattern of a manifest, e.g. `invoice:*`, `ledger-entry:uk/**`, `*`. */
export function compileResourcePattern(pattern: string): ResourceMatcher {
  const { type, glob } = split(pattern);
  return { ...compileGlob(glob), source: pattern, type };
}

/** Bounds what a match costs, whatever the id is; nobody needs more to name a place. */
const MAX_STARS = 8;

/** Why a pattern can't be used in a manifest, in words; null if it can. */
export function patternProblem(pattern: string): string | null {
  const stars = pattern.match(/\*+/g)?.length ?? 0;
  return stars > MAX_STARS ? `has more than ${MAX_STARS} stars` : null;
}

/** Does the resource pattern match this type and id? For a single question; compile it to ask often. */
export function matchesResource(pattern: string, type: string, id: string): boolean {
  const compiled = compileResourcePattern(pattern);
  return (compiled.type === null || compiled.type === type) && compiled.matches(id);
}

/**
 * Does resource pattern `wide` match every resource that `narrow` matches? Sound: a yes is always true; a no may be
 * said of patterns with so many stars that the answer would take too long.
 */
export function covers(wide: string, narrow: string): boolean {
  const outer = split(wide);
  const inner = split(narrow);
  if (outer.type !== null && outer.type !== inner.type) return false;
  return globCovers(outer.glob, inner.glob);
}

/** Is there a resource that both patterns match? Exact. */
export function overlaps(a: string, b: string): boolean {
  const left = split(a);
  const right = split(b);
  if (left.type !== null && right.type !== null && left.type !== right.type) return false;
  return globsOverlap(left.glob, right.glob);
}

/** An action pattern is an action's name or `*`. */
export function actionCovers(wide: string, narrow: string): boolean {
  return wide === "*" || wide === narrow;
}

export function actionsOverlap(a: string, b: string): boolean {
  return a === "*" || b === "*" || a === b;
}
