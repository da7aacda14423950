import { describe, expect, test } from "vitest";
import { asText, asTexts, freeId, listAt, readEntries, readNumber, valueAt } from "./document-read";

describe("reading an unfinished document", () => {
  test("valueAt finds what is there and stops where the way ends", () => {
    const document = { clusters: [{ id: "a" }], goal: "x" };
    expect(valueAt(document, ["clusters", 0, "id"])).toBe("a");
    expect(valueAt(document, ["clusters", 1, "id"])).toBeUndefined();
    expect(valueAt(document, ["goal", "id"])).toBeUndefined();
    expect(valueAt(document, ["clusters", "length"])).toBeUndefined();
    expect(valueAt(document, ["constructor"])).toBeUndefined();
  });
  test("listAt tells nothing from something else", () => {
    expect(listAt({}, ["never"])).toEqual([]);
    expect(listAt({ never: "x" }, ["never"])).toBeNull();
  });
  test("texts show what stands there, whatever it is", () => {
    expect(asText(undefined)).toBe("");
    expect(asText({ a: 1 })).toBe('{"a":1}');
    expect(asTexts(["a", 1])).toEqual(["a", "1"]);
    expect(asTexts("a")).toEqual(["a"]);
  });
});

describe("readNumber", () => {
  test.each([
    ["250,000", 250_000],
    [" 12.50 ", 12.5],
    ["1.", 1],
    ["", undefined],
    [" ", undefined],
    ["many", "many"],
    ["1e9", "1e9"],
    ["0x10", "0x10"],
  ])("%j is %j", (typed, value) => {
    expect(readNumber(typed)).toBe(value);
  });
});

test("readEntries drops what is empty", () => {
  expect(readEntries("read, post,,", /,/)).toEqual(["read", "post"]);
  expect(readEntries("a:b\n\n c:d ", /\n/)).toEqual(["a:b", "c:d"]);
});

test("freeId counts up", () => {
  expect(freeId("task", [])).toBe("task");
  expect(freeId("task", [{ id: "task" }, { id: "task-2" }, 7])).toBe("task-3");
});
