import { expect, test } from "vitest";
import { learnMarkov, stepBits } from "./markov";

const runs = Array.from({ length: 40 }, (_, i) =>
  i % 4 === 0 ? ["open", "read", "close"] : ["open", "read", "match", "close"],
);
const model = learnMarkov(runs);
const total = (steps: readonly string[]) => stepBits(model, steps).reduce((a, b) => a + b, 0);

test("what always follows costs next to nothing, what follows in one run of four costs about two bits", () => {
  const [open, read, close] = stepBits(model, ["open", "read", "close"]);
  expect(open).toBeLessThan(0.2);
  expect(read).toBeLessThan(0.2);
  expect(close).toBeGreaterThan(1.5);
  expect(close).toBeLessThan(2.5);
});

test("a step never seen costs more than any that was, and the wrong order more than the right one", () => {
  expect(total(["open", "export"])).toBeGreaterThan(total(["open", "close"]));
  expect(total(["close", "match", "open"])).toBeGreaterThan(total(["open", "match", "close"]));
});

test("a model without history has no opinion", () => {
  expect(stepBits(learnMarkov([]), ["a", "b"])).toEqual([0, 0].map(() => expect.closeTo(0, 9)));
});
