import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { readVectors } from "@/testing/vectors";
import { canonicalJson, type Json, parseStrictJson } from "./canonical-json";
import { hex } from "./sha256";

const Vector = z.object({ name: z.string(), input_text: z.string(), canonical_hex: z.string() });
const vectors = readVectors("jcs/jcs_vectors.json", z.array(Vector));

const json = fc
  .jsonValue({ maxDepth: 5 })
  .map((value) => JSON.parse(JSON.stringify(value)) as Json);

describe.skipIf(vectors === null)("RFC 8785 vectors (beside the project)", () => {
  it.each(vectors ?? [])("$name", ({ input_text, canonical_hex }) => {
    const canonical = canonicalJson(parseStrictJson(input_text));
    expect(hex(new TextEncoder().encode(canonical))).toBe(canonical_hex);
  });
});

describe("canonicalJson", () => {
  it("writes numbers as ECMAScript does (RFC 8785 appendix B)", () => {
    expect(
      canonicalJson([
        -0, 5e-324, 1.7976931348623157e308, 9007199254740992, 1e21, 1e-7, 333333333.3333333,
      ]),
    ).toBe("[0,5e-324,1.7976931348623157e+308,9007199254740992,1e+21,1e-7,333333333.3333333]");
  });

  it("orders members by UTF-16 code units, not by code points", () => {
    expect(canonicalJson({ "\u{fb33}": 1, "\u{1f602}": 2, a: 3, A: 4 })).toBe(
      '{"A":4,"a":3,"\u{1f602}":2,"\u{fb33}":1}',
    );
  });

  it("leaves undefined members out and refuses undefined items", () => {
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
    const holed: Json[] = [1];
    holed[2] = 3;
    expect(() => canonicalJson(holed)).toThrow("undefined item");
  });

  it.each([
    ["NaN", Number.NaN],
    ["Infinity", Number.POSITIVE_INFINITY],
    ["a lone surrogate", "a\ud800"],
    ["a lone surrogate in a name", { "\udc00": 1 }],
    ["a bigint", 1n],
    ["a date", new Date(0)],
    ["a map", new Map()],
    ["a function", () => 1],
  ])("refuses %s", (_name, value) => {
    expect(() => canonicalJson(value as Json)).toThrow(/refused/);
  });

  it("refuses a value that contains itself instead of running for ever", () => {
    const loop: Record<string, Json> = {};
    loop["self"] = loop;
    expect(() => canonicalJson(loop)).toThrow("nested deeper");
  });

  it("keeps the value, and is a fixed point", () => {
    fc.assert(
      fc.property(json, (value) => {
        const canonical = canonicalJson(value);
        expect(parseStrictJson(canonical)).toEqual(value);
        expect(canonicalJson(parseStrictJson(canonical))).toBe(canonical);
      }),
    );
  });

  it("gives one text whatever the order of members", () => {
    const reversed = (value: Json): Json => {
      if (value === null || typeof value !== "object") return value;
      if (Array.isArray(value)) return value.map(reversed);
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([k, v]) => [k, reversed(v ?? null)]),
      );
    };
    fc.assert(
      fc.property(json, (value) => {
        expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
      }),
    );
  });

  it("gives different texts for different values", () => {
    fc.assert(
      fc.property(json, json, (a, b) => {
        expect(canonicalJson(a) === canonicalJson(b)).toBe(
          fc.stringify(sorted(a)) === fc.stringify(sorted(b)),
        );
      }),
    );
  });
});

/** Members in order, so that structural comparison does not depend on it. */
function sorted(value: Json): unknown {
  if (value === null || typeof value !== "object") return Object.is(value, -0) ? 0 : value;
  if (Array.isArray(value)) return value.map(sorted);
  const members = Object.entries(value).map(([k, v]) => [k, sorted(v ?? null)]);
  return { members: members.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)) };
}

describe("parseStrictJson", () => {
  it("reads what JSON.parse reads", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        const value: Json = JSON.parse(text);
        expect(parseStrictJson(text)).toEqual(value);
        expect(parseStrictJson(JSON.stringify(value, null, "\t "))).toEqual(value);
      }),
    );
  });

  it.each([
    ["a duplicate member", '{"a":1,"b":{"a":2},"a":3}', '"a" stands twice'],
    ["a duplicate in another spelling", '{"a":1,"\\u0061":2}', '"a" stands twice'],
    ["a duplicate deep inside", '[[{"x":{"y":[{"k":1 , "k" :1}]}}]]', '"k" stands twice'],
    ["a duplicate that hides an object", '{"a":{"b":1},"a":0}', '"a" stands twice'],
    ["a duplicate __proto__", '{"__proto__":1,"__proto__":2}', '"__proto__" stands twice'],
    ["65 levels", `${"[".repeat(65)}${"]".repeat(65)}`, "nested deeper than 64"],
    ["a million levels", `${'{"a":'.repeat(1e6)}1${"}".repeat(1e6)}`, "nested deeper than 64"],
    ["an escaped lone surrogate", '"\\ud800"', "surrogate"],
    ["a lone surrogate", '"\ud800"', "surrogate"],
    ["a lone surrogate in a name", '{"\\udfff":1}', "surrogate"],
    ["an overflowing number", "[1e400]", "too large"],
    ["a trailing comma", '{"a":1,}', "not valid JSON"],
    ["two values", "{}{}", "not valid JSON"],
    ["a byte order mark", "\ufeff{}", "not valid JSON"],
    ["nothing", "", "not valid JSON"],
    ["NaN", "NaN", "not valid JSON"],
  ])("refuses %s", (_name, text, message) => {
    expect(() => parseStrictJson(text)).toThrow(message);
  });

  it("is not misled by colons, brackets, quotes and backslashes in strings", () => {
    const text = '{"a:\\"":"{[\\\\","b\\\\":":,\\":\\\\\\"","c":["]","}"],"d":"\\\\\\\\"}';
    expect(parseStrictJson(text)).toEqual(JSON.parse(text));
  });

  it("accepts 64 levels, the same name in two objects, and a NUL in a string", () => {
    expect(() => parseStrictJson(`${"[".repeat(64)}${"]".repeat(64)}`)).not.toThrow();
    expect(parseStrictJson('[{"a":1},{"a":"\\u0000"}]')).toEqual([{ a: 1 }, { a: "\0" }]);
  });

  it("finds any duplicate that is put into an object", () => {
    const member = fc.tuple(fc.string({ unit: "binary" }), fc.json({ maxDepth: 2 }));
    fc.assert(
      fc.property(
        fc.uniqueArray(member, { minLength: 1, selector: ([name]) => name }),
        fc.nat(),
        (members, at) => {
          const texts = members.map(([name, value]) => `${JSON.stringify(name)}: ${value}`);
          expect(() => parseStrictJson(`{${texts.join(",")}}`)).not.toThrow();
          const again = texts[at % texts.length];
          expect(() => parseStrictJson(`{${[...texts, again].join(",")}}`)).toThrow("twice");
        },
      ),
    );
  });
});
