import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AgentName, nameKey } from "./name";

describe("nameKey", () => {
  test.each([
    ["Trade Finance", "trade  finance"],
    ["Straße", "STRASSE"],
    ["ﬁle mover", "File Mover"],
    ["Ａgent", "agent"],
    ["Agent\u00a0One", "agent one"],
    ["Agent\u2003One", " agent one "],
    ["Zoe\u0301", "ZOÉ"],
  ])("%s reads as %s", (a, b) => {
    expect(nameKey(a)).toBe(nameKey(b));
  });

  test("is its own key, and different names keep different keys", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), (name) => {
        expect(nameKey(nameKey(name))).toBe(nameKey(name));
        expect(nameKey(name.toUpperCase())).toBe(nameKey(name.toUpperCase().toLowerCase()));
      }),
    );
    expect(nameKey("Agent 1")).not.toBe(nameKey("Agent 2"));
  });
});

describe("AgentName", () => {
  test("keeps a plain name and collapses its white space", () => {
    expect(AgentName.parse("  KYC   refresh – Zürich ")).toBe("KYC refresh – Zürich");
  });

  test.each([
    ["zero width", "Pay\u200broll"],
    ["right-to-left override", "\u202eagent"],
    ["byte order mark", "\ufeffagent"],
    ["NUL", "a\u0000"],
    ["line break", "two\nlines"],
    ["Hangul filler", "agent\u3164"],
    ["variation selector", "agent\ufe0f"],
    ["half a surrogate pair", "a\ud800"],
    ["blank", " \u00a0 "],
    ["no letter", "——"],
    ["mixed alphabets", "P\u0430yments"],
    ["too long", "x".repeat(121)],
    ["far too long", "x".repeat(10_000)],
  ])("refuses %s", (_, name) => {
    expect(AgentName.safeParse(name).success).toBe(false);
  });
});
