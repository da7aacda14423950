import { AppError } from "@/lib/domain/errors";

/** A JSON value. A member whose value is `undefined` counts as absent, as in ECMAScript's JSON.stringify. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [member: string]: Json | undefined };

/** Deeper input is refused by `parseStrictJson`. */
const MAX_DEPTH = 64;
/** Our own values wrap parsed ones, so the writer allows more than the parser. */
const MAX_WRITE_DEPTH = 128;

const LONE_SURROGATE = /\p{Cs}/u;
const NEEDS_CARE = /[^\x20\x21\x23-\x5b\x5d-\x7e]/;

/**
 * The canonical text of a JSON value (RFC 8785, JCS): the same value always gives the same text.
 * Numbers as ECMAScript writes them (-0 as 0), members by UTF-16 code units; undefined members are left out.
 * Throws AppError("invalid") for what JSON can't hold: NaN, infinities, lone surrogates, bigints, dates and
 * other class instances, holes or `undefined` in arrays, and nesting deeper than 128.
 */
export function canonicalJson(value: Json): string {
  return write(value, 0);
}

function write(value: Json, depth: number): string {
  if (value === null) return "null";
  switch (typeof value) {
    case "string":
      return writeString(value);
    case "number":
      if (!Number.isFinite(value)) throw refused(`the number ${value} has no JSON form`);
      return String(value);
    case "boolean":
      return value ? "true" : "false";
    case "object":
      if (depth >= MAX_WRITE_DEPTH) throw refused(`nested deeper than ${MAX_WRITE_DEPTH} levels`);
      return isArray(value) ? writeArray(value, depth + 1) : writeObject(value, depth + 1);
    default:
      throw refused(`a ${typeof value} has no JSON form`);
  }
}

function writeString(value: string): string {
  if (!NEEDS_CARE.test(value)) return `"${value}"`;
  if (LONE_SURROGATE.test(value)) throw refused("a text has half of a surrogate pair");
  return JSON.stringify(value);
}

function writeArray(items: readonly Json[], depth: number): string {
  let out = "[";
  // By index, not for…of or map: a hole must be refused, not skipped.
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    if (item === undefined) throw refused("an array has an undefined item");
    out += i === 0 ? write(item, depth) : `,${write(item, depth)}`;
  }
  return `${out}]`;
}

function writeObject(members: { readonly [member: string]: Json | undefined }, depth: number) {
  const prototype: unknown = Object.getPrototypeOf(members);
  if (prototype !== Object.prototype && prototype !== null) {
    throw refused("only plain objects have a JSON form");
  }
  let out = "{";
  for (const name of Object.keys(members).sort()) {
    const member = members[name];
    if (member === undefined) continue;
    out += `${out === "{" ? "" : ","}${writeString(name)}:${write(member, depth)}`;
  }
  return `${out}}`;
}

/**
 * Parse JSON text that is going to be signed, hashed or decided on (I-JSON, RFC 7493). Beside what JSON.parse
 * refuses: a member name twice in one object (however it is escaped), nesting deeper than 64, lone surrogates,
 * and numbers that overflow. Throws AppError("invalid") with a sentence for the sender.
 * A NUL inside a string is a matter for the schema that reads the value.
 */
export function parseStrictJson(text: string): Json {
  let value: Json;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw refused("it is not valid JSON", cause);
  }
  // In valid text each member has one colon outside strings, so a member that was lost shows in the count.
  const colons = countColons(text);
  if (inspect(value) !== colons) {
    throw refused(`the member ${firstDuplicate(text)} stands twice in one object`);
  }
  return value;
}

/** Colons outside strings of valid JSON text; throws where it nests too deep. */
function countColons(text: string): number {
  let colons = 0;
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case 0x22: // "
        i = endOfString(text, i);
        break;
      case 0x3a: // :
        colons++;
        break;
      case 0x5b: // [
      case 0x7b: // {
        if (++depth > MAX_DEPTH) throw refused(`nested deeper than ${MAX_DEPTH} levels`);
        break;
      case 0x5d: // ]
      case 0x7d: // }
        depth--;
        break;
    }
  }
  return colons;
}

/** Index of the quote that closes the string opened at `start`: the first one after an even number of backslashes. */
function endOfString(text: string, start: number): number {
  let end = start;
  let backslashes: number;
  do {
    end = text.indexOf('"', end + 1);
    backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === 0x5c) backslashes++;
  } while (backslashes % 2 === 1);
  return end;
}

/** Members in the whole value; throws on lone surrogates and on numbers that overflowed. */
function inspect(value: Json): number {
  if (typeof value === "string") return checkText(value);
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw refused("a number is too large");
    return 0;
  }
  if (value === null || typeof value === "boolean") return 0;
  let members = 0;
  if (isArray(value)) {
    for (const item of value) members += inspect(item);
    return members;
  }
  for (const [name, member] of Object.entries(value)) {
    members += 1 + checkText(name) + inspect(member ?? null);
  }
  return members;
}

function checkText(text: string): 0 {
  if (NEEDS_CARE.test(text) && LONE_SURROGATE.test(text)) {
    throw refused("a text has half of a surrogate pair");
  }
  return 0;
}

/** Only for the message, so it may be slow. `text` is valid JSON that has a duplicate. */
function firstDuplicate(text: string): string {
  const open: Set<string>[] = [];
  for (const [token, string, colon] of text.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?|[{}[\]]/g)) {
    if (string === undefined) {
      if (token === "{" || token === "[") open.push(new Set());
      else open.pop();
    } else if (colon !== undefined) {
      const name: string = JSON.parse(string);
      if (open.at(-1)?.has(name)) return JSON.stringify(name.slice(0, 64));
      open.at(-1)?.add(name);
    }
  }
  return "name";
}

// Array.isArray does not narrow readonly arrays.
function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function refused(what: string, cause?: unknown): AppError {
  return new AppError("invalid", `This JSON is refused: ${what}.`, { cause });
}
