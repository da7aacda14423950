import type { Path } from "./json-text";

/** How the form reads a document that may be incomplete or of the wrong shape. Nothing here throws. */

/** The value at a path; undefined where the way there is not what it should be. */
export function valueAt(document: unknown, path: Path): unknown {
  let value = document;
  for (const part of path) {
    if (Array.isArray(value)) value = typeof part === "number" ? value[part] : undefined;
    else if (isRecord(value)) value = Object.hasOwn(value, part) ? value[part] : undefined;
    else return undefined;
  }
  return value;
}

/** The list at a path; null where something else stands there, [] where nothing does. */
export function listAt(document: unknown, path: Path): readonly unknown[] | null {
  const value = valueAt(document, path);
  if (value === undefined) return [];
  return Array.isArray(value) ? value : null;
}

/** What a text control shows: the text itself, or the JSON of what stands there instead. */
export function asText(value: unknown): string {
  if (value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** What a control for a list of texts shows, one entry each. */
export function asTexts(value: unknown): readonly string[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value.map(asText) : [asText(value)];
}

/**
 * What a person typed into a number control: a number, undefined for nothing, and the text itself where it is no
 * number, so that the document (and its problems) say what was typed.
 */
export function readNumber(typed: string): number | string | undefined {
  const bare = typed.replaceAll(/[\s,]/g, "");
  if (bare === "") return undefined;
  const value = /^-?\d*\.?\d*$/.test(bare) ? Number(bare) : Number.NaN;
  return Number.isFinite(value) ? value : typed;
}

/** `read, post` or one to a line → ["read", "post"]. */
export function readEntries(typed: string, separator: RegExp): readonly string[] {
  return typed
    .split(separator)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `name`, or `name-2`, `name-3` … where it is taken: ids in a document must differ. */
export function freeId(name: string, items: readonly unknown[]): string {
  const taken = new Set(items.map((item) => (isRecord(item) ? item["id"] : undefined)));
  let id = name;
  for (let n = 2; taken.has(id); n++) id = `${name}-${n}`;
  return id;
}
