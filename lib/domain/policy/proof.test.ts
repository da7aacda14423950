import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { base64url, sha256 } from "@/lib/domain/crypto/sha256";
import { checkProof, PROOF_FUTURE_S, PROOF_MAX_AGE_S, proofExpiry, readProof } from "./proof";

const encode = (text: string): string => base64url(new TextEncoder().encode(text));
const signature = base64url(new Uint8Array(64));
const compact = (header: string, payload: string): string =>
  `${encode(header)}.${encode(payload)}.${signature}`;

const JWK = { kty: "OKP", crv: "Ed25519", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" };
const HEADER = { typ: "dpop+jwt", alg: "EdDSA", jwk: JWK };
const NOW_S = 1_790_000_000;
const URL_ = "https://gateway.example/access/v1/evaluation";
const ATH = base64url(sha256("a token"));
const INTENT = base64url(sha256("a body"));
const CLAIMS = {
  jti: "0123456789abcdef",
  htm: "POST",
  htu: URL_,
  iat: NOW_S,
  ath: ATH,
  intent: INTENT,
};
const EXPECTED = {
  method: "POST",
  url: URL_,
  now: NOW_S * 1000,
  tokenHash: ATH,
  intent: INTENT,
};

const proof = (header: object, claims: object) =>
  readProof(compact(JSON.stringify(header), JSON.stringify(claims)));

function check(claims: object, expected: object = {}) {
  const read = proof(HEADER, { ...CLAIMS, ...claims });
  if (read === null) return "proof_malformed";
  return checkProof(read, { ...EXPECTED, ...expected });
}

test("a proof in order is read and has no objection", () => {
  expect(check({})).toBeNull();
  expect(check({ more: "claims" })).toBeNull();
});

describe("each failure has its own reason", () => {
  test.each([
    ["proof_method_mismatch", { htm: "GET" }],
    ["proof_method_mismatch", { htm: "post" }],
    ["proof_url_mismatch", { htu: "https://gateway.example/other" }],
    ["proof_url_mismatch", { htu: "http://gateway.example/access/v1/evaluation" }],
    ["proof_url_mismatch", { htu: "https://gateway.example:8443/access/v1/evaluation" }],
    ["proof_url_mismatch", { htu: "not a url" }],
    ["proof_stale", { iat: NOW_S - PROOF_MAX_AGE_S - 1 }],
    ["proof_from_future", { iat: NOW_S + PROOF_FUTURE_S + 1 }],
    ["proof_token_mismatch", { ath: base64url(sha256("another token")) }],
    ["proof_token_mismatch", { ath: undefined }],
    ["intent_mismatch", { intent: base64url(sha256("another body")) }],
    ["intent_mismatch", { intent: undefined }],
  ])("%s: %o", (reason, claims) => {
    expect(check(claims)).toBe(reason);
  });
});

test("the window is exactly as stated, at both ends", () => {
  expect(check({ iat: NOW_S - PROOF_MAX_AGE_S })).toBeNull();
  expect(check({ iat: NOW_S + PROOF_FUTURE_S })).toBeNull();
});

test("a proof is remembered for longer than any gateway could accept it", () => {
  const read = proof(HEADER, CLAIMS);
  if (read === null) throw new Error("unread");
  expect(proofExpiry(read)).toBeGreaterThan((NOW_S + PROOF_MAX_AGE_S + PROOF_FUTURE_S) * 1000);
});

test("without a token or a body there is nothing for ath and intent to match", () => {
  expect(
    check({ ath: undefined, intent: undefined }, { tokenHash: null, intent: null }),
  ).toBeNull();
});

describe("malformed proofs", () => {
  test.each([
    ["another algorithm", { ...HEADER, alg: "ES256" }, CLAIMS],
    ["no algorithm", { ...HEADER, alg: "none" }, CLAIMS],
    ["an HMAC keyed with the public key", { ...HEADER, alg: "HS256" }, CLAIMS],
    ["another type", { ...HEADER, typ: "JWT" }, CLAIMS],
    ["no key", { ...HEADER, jwk: undefined }, CLAIMS],
    ["a symmetric key", { ...HEADER, jwk: { kty: "oct", k: JWK.x } }, CLAIMS],
    ["another curve", { ...HEADER, jwk: { ...JWK, crv: "X25519" } }, CLAIMS],
    ["a short key", { ...HEADER, jwk: { ...JWK, x: "AAAA" } }, CLAIMS],
    ["a private key", { ...HEADER, jwk: { ...JWK, d: JWK.x } }, CLAIMS],
    ["a critical extension", { ...HEADER, crit: ["exp"] }, CLAIMS],
    ["a short jti", HEADER, { ...CLAIMS, jti: "short" }],
    ["a long jti", HEADER, { ...CLAIMS, jti: "x".repeat(129) }],
    ["a jti with a NUL", HEADER, { ...CLAIMS, jti: "0123456789abcde\u0000" }],
    ["an iat that is no number", HEADER, { ...CLAIMS, iat: "1790000000" }],
    ["no iat", HEADER, { ...CLAIMS, iat: undefined }],
    ["an ath that is no digest", HEADER, { ...CLAIMS, ath: "x" }],
  ])("%s", (_, header, claims) => {
    expect(proof(header, claims)).toBeNull();
  });

  test("a member name twice, in header or payload, however it is escaped", () => {
    const header = JSON.stringify(HEADER);
    const claims = JSON.stringify(CLAIMS);
    const twice = (text: string, member: string) => text.replace("{", `{${member},`);
    expect(readProof(compact(twice(header, '"alg":"none"'), claims))).toBeNull();
    expect(readProof(compact(header, twice(claims, '"jti":"0000000000000000"')))).toBeNull();
    expect(readProof(compact(header, twice(claims, '"\\u006ati":"0000000000000000"')))).toBeNull();
  });

  test("what is not a compact JWS of three strict base64url parts", () => {
    const good = compact(JSON.stringify(HEADER), JSON.stringify(CLAIMS));
    expect(readProof(good)).not.toBeNull();
    for (const bad of [
      "",
      ".",
      "..",
      "a.b.c",
      `${good}.`,
      `${good}=`,
      `${good}A`,
      ` ${good}`,
      good.replace(".", ".."),
      good.slice(0, -1),
      `${good.slice(0, -1)}B`,
      `${encode(JSON.stringify(HEADER))}.${encode("[1]")}.${signature}`,
      `${encode(JSON.stringify(HEADER))}.${base64url(new Uint8Array([0x22, 0xff, 0x22]))}.${signature}`,
      "x".repeat(5000),
    ]) {
      expect(readProof(bad)).toBeNull();
    }
  });

  test("nothing that can be sent makes reading throw", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => readProof(text) === null));
    fc.assert(
      fc.property(fc.json(), fc.json(), (header, claims) => {
        readProof(compact(header, claims));
      }),
    );
  });
});

