import { describe, expect, test } from "vitest";
import { changeInWords } from "./change-in-words";

describe("changeInWords", () => {
  test("conditions are said with the manifest's currency", () => {
    expect(changeInWords("/clusters/0/rules/0/when", "context.spend <= 25000.0", "GBP")).toBe(
      "the spend is at most £25,000",
    );
  });
  test("patterns are said as things", () => {
    expect(
      changeInWords("/clusters/0/rules/1/resources", "invoice:**, guarantee:uk/**", "GBP"),
    ).toBe("invoices and guarantees under “uk/”");
  });
  test("what can't be said, and what is words already, stays as it is", () => {
    expect(changeInWords("/never/0/when", "size(subject.id) > 3", undefined)).toBeNull();
    expect(changeInWords("/budgets/records/day", "3,000 a day", undefined)).toBeNull();
    expect(
      changeInWords("/clusters/0/rules/0", "post invoices; no confirmation", "GBP"),
    ).toBeNull();
  });
});
