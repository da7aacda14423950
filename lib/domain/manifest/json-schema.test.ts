import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { manifestArbitrary, sampleManifest } from "@/testing/arbitrary-manifest";
import { readManifest } from "./document";
import { intentManifestJsonSchema } from "./json-schema";
import { IntentManifest } from "./manifest";

const ajv = new Ajv2020({ strict: true, allErrors: true, formats: { "date-time": true } });
const validate = ajv.compile(intentManifestJsonSchema());

/** What JSON Schema can't say and the reader therefore adds. */
function onlyTheReaderCanTell(document: unknown): boolean {
  const parsed = IntentManifest.safeParse(document);
  return (
    !parsed.success &&
    parsed.error.issues.every(
      (issue) => issue.code === "custom" || issue.code === "not_multiple_of",
    )
  );
}

describe("the published JSON Schema", { timeout: 60_000 }, () => {
  it("names itself and describes every field that an editor shows", () => {
    const schema = intentManifestJsonSchema();
    expect(schema["$schema"]).toBe("https://json-schema.org/draft/2020-12/schema");
    expect(schema["$id"]).toMatch(/intent-manifest/);
    const bare = placesWithoutWords(schema, "");
    expect(bare).toEqual([]);
  });

  it("accepts what the reader accepts", () => {
    fc.assert(
      fc.property(manifestArbitrary(), (manifest) => {
        expect(readManifest(manifest).problems).toEqual([]);
        expect(validate(manifest), JSON.stringify(validate.errors)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it("agrees with the reader about a document with one thing broken", () => {
    const junk = fc.constantFrom<unknown>(
      undefined,
      null,
      -1,
      1.5,
      "",
      "x".repeat(2000),
      [],
      {},
      true,
      "*",
      "read",
      ["*"],
      1e13,
      "2026-01-01",
    );
    fc.assert(
      fc.property(
        manifestArbitrary(),
        fc.infiniteStream(fc.nat()),
        junk,
        (manifest, picks, value) => {
          const broken = breakOne(structuredClone(manifest), picks, value);
          const read = readManifest(broken).manifest !== null;
          const schema = validate(broken);
          if (read !== schema)
            expect(
              schema && onlyTheReaderCanTell(broken),
              JSON.stringify({ broken, errors: validate.errors }),
            ).toBe(true);
        },
      ),
      { numRuns: 600 },
    );
  });

  it.each([
    ["an unknown field", { ...sampleManifest(), extra: 1 }],
    ["no clusters", { ...sampleManifest(), clusters: [] }],
    [
      "a rule without confirm",
      {
        ...sampleManifest(),
        clusters: [
          {
            id: "a",
            purpose: "b",
            rules: [{ actions: ["read"], resources: ["x:*"], impact: "routine" }],
          },
        ],
      },
    ],
    ["a foreign schema name", { ...sampleManifest(), schema: "intent-manifest.v2" }],
    [
      "a local time",
      {
        ...sampleManifest(),
        validity: { notBefore: "2026-01-01T00:00:00+01:00", notAfter: "2026-02-01T00:00:00Z" },
      },
    ],
  ])("refuses %s, as the reader does", (_, document) => {
    expect(readManifest(document).manifest).toBeNull();
    expect(validate(document)).toBe(false);
  });
});

function placesWithoutWords(node: unknown, place: string): string[] {
  if (typeof node !== "object" || node === null || !("properties" in node)) return [];
  return Object.entries(node.properties as Record<string, object>).flatMap(([name, child]) => {
    const here = `${place}.${name}`;
    const named = "title" in child || /\.(minute|hour|day)$/.test(here);
    const items = "items" in child ? placesWithoutWords(child.items, `${here}[]`) : [];
    return [...(named ? [] : [here]), ...placesWithoutWords(child, here), ...items];
  });
}

function breakOne(document: unknown, picks: Iterator<number>, value: unknown): unknown {
  const pick = (n: number) => (picks.next().value as number) % n;
  let node = document;
  for (let depth = 0; depth < 8; depth++) {
    if (typeof node !== "object" || node === null) return document;
    const keys = Object.keys(node);
    const key = keys[pick(Math.max(1, keys.length))];
    if (key === undefined) return document;
    const child: unknown = Reflect.get(node, key);
    if (pick(3) === 0 || typeof child !== "object" || child === null) {
      if (value === undefined) Reflect.deleteProperty(node, key);
      else Reflect.set(node, key, value);
      return document;
    }
    node = child;
  }
  return document;
}
