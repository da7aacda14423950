import { describe, expect, it } from "vitest";
import { sampleManifest } from "@/testing/arbitrary-manifest";
import { buildClaims, ManifestTokenClaims, type TokenFacts } from "./token";

const digest = "a".repeat(43);
const facts: TokenFacts = {
  issuer: "https://gateway.bank.example",
  tokenId: "mtk_1",
  now: new Date("2026-03-01T10:00:00.500Z"),
  manifestId: "mft_a",
  version: 3,
  digest,
  manifest: sampleManifest(),
  key: { jkt: "k".repeat(43), notBefore: new Date("2026-02-01T00:00:00Z"), notAfter: null },
  approvals: [
    {
      sponsorId: "per_a",
      stage: "final",
      assurance: "passkey",
      statementDigest: digest,
      at: new Date("2026-03-01T09:59:00Z"),
    },
  ],
  sponsorId: "per_a",
};
const at = (iso: string) => Date.parse(iso) / 1000;

describe("the claims of a manifest token", () => {
  it("can be read back", () => {
    const claims = buildClaims(facts);
    expect(ManifestTokenClaims.parse(JSON.parse(JSON.stringify(claims)))).toEqual(claims);
  });

  it("say whose authority it is, bound to the key, and who answers for it", () => {
    expect(buildClaims(facts)).toMatchObject({
      iss: facts.issuer,
      sub: "agt_sample00001",
      cnf: { jkt: facts.key.jkt },
      authorization_details: [
        {
          type: "intent_manifest",
          manifest_id: "mft_a",
          version: 3,
          digest,
          actions: ["list", "post", "read"],
          datatypes: ["invoice", "ledger-entry", "letter-of-credit"],
        },
      ],
      sponsor: { id: "per_a" },
      approvals: [
        { sponsor: "per_a", stage: "final", assurance: "passkey", at: "2026-03-01T09:59:00.000Z" },
      ],
    });
  });

  it("count as long as both manifest and key do", () => {
    expect(buildClaims(facts)).toMatchObject({
      nbf: at("2026-02-01T00:00:00Z"),
      exp: at("2026-12-31T00:00:00Z"),
    });
    const key = {
      ...facts.key,
      notBefore: new Date("2025-01-01T00:00:00Z"),
      notAfter: new Date("2026-06-01T00:00:00Z"),
    };
    expect(buildClaims({ ...facts, key })).toMatchObject({
      nbf: at("2026-01-01T00:00:00Z"),
      exp: at("2026-06-01T00:00:00Z"),
    });
  });

  it("are none where the span is over or empty", () => {
    expect(buildClaims({ ...facts, now: new Date("2027-01-01T00:00:00Z") })).toBeNull();
    const key = { ...facts.key, notBefore: new Date("2027-01-01T00:00:00Z") };
    expect(buildClaims({ ...facts, key })).toBeNull();
  });
});
