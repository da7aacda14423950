import { describe, expect, it } from "vitest";
import { sampleManifest } from "@/testing/arbitrary-manifest";
import {
  documentText,
  MAX_DOCUMENT_BYTES,
  parseDocumentText,
  pointer,
  readManifest,
  templateManifest,
} from "./document";

describe("reading what a person typed", () => {
  it("reads an object", () => {
    expect(parseDocumentText('{"goal":"x"}')).toEqual({ document: { goal: "x" }, problems: [] });
  });

  it.each([
    ["{", /not valid JSON/],
    ["[]", /JSON object/],
    ["null", /JSON object/],
    ['{"goal":"a","goal":"b"}', /twice/],
    ['{"goal":"a\\u0000b"}', /NUL/],
    ['{"a":[{"x\\u0000":1}]}', /NUL/],
    [`{"goal":"${"x".repeat(MAX_DOCUMENT_BYTES)}"}`, /256 KB/],
    [`{"goal":"${"é".repeat(MAX_DOCUMENT_BYTES / 2)}"}`, /256 KB/],
  ])("refuses %.20s…", (text, message) => {
    const { document, problems } = parseDocumentText(text);
    expect(document).toBeNull();
    expect(problems[0]?.message).toMatch(message);
  });
});

describe("reading a manifest", () => {
  it("says where each problem lies", () => {
    const broken = { ...sampleManifest(), goal: "", network: ["no port"] };
    const { manifest, problems } = readManifest(broken);
    expect(manifest).toBeNull();
    expect(problems.map((p) => p.path)).toEqual(expect.arrayContaining(["/goal", "/network/0"]));
  });

  it("refuses text that reads otherwise than it is", () => {
    for (const goal of ["abc\u202edef", "a\u200bb", "a\u0000b", "e\u0301"]) {
      expect(readManifest(sampleManifest({ goal })).manifest, JSON.stringify(goal)).toBeNull();
    }
  });

  it("reads the template as it stands", () => {
    const manifest = templateManifest({
      agentId: "agt_sample00001",
      now: new Date("2026-05-05T10:00:00Z"),
    });
    expect(readManifest(manifest).problems).toEqual([]);
    expect(manifest.validity.notBefore).toBe("2026-05-06T00:00:00Z");
  });

  it("escapes JSON pointers", () => {
    expect(pointer(["a/b", "c~d", 0])).toBe("/a~1b/c~0d/0");
  });

  it("writes members in the order of the schema, and loses none", () => {
    const scrambled = {
      zeta: 1,
      validity: { notAfter: "b", notBefore: "a" },
      goal: "g",
      schema: "s",
      clusters: [{ rules: [], id: "x" }],
    };
    const text = documentText(scrambled);
    expect(JSON.parse(text)).toEqual(scrambled);
    expect([...text.matchAll(/"(\w+)":/g)].map(([, name]) => name)).toEqual([
      "schema",
      "goal",
      "clusters",
      "id",
      "rules",
      "validity",
      "notBefore",
      "notAfter",
      "zeta",
    ]);
    expect(
      Object.keys(
        JSON.parse(documentText(Object.fromEntries(Object.entries(sampleManifest()).reverse()))),
      ),
    ).toEqual(Object.keys(sampleManifest()));
  });
});