const Vectors = z.object({
  cases: z.array(
    z.object({
      name: z.string(),
      ref: z.string().optional(),
      proof: z.string().optional(),
      access_token: z.string().optional(),
      authorization_scheme: z.string().optional(),
      request: z.object({ method: z.string(), url: z.string() }).optional(),
      now: z.number().optional(),
      expect: z.string(),
    }),
  ),
});
const { cases } = Vectors.parse(
  JSON.parse(
    readFileSync(
      path.resolve(import.meta.dirname, "../../../testing/vectors/dpop-rfc9449.json"),
      "utf8",
    ),
  ),
);

describe("the examples of RFC 9449", () => {
  const REASON: Readonly<Record<string, string>> = {
    "reject (iat stale)": "proof_stale",
    "reject (htm)": "proof_method_mismatch",
    "reject (htu)": "proof_url_mismatch",
    "reject (ath)": "proof_token_mismatch",
    "reject (ath missing)": "proof_token_mismatch",
  };
  // A second use and the Bearer scheme are matters of the gateway, and tested there.
  const claimsOnly = cases.filter(
    (one) => one.authorization_scheme === undefined && !one.expect.includes("replay"),
  );

  test.each(claimsOnly)("$name: $expect", (one) => {
    const base = cases.find((other) => other.name === one.ref) ?? one;
    const text = one.proof ?? base.proof ?? "";
    // Signed with ES256, which we don't take: the claims are read under a header of ours.
    expect(readProof(text)).toBeNull();
    const read = readProof(`${encode(JSON.stringify(HEADER))}.${text.split(".")[1]}.${signature}`);
    if (read === null) throw new Error("unread");
    const token = one.access_token ?? base.access_token;
    const request = one.request ?? base.request ?? cases[1]?.request ?? { method: "", url: "" };
    const [url = ""] = request.url.split(/[?#]/);
    const reason = checkProof(read, {
      method: request.method,
      url,
      now: (one.now ?? NOW_S) * 1000,
      tokenHash: token === undefined ? null : base64url(sha256(token)),
      intent: null,
    });
    expect(reason).toBe(one.expect.startsWith("accept") ? null : REASON[one.expect]);
  });
});

test("htu is compared after normalisation, without query and fragment", () => {
  for (const htu of [
    `${URL_}?x=1#f`,
    "HTTPS://Gateway.Example/access/v1/evaluation",
    "https://gateway.example:443/access/v1/evaluation",
    "https://gateway.example/x/../access/v1/evaluation",
  ]) {
    expect(check({ htu })).toBeNull();
  }
  for (const htu of [
    "https://gateway.example/access/v1/evaluation/",
    "https://user@gateway.example/access/v1/evaluation",
    "https://gateway.example/access/v1/Evaluation",
  ]) {
    expect(check({ htu })).toBe("proof_url_mismatch");
  }
});
