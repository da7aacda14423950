import { describe, expect, test } from "vitest";
import { cosineDistance, lexicalVector, masked } from "./lexical";

const between = (a: string, b: string) => cosineDistance(lexicalVector(a), lexicalVector(b));

describe("the lexical stand-in", () => {
  test("puts texts with common words nearer than texts without", () => {
    const goal = "Match supplier invoices with purchase orders";
    const near = between(goal, "I compare the invoice with its order");
    const far = between(goal, "Salaries of all staff go to the outside server");
    expect(near).toBeLessThan(far);
    expect(between(goal, goal)).toBeCloseTo(0, 6);
  });

  test("sees forms of one word, and counts a text without words as far", () => {
    expect(between("invoices", "invoice")).toBeLessThan(0.6);
    expect(between("invoices", "salaries")).toBeGreaterThan(0.8);
    expect(between("", "invoice")).toBe(1);
    expect(between("the of and", "invoice")).toBe(1);
  });
});

test("identifiers, amounts and dates are masked, words are kept", () => {
  expect(masked("Invoice INV-204/7 of 2026-01-03 is £1,204.50 short")).toBe(
    "Invoice # of # is # short",
  );
  expect(masked("1 2 3")).toBe("#");
  expect(masked("no digits here")).toBe("no digits here");
});
