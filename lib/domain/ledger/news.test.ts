import { expect, test } from "vitest";
import { mergeNews, parseNews } from "./news";

test("reads what the ledger's writer sends, and nothing else", () => {
  expect(parseNews('{"from":3,"to":5,"kinds":["decision"]}')).toEqual({
    from: 3,
    to: 5,
    kinds: ["decision"],
  });
  for (const text of ["", "{}", "[]", '{"from":-1,"to":5,"kinds":[]}', '{"from":1,"to":"2"}']) {
    expect(parseNews(text)).toBeNull();
  }
});

test("merged news spans both and names each kind once", () => {
  const a = { from: 5, to: 9, kinds: ["decision", "review.resolved"] };
  const b = { from: 2, to: 6, kinds: ["decision"] };
  expect(mergeNews(a, b)).toEqual({ from: 2, to: 9, kinds: ["decision", "review.resolved"] });
});
