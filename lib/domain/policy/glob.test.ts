import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { compileGlob, globCovers, globsOverlap } from "./glob";

vi.setConfig({ testTimeout: 30_000 });

/** The definition, word for word, as a regular expression: fine for short texts. */
function reference(glob: string): RegExp {
  const source = glob.replaceAll(/\*+|[^*]/g, (part) => {
    if (part === "*") return "[^/]*";
    return part.startsWith("*") ? "[^]*" : `\\u{${part.codePointAt(0)?.toString(16)}}`;
  });
  return new RegExp(`^${source}$`, "u");
}

const piece = fc.constantFrom("a", "b", "/", "*", "**", "ab", ".");
const glob = fc.array(piece, { maxLength: 7 }).map((parts) => parts.join(""));
const id = fc
  .array(fc.constantFrom("a", "b", "/", "c", "."), { maxLength: 10 })
  .map((c) => c.join(""));

function universe(alphabet: readonly string[], length: number): string[] {
  if (length === 0) return [""];
  const shorter = universe(alphabet, length - 1);
  const longest = shorter.filter((text) => text.length === length - 1);
  return [...shorter, ...longest.flatMap((text) => alphabet.map((char) => text + char))];
}
const TEXTS = universe(["a", "b", "/", "c"], 6);
const shortGlob = fc
  .array(fc.constantFrom("a", "b", "/", "*", "**"), { maxLength: 4 })
  .map((parts) => parts.join(""));

describe("a glob", () => {
  test.each([
    ["*", "inv-1", true],
    ["*", "uk/inv-1", false],
    ["**", "uk/2026/inv-1", true],
    ["uk/**", "uk/2026/inv-1", true],
    ["uk/**", "us/1", false],
    ["uk/**", "ukraine/1", false],
    ["uk/*", "uk/1/2", false],
    ["*/2026-*", "uk/2026-11", true],
    ["*/2026-*", "uk/x/2026-11", false],
    ["**/draft", "a/b/draft", true],
    ["**/draft", "draft", false],
    ["a**b*c", "a/x/b1c", true],
    ["a**b*c", "a/x/b/c", false],
    ["inv-1", "inv-1", true],
    ["inv-1", "inv-10", false],
    ["inv.1", "inv-1", false],
    ["ab*ba", "aba", false],
    ["***", "a/b", true],
  ])("`%s` on `%s` is %s", (pattern, text, expected) => {
    expect(compileGlob(pattern).matches(text)).toBe(expected);
  });

  test("matches what its definition says", () => {
    fc.assert(
      fc.property(glob, id, (pattern, text) => {
        expect(compileGlob(pattern).matches(text)).toBe(reference(pattern).test(text));
      }),
      { numRuns: 5000 },
    );
  });

  test("matches the texts that are made from it", () => {
    const run = fc.array(fc.constantFrom("x", "y"), { maxLength: 3 }).map((c) => c.join(""));
    fc.assert(
      fc.property(fc.array(fc.tuple(piece, run, run), { maxLength: 8 }), (parts) => {
        const pattern = parts.map(([part]) => part).join("");
        const text = parts.map(([part, r, s]) => {
          if (part === "*") return r;
          return part === "**" ? `${r}/${s}` : part;
        });
        expect(compileGlob(pattern).matches(text.join(""))).toBe(true);
      }),
    );
  });

  test("that was made to be slow is not (exponential would take for ever)", () => {
    const pattern = compileGlob(`${"**a*a".repeat(58)}b`);
    const text = `${"a".repeat(511)}c`;
    for (let i = 0; i < 10; i++) expect(pattern.matches(text)).toBe(false);
  }, 60_000);
});

describe("one glob covers another", () => {
  test.each([
    ["**", "uk/*", true],
    ["*", "**", false],
    ["**", "*", true],
    ["uk/**", "uk/*/x", true],
    ["uk/*", "uk/**", false],
    ["uk/*", "uk/a*", true],
    ["uk/a*", "uk/*", false],
    ["*a*", "*aa*", true],
    ["a*b*c", "a*c", false],
    ["**/**", "*/*", true],
    ["*", "inv-1", true],
    ["inv-1", "inv-1", true],
  ])("`%s` over `%s`: %s", (wide, narrow, expected) => {
    expect(globCovers(wide, narrow)).toBe(expected);
  });

  test("exactly if no text contradicts it", () => {
    fc.assert(
      fc.property(shortGlob, shortGlob, (wide, narrow) => {
        const [outer, inner] = [reference(wide), reference(narrow)];
        const sound = TEXTS.every((text) => !inner.test(text) || outer.test(text));
        expect(globCovers(wide, narrow)).toBe(sound);
      }),
      { numRuns: 300 },
    );
  });

  test("is answered in bounded time, with no where it can't be known", () => {
    expect(typeof globCovers("**a*b".repeat(60), "*a**b*".repeat(50))).toBe("boolean");
  }, 60_000);
});

test("two globs overlap exactly if a text matches both", () => {
  fc.assert(
    fc.property(shortGlob, shortGlob, (a, b) => {
      const [left, right] = [reference(a), reference(b)];
      expect(globsOverlap(a, b)).toBe(TEXTS.some((text) => left.test(text) && right.test(text)));
    }),
    { numRuns: 300 },
  );
});
