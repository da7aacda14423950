import { describe, expect, test } from "vitest";
import { keyState, PublicJwk, parsePublicJwk, thumbprint } from "./key";

// RFC 8037, appendix A.2 and A.3.
const JWK = {
  kty: "OKP",
  crv: "Ed25519",
  x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
} as const;
const text = (change: object) => JSON.stringify({ ...JWK, ...change });

test("the thumbprint is that of RFC 8037, appendix A.3", () => {
  expect(thumbprint(JWK)).toBe("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
});

test("what generators add is accepted and not kept", () => {
  expect(
    parsePublicJwk(text({ kid: "one", use: "sig", alg: "EdDSA", key_ops: ["verify"] })),
  ).toEqual(JWK);
});

describe("refused", () => {
  test("a private key, and the sentence says what to do", () => {
    const d = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";
    expect(() => parsePublicJwk(text({ d }))).toThrow(/private key.*Make a new pair/);
    expect(() => parsePublicJwk(JSON.stringify({ kty: "oct", k: "AAAA" }))).toThrow(/private key/);
  });

  test.each([
    ["31 bytes", text({ x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHUQ" })],
    ["33 bytes", text({ x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURoA" })],
    ["padding", text({ x: `${JWK.x}=` })],
    ["left-over bits", text({ x: `${JWK.x.slice(0, -1)}p` })],
    ["standard base64", text({ x: JWK.x.replace("_", "/") })],
    ["the neutral point, which signs for anybody", text({ x: `AQ${"A".repeat(41)}` })],
    ["no point of the curve", text({ x: `Ag${"A".repeat(41)}` })],
    ["X25519", text({ crv: "X25519" })],
    ["another key type", text({ kty: "EC" })],
    ["another algorithm", text({ alg: "none" })],
    ["an unknown member", text({ x5c: [] })],
    ["a list", "[]"],
    ["a member that stands twice", `{"kty":"OKP","crv":"Ed25519","x":"${JWK.x}","x":"${JWK.x}"}`],
    ["no JSON", "-----BEGIN PUBLIC KEY-----"],
    ["nothing", "  "],
    ["10 kB", `"${"x".repeat(10_000)}"`],
  ])("%s", (_, pasted) => {
    expect(() => parsePublicJwk(pasted)).toThrow(
      expect.objectContaining({ name: "AppError", code: "invalid" }),
    );
  });

  test("every value that is no object", () => {
    for (const value of [null, 1, "x", [JWK], undefined]) {
      expect(PublicJwk.safeParse(value).success).toBe(false);
    }
  });
});

test("a key is active from its first moment to just before its last", () => {
  const at = (iso: string) => new Date(iso);
  const key = {
    notBefore: at("2026-01-01T00:00:00Z"),
    notAfter: at("2026-02-01T00:00:00Z"),
    revokedAt: null,
  };
  expect(keyState(key, at("2025-12-31T23:59:59.999Z"))).toBe("not-yet");
  expect(keyState(key, at("2026-01-01T00:00:00Z"))).toBe("active");
  expect(keyState(key, at("2026-01-31T23:59:59.999Z"))).toBe("active");
  expect(keyState(key, at("2026-02-01T00:00:00Z"))).toBe("expired");
  expect(keyState({ ...key, notAfter: null }, at("2036-01-01T00:00:00Z"))).toBe("active");
  const revoked = { ...key, revokedAt: at("2026-01-15T00:00:00Z") };
  expect(keyState(revoked, at("2026-01-15T00:00:00Z"))).toBe("revoked");
  const suspect = { ...key, suspectAt: at("2026-01-10T00:00:00Z") };
  expect(keyState(suspect, at("2026-01-15T00:00:00Z"))).toBe("suspect");
});
