import { describe, expect, test } from "vitest";
import { templateManifest } from "@/lib/domain/manifest/document";
import { diagnose } from "./diagnose";

const now = new Date("2026-11-24T12:00:00Z");
const template = templateManifest({ agentId: "agt_testagent1", now });
const facts = { now, tier: "low" as const, agentId: "agt_testagent1" };
const textOf = (changes: object = {}) =>
  JSON.stringify(
    {
      ...template,
      goal: "Match invoices to payments.",
      clusters: [{ ...template.clusters[0], purpose: "Match them." }],
      ...changes,
    },
    null,
    2,
  );

describe("diagnose", () => {
  test("a good manifest is said in words and may be submitted", () => {
    const diagnosis = diagnose(textOf(), facts);
    expect(diagnosis.problems).toEqual([]);
    expect(diagnosis.plain?.goal).toBe("Match invoices to payments.");
    expect(diagnosis.submittable).toBe(true);
  });
  test("the template's own wording blocks, marked at its place", () => {
    const text = JSON.stringify(template);
    const diagnosis = diagnose(text, facts);
    expect(diagnosis.submittable).toBe(false);
    const marker = diagnosis.markers.find(({ severity }) => severity === "error");
    expect(text.slice(marker?.from, marker?.to)).toBe(JSON.stringify(template.goal));
  });
  test("a schema problem stands at its value", () => {
    const text = textOf({ dataClassCeiling: "secret" });
    const diagnosis = diagnose(text, facts);
    expect(diagnosis.problems.map(({ path }) => path)).toEqual(["/dataClassCeiling"]);
    expect(diagnosis.plain).toBeNull();
    const [marker] = diagnosis.markers;
    expect(text.slice(marker?.from, marker?.to)).toBe('"secret"');
  });
  test("a bad condition is found even while the rest is not right", () => {
    const rule = { actions: ["read"], resources: ["x:*"], impact: "routine", confirm: "never" };
    const clusters = [{ id: "a", purpose: "p", rules: [{ ...rule, when: "context.spend <=" }] }];
    const valid = diagnose(textOf({ clusters }), facts);
    expect(valid.findings).toContainEqual(
      expect.objectContaining({ code: "condition-invalid", path: "/clusters/0/rules/0/when" }),
    );
    expect(valid.submittable).toBe(false);
    const broken = diagnose(textOf({ clusters, goal: 7 }), facts);
    expect(broken.problems.map(({ path }) => path)).toEqual(["/goal", "/clusters/0/rules/0/when"]);
  });
  test("a manifest of another agent is refused at its agent id", () => {
    const diagnosis = diagnose(textOf({ agentId: "agt_otheragent1" }), facts);
    expect(diagnosis.problems).toEqual([
      { path: "/agentId", message: expect.stringContaining("agt_testagent1") },
    ]);
    expect(diagnosis.submittable).toBe(false);
  });
  test("text that is no JSON has one marker where it breaks", () => {
    const diagnosis = diagnose('{ "goal": }', facts);
    expect(diagnosis.unreadable).toContain("A value is expected");
    expect(diagnosis.markers).toHaveLength(1);
    expect(diagnosis.document).toBeNull();
  });
  test("a member that stands twice is refused in words", () => {
    expect(diagnose('{"goal":"a","goal":"b"}', facts).unreadable).toMatch(/twice/);
  });
});
