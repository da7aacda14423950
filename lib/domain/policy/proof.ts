import { z } from "zod";
import { type Json, parseStrictJson } from "@/lib/domain/crypto/canonical-json";
import { fromBase64url } from "@/lib/domain/crypto/sha256";
import type { ReasonCode } from "./reasons";

/** A proof is accepted for this long after its `iat`. Short, since every proof that was seen is remembered as long. */
export const PROOF_MAX_AGE_S = 60;
/** How far the agent's clock may run ahead of ours. */
export const PROOF_FUTURE_S = 5;
/** Longer texts are not read at all. */
const PROOF_MAX_LENGTH = 4096;

const digest = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
const Header = z.looseObject({
  typ: z.literal("dpop+jwt"),
  // One algorithm, named here and not by the sender: nothing to be confused about.
  alg: z.literal("EdDSA"),
  jwk: z.looseObject({
    kty: z.literal("OKP"),
    crv: z.literal("Ed25519"),
    x: digest,
    // RFC 9449 §4.3 (7): the private part must not be there.
    d: z.undefined().optional(),
  }),
  // RFC 7515 §4.1.11: we understand no critical extension.
  crit: z.undefined().optional(),
});

const Claims = z.looseObject({
  // RFC 9449 §4.2 asks for 96 random bits or a UUID.
  jti: z.string().regex(/^[\x21-\x7e]{16,128}$/),
  htm: z.string().max(32),
  htu: z.string().max(2048),
  iat: z.number().nonnegative(),
  ath: digest.optional(),
  /** base64url SHA-256 of JCS(request body): the proof is for this very intent */
  intent: digest.optional(),
});

/** A DPoP proof that was read; whether its signature verifies is for the caller to find out. */
export type Proof = {
  readonly jwk: { readonly kty: "OKP"; readonly crv: "Ed25519"; readonly x: string };
  readonly claims: Readonly<z.infer<typeof Claims>>;
  /** what was signed, ASCII */
  readonly signed: string;
  /** 64 bytes */
  readonly signature: Uint8Array;
};

export type ProofExpected = {
  readonly method: string;
  /** the address as the agent must know it, without query and fragment */
  readonly url: string;
  /** epoch ms */
  readonly now: number;
  /** base64url SHA-256 of the token that came along (RFC 9449 §4.3 (10)); null: none came */
  readonly tokenHash: string | null;
  /** base64url SHA-256 of JCS(request body); null: the request has no body */
  readonly intent: string | null;
};

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const SIGNATURE_BYTES = 64;

/**
 * Reads a compact JWS (RFC 7515 §7.1): its header, payload and signature, each member name once.
 * Null for whatever is not exactly that.
 */
export function readJws(
  text: string,
): { header: Json; payload: Json; signed: string; signature: Uint8Array } | null {
  const end = text.lastIndexOf(".");
  const signed = text.slice(0, end);
  const [header, payload, ...more] = signed.split(".");
  if (end < 0 || header === undefined || payload === undefined || more.length > 0) return null;
  try {
    const signature = fromBase64url(text.slice(end + 1));
    if (signature.length !== SIGNATURE_BYTES) return null;
    return { header: readPart(header), payload: readPart(payload), signed, signature };
  } catch {
    return null;
  }
}

function readPart(part: string): Json {
  return parseStrictJson(utf8.decode(fromBase64url(part)));
}

/** Reads a proof (RFC 9449 §4.2); null means `proof_malformed`. */
export function readProof(text: string): Proof | null {
  if (text.length > PROOF_MAX_LENGTH) return null;
  const jws = readJws(text);
  if (jws === null) return null;
  const header = Header.safeParse(jws.header);
  const claims = Claims.safeParse(jws.payload);
  if (!(header.success && claims.success)) return null;
  const { x } = header.data.jwk;
  return {
    jwk: { kty: "OKP", crv: "Ed25519", x },
    claims: claims.data,
    signed: jws.signed,
    signature: jws.signature,
  };
}

/** What is wrong with the claims of a proof (RFC 9449 §4.3), or null. The first objection counts. */
export function checkProof({ claims }: Proof, expected: ProofExpected): ReasonCode | null {
  if (claims.htm !== expected.method) return "proof_method_mismatch";
  if (!sameUrl(claims.htu, expected.url)) return "proof_url_mismatch";
  const now = expected.now / 1000;
  if (claims.iat < now - PROOF_MAX_AGE_S) return "proof_stale";
  if (claims.iat > now + PROOF_FUTURE_S) return "proof_from_future";
  if (expected.tokenHash !== null && claims.ath !== expected.tokenHash) {
    return "proof_token_mismatch";
  }
  if (expected.intent !== null && claims.intent !== expected.intent) return "intent_mismatch";
  return null;
}

/** When a proof can't be accepted any more by any gateway (epoch ms), with a margin for clocks that differ. */
export function proofExpiry({ claims }: Proof): number {
  const MARGIN_S = 60;
  return Math.ceil((claims.iat + PROOF_MAX_AGE_S + MARGIN_S) * 1000);
}

/** RFC 9449 §4.3 (9): equal without query and fragment, after the normalisation of RFC 3986 §6.2.2 and §6.2.3. */
function sameUrl(htu: string, url: string): boolean {
  return htu === url || normalised(htu) === normalised(url);
}

function normalised(text: string): string {
  if (!URL.canParse(text)) return text;
  const url = new URL(text);
  url.search = "";
  url.hash = "";
  return url.href;
}
