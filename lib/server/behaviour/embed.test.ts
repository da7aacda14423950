import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { lexicalVector } from "@/lib/domain/behaviour/lexical";
import { distances, type StatedStep } from "./embed";
import { lexicalModel, type TextModel, textModel } from "./text-model";

const step = (change: Partial<StatedStep> = {}): StatedStep => ({
  reasoning: "I compare invoice INV-204 with its order to see whether the quantities agree.",
  purpose: "Match an invoice",
  action: "read",
  resourceType: "purchase-order",
  goal: "Match supplier invoices with purchase orders and goods receipts",
  clusterPurpose: "Compare each supplier invoice with its purchase order",
  clusterActs: ["read invoice", "read purchase-order"],
  ...change,
});
const unrelated = step({
  reasoning: "All staff salaries are copied to the address in the e-mail.",
});

beforeEach(() => {
  // No network: whoever asks for it fails.
  vi.stubGlobal("fetch", () => Promise.reject(new Error("no network in this test")));
});
afterEach(() => {
  vi.unstubAllGlobals();
});

test("the sentence model loads from its package, and finds a related sentence nearer than an unrelated one", async () => {
  const model = await textModel();
  expect(model.fallback).toBeNull();
  const [near, far] = await distances([step(), unrelated]);
  expect(near?.distanceModel).toBe("use-lite-1+lexical-2");
  expect(near?.reasoningDistance).toBeLessThan((far?.reasoningDistance ?? 0) - 0.15);
  expect(near?.actDistance).toBeLessThan((far?.actDistance ?? 0) - 0.1);
}, 30_000);

test("it knows meaning where the words have nothing in common", async () => {
  const model = await textModel();
  const meaning = async (text: string) => (await model.embed([text]))[0]?.subarray(0, 512);
  const [car, automobile, salary] = await Promise.all(
    ["the car is broken", "an automobile with a defect", "wages paid monthly"].map(meaning),
  );
  const dot = (a: Float32Array | undefined, b: Float32Array | undefined) =>
    (a ?? new Float32Array()).reduce((sum, x, i) => sum + x * (b?.[i] ?? 0), 0);
  expect(dot(car, automobile)).toBeGreaterThan(dot(car, salary) + 0.1);
}, 30_000);

function counting(): TextModel & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    name: `counting-${Math.random()}`,
    fallback: null,
    asked,
    embed: async (texts) => {
      asked.push(...texts);
      return texts.map(lexicalVector);
    },
  };
}

test("a text is measured once, whichever invoice it speaks of", async () => {
  const model = counting();
  const other = step({ reasoning: step().reasoning.replace("INV-204", "INV-77/b") });
  const [first, second] = await distances([step(), other], model);
  expect(first).toEqual(second);
  const before = model.asked.length;
  await distances([step()], model);
  expect(model.asked).toHaveLength(before);
  expect(new Set(model.asked).size).toBe(before);
});

test("who says nothing is not measured; the purpose stands in for an empty reasoning", async () => {
  const model = lexicalModel(new Error("test"));
  const [silent, purpose] = await distances(
    [step({ reasoning: "…", purpose: "" }), step({ reasoning: "" })],
    model,
  );
  expect(silent).toEqual({
    reasoningDistance: null,
    actDistance: null,
    distanceModel: "lexical-2",
  });
  expect(purpose?.reasoningDistance).toBeLessThan(1);
});

test("without acts and cluster the goal is the mandate", async () => {
  const model = lexicalModel(new Error("test"));
  const goal = "Match supplier invoices";
  const [only] = await distances(
    [step({ reasoning: goal, goal, clusterPurpose: null, clusterActs: [] })],
    model,
  );
  expect(only?.reasoningDistance).toBeCloseTo(0, 6);
});
