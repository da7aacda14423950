import fc from "fast-check";
import { expect, test } from "vitest";
import { AI_UNANSWERED, type AiActWorksheet, assessAiAct, CAUSAL_LINKS } from "./ai-act";

const linked: AiActWorksheet = { ...AI_UNANSWERED, highRisk: true, causalLink: "established" };

test.each([
  [{ rights: true }, "serious", 15],
  [{ health: true }, "serious", 15],
  [{ property: true }, "serious", 15],
  [{ death: true }, "serious", 10],
  [{ death: true, causalLink: "suspected" }, "serious", 10],
  [{ infrastructure: true }, "serious", 2],
  [{ infrastructure: true, death: true }, "serious", 2],
  [{ rights: true, widespread: true }, "serious", 2],
  [{ rights: true, causalLink: "likely" }, "serious", 15],
  [{ rights: true, causalLink: "suspected" }, "not-serious", null],
  [{ rights: true, causalLink: "none" }, "not-serious", null],
  [{ widespread: true }, "not-serious", null],
  [{ rights: true, highRisk: false }, "serious-not-reportable", null],
  [{ health: true, equivalentRules: true }, "serious-not-reportable", null],
  [{ rights: true, equivalentRules: true }, "serious", 15],
  [{ rights: true, death: true, equivalentRules: true }, "serious", 15],
] satisfies readonly (readonly [Partial<AiActWorksheet>, string, number | null])[])(
  "%o → %s, %s days",
  (change, result, days) => {
    expect(assessAiAct({ ...linked, ...change })).toMatchObject({ result, days });
  },
);

test("days are given exactly where something is to be reported, and never without a limb", () => {
  const sheets: fc.Arbitrary<AiActWorksheet> = fc.record({
    highRisk: fc.boolean(),
    causalLink: fc.constantFrom(...CAUSAL_LINKS),
    death: fc.boolean(),
    health: fc.boolean(),
    infrastructure: fc.boolean(),
    rights: fc.boolean(),
    property: fc.boolean(),
    widespread: fc.boolean(),
    equivalentRules: fc.boolean(),
    providerReachable: fc.boolean(),
  });
  fc.assert(
    fc.property(sheets, (sheet) => {
      const { result, days, limbs } = assessAiAct(sheet);
      expect(days !== null).toBe(result === "serious");
      if (limbs.length === 0) expect(result).toBe("not-serious");
    }),
  );
});
