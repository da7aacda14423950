import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  base64,
  base64url,
  constantTimeEqual,
  fromBase64,
  fromBase64url,
  hex,
  sha256,
} from "./sha256";

const bytes = fc.uint8Array({ maxLength: 200 });

describe("sha256", () => {
  it("agrees with OpenSSL on bytes and on text", () => {
    fc.assert(
      fc.property(bytes, fc.string({ unit: "grapheme" }), (data, text) => {
        expect(hex(sha256(data))).toBe(createHash("sha256").update(data).digest("hex"));
        expect(hex(sha256(text))).toBe(createHash("sha256").update(text, "utf8").digest("hex"));
      }),
    );
  });
});

describe("base64", () => {
  it("agrees with Node and goes round", () => {
    fc.assert(
      fc.property(bytes, (data) => {
        expect(base64url(data)).toBe(Buffer.from(data).toString("base64url"));
        expect(base64(data)).toBe(Buffer.from(data).toString("base64"));
        expect(fromBase64url(base64url(data))).toEqual(data);
        expect(fromBase64(base64(data))).toEqual(data);
      }),
    );
  });

  it.each(["A", "AB", "AAAAA", "AA==", "A A", "AA\n", "AA+A", "AA/A", "ÄÄ", "AAB"])(
    "refuses %j as base64url: not the one spelling",
    (text) => {
      expect(() => fromBase64url(text)).toThrow("base64url");
    },
  );

  it.each(["AA", "AA=", "AAA", "AA===", "=", "AB==", "AA-A", "AA_A", "AA==\n"])(
    "refuses %j as padded base64",
    (text) => {
      expect(() => fromBase64(text)).toThrow("base64");
    },
  );

  it("has one spelling for each value", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), (text) => {
        let decoded: Uint8Array;
        try {
          decoded = fromBase64url(text);
        } catch {
          return;
        }
        expect(base64url(decoded)).toBe(text);
      }),
    );
  });
});

describe("constantTimeEqual", () => {
  it("is equality", () => {
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        expect(constantTimeEqual(a, Uint8Array.from(a))).toBe(true);
        expect(constantTimeEqual(a, b)).toBe(hex(a) === hex(b));
      }),
    );
  });
});
