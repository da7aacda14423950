import { canonicalJson, type Json } from "@/lib/domain/crypto/canonical-json";
import { base64url, sha256 } from "@/lib/domain/crypto/sha256";
import type { EntryBody } from "./event";

const utf8 = new TextEncoder();

/** The text that is hashed and stored for an entry: JCS (RFC 8785) of its body. */
export function canonicalBody(body: EntryBody): string {
  return canonicalJson(body);
}

/** Leaf hash, 32 bytes: SHA-256(0x00 ‖ UTF-8 of the canonical body) (RFC 9162 §2.1.1). */
export function leafHash(canonical: string): Uint8Array {
  return prefixed(Uint8Array.of(0), utf8.encode(canonical));
}

/**
 * What the body says about its detail: base64url SHA-256(salt ‖ UTF-8 of JCS(detail)).
 * `salt` is 16 or more random bytes; once salt and detail are destroyed the commitment tells nothing.
 */
export function commitment(salt: Uint8Array, detail: Json): string {
  if (salt.length < 16) throw new RangeError("a salt of 16 bytes or more is needed");
  return base64url(prefixed(salt, utf8.encode(canonicalJson(detail))));
}

function prefixed(prefix: Uint8Array, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(prefix.length + data.length);
  bytes.set(prefix);
  bytes.set(data, prefix.length);
  return sha256(bytes);
}
