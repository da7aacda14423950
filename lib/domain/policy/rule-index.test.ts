import fc from "fast-check";
import { expect, test } from "vitest";
import { compileResourcePattern, matchesResource } from "./pattern";
import { eachMatch, ruleIndex } from "./rule-index";

const some = (...from: readonly string[]) =>
  fc.uniqueArray(fc.constantFrom(...from), { minLength: 1, maxLength: 3 });
const rules = fc.array(
  fc.record({
    actions: some("read", "post", "*", "pay"),
    resources: some("invoice:*", "invoice:uk/**", "payee:a", "*:x", "*:**"),
  }),
  { maxLength: 70 },
);

test("the index finds the rules that reading them one by one finds, in their order", () => {
  fc.assert(
    fc.property(
      rules,
      fc.constantFrom("read", "pay", "other"),
      fc.constantFrom("invoice", "payee", "other"),
      fc.constantFrom("x", "uk/1", "a"),
      (written, action, type, id) => {
        const index = ruleIndex(
          written.map((rule, position) => ({
            position,
            actions: rule.actions,
            resources: rule.resources.map(compileResourcePattern),
          })),
        );
        const found: number[] = [];
        eachMatch(index, action, { type, id }, (rule) => {
          found.push(rule.position);
          return false;
        });
        const expected = written.flatMap(({ actions, resources }, position) => {
          const matches =
            (actions.includes("*") || actions.includes(action)) &&
            resources.some((pattern) => matchesResource(pattern, type, id));
          return matches ? [position] : [];
        });
        expect(found).toEqual(expected);
      },
    ),
    { numRuns: 500 },
  );
});

test("the visit ends when it has enough, also across groups", () => {
  const resources = [compileResourcePattern("*:**")];
  const index = ruleIndex(Array.from({ length: 70 }, (_, n) => ({ n, actions: ["*"], resources })));
  const seen: number[] = [];
  eachMatch(index, "read", { type: "a", id: "b" }, ({ n }) => {
    seen.push(n);
    return n === 40;
  });
  expect(seen).toHaveLength(41);
});
