import { describe, expect, test } from "vitest";
import { applyEdit, rangeOf, syntaxProblem } from "./json-text";

const TEXT = `{
  "goal": "Match invoices",
  "clusters": [
    { "id": "a", "rules": [] },
    { "id": "b" }
  ]
}`;

const marked = (text: string, pointer: string): string => {
  const { from, to } = rangeOf(text, pointer);
  return text.slice(from, to);
};

describe("applyEdit", () => {
  test("changes one value and leaves the rest of the text as it was written", () => {
    expect(applyEdit(TEXT, { op: "set", path: ["goal"], value: "Pay" })).toBe(
      TEXT.replace("Match invoices", "Pay"),
    );
  });
  test("adds a member that is missing", () => {
    const text = applyEdit(TEXT, { op: "set", path: ["risk", "review"], value: 60 });
    expect(JSON.parse(text)).toMatchObject({ risk: { review: 60 }, goal: "Match invoices" });
  });
  test("inserts into a list, at the end and in the middle", () => {
    const end = applyEdit(TEXT, { op: "insert", path: ["clusters"], value: { id: "c" } });
    expect(ids(end)).toEqual(["a", "b", "c"]);
    const middle = applyEdit(TEXT, { op: "insert", path: ["clusters"], value: { id: "c" }, at: 1 });
    expect(ids(middle)).toEqual(["a", "c", "b"]);
  });
  test("makes the list where there is none, or something that is no list", () => {
    const made = applyEdit("{}", { op: "insert", path: ["never"], value: 1 });
    expect(JSON.parse(made)).toEqual({ never: [1] });
    const replaced = applyEdit('{"never":"x"}', { op: "insert", path: ["never"], value: 1 });
    expect(JSON.parse(replaced)).toEqual({ never: [1] });
  });
  test("moves within the list and not beyond its ends", () => {
    expect(ids(applyEdit(TEXT, { op: "move", path: ["clusters"], from: 1, to: 0 }))).toEqual([
      "b",
      "a",
    ]);
    expect(applyEdit(TEXT, { op: "move", path: ["clusters"], from: 0, to: -1 })).toBe(TEXT);
    expect(applyEdit(TEXT, { op: "move", path: ["clusters"], from: 1, to: 2 })).toBe(TEXT);
  });
  test("removes a member and an element; what is not there stays absent", () => {
    expect(JSON.parse(applyEdit(TEXT, { op: "remove", path: ["goal"] }))).not.toHaveProperty(
      "goal",
    );
    expect(ids(applyEdit(TEXT, { op: "remove", path: ["clusters", 0] }))).toEqual(["b"]);
    expect(applyEdit(TEXT, { op: "remove", path: ["hours"] })).toBe(TEXT);
  });
});

describe("rangeOf", () => {
  test("a value", () => {
    expect(marked(TEXT, "/goal")).toBe('"Match invoices"');
    expect(marked(TEXT, "/clusters/1/id")).toBe('"b"');
  });
  test("an object or a list by its name, an element by its first character", () => {
    expect(marked(TEXT, "/clusters")).toBe('"clusters"');
    expect(marked(TEXT, "/clusters/0")).toBe("{");
  });
  test("what is missing, by the nearest member that is there", () => {
    expect(marked(TEXT, "/clusters/0/rules/3/when")).toBe('"rules"');
    expect(marked(TEXT, "/validity/notAfter")).toBe("{");
  });
  test("escaped names, and names of digits", () => {
    expect(marked('{"a/b":{"0":"x"}}', "/a~1b/0")).toBe('"x"');
  });
  test("never outside the text", () => {
    expect(rangeOf("", "/goal")).toEqual({ from: 0, to: 0 });
  });
});

describe("syntaxProblem", () => {
  test("says what and where", () => {
    const problem = syntaxProblem('{\n  "goal": "x"\n  "never": []\n}');
    expect(problem?.message).toBe("A comma is expected, at line 3, character 3.");
    expect(problem?.from).toBe(18);
  });
  test.each(['{"a":1,}', "{/* no */}", '{"a":01}', ""])("refuses %j", (text) => {
    expect(syntaxProblem(text)).not.toBeNull();
  });
  test("finds nothing in JSON", () => {
    expect(syntaxProblem(TEXT)).toBeNull();
  });
});

function ids(text: string): unknown[] {
  const { clusters }: { clusters: { id: unknown }[] } = JSON.parse(text);
  return clusters.map(({ id }) => id);
}
