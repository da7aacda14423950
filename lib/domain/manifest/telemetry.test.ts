import { expect, test } from "vitest";
import { sampleManifest } from "@/testing/arbitrary-manifest";
import { diffManifests } from "./diff";
import { intentManifestJsonSchema } from "./json-schema";
import { IntentManifest } from "./manifest";
import { plainEnglish } from "./plain-english";

const withTelemetry = (keepPrompts: boolean): IntentManifest => ({
  ...sampleManifest(),
  telemetry: { keepPrompts },
});

test("a manifest that says nothing keeps nothing, and stays the document that it was", () => {
  expect(IntentManifest.parse(sampleManifest())).not.toHaveProperty("telemetry");
  expect(IntentManifest.safeParse({ ...sampleManifest(), telemetry: {} }).success).toBe(false);
  const said = plainEnglish(sampleManifest()).limits.map(({ path }) => path);
  expect(said).not.toContain("/telemetry/keepPrompts");
});

test.each([
  [true, "Prompts, answers and tool arguments in its traces are kept."],
  [false, "Prompts, answers and tool arguments in its traces are not kept."],
])("keepPrompts %s is a sentence", (keepPrompts, text) => {
  const { limits } = plainEnglish(withTelemetry(keepPrompts));
  expect(limits).toContainEqual({ path: "/telemetry/keepPrompts", text });
});

test("keeping prompts is a widening, ending it a narrowing, saying that they are not kept is no change", () => {
  const kinds = (before: IntentManifest, after: IntentManifest) =>
    diffManifests(before, after).map(({ kind, path }) => `${kind} ${path}`);
  expect(kinds(sampleManifest(), withTelemetry(true))).toEqual(["widening /telemetry/keepPrompts"]);
  expect(kinds(withTelemetry(true), withTelemetry(false))).toEqual([
    "narrowing /telemetry/keepPrompts",
  ]);
  expect(kinds(sampleManifest(), withTelemetry(false))).toEqual([]);
});

test("the JSON schema says it", () => {
  expect(JSON.stringify(intentManifestJsonSchema())).toContain("keepPrompts");
});
