import { expect, test } from "vitest";
import { readFactors } from "./factors";

test("the most comes first, and what adds nothing is left out", () => {
  const kept = [
    { signal: "a", points: 0, words: "nothing" },
    { signal: "b", points: 12.5, words: "some" },
    { signal: "c", points: 45, words: "most", seqs: [1, 2] },
  ];
  expect(readFactors(kept).map(({ words }) => words)).toEqual(["most", "some"]);
});

test("what is no list of factors counts as none", () => {
  for (const kept of [undefined, null, "x", {}, [{ points: "1", words: "a" }]]) {
    expect(readFactors(kept)).toEqual([]);
  }
});
