import { ed25519 } from "@noble/curves/ed25519.js";

/**
 * Does `signature` (64 bytes) of `message` verify under the Ed25519 `publicKey` (32 bytes)? RFC 8032 §5.1.7, strict:
 * non-canonical encodings and keys or points of small order are refused, so that all verifiers agree.
 * Never throws: what can't be decoded does not verify. Runs in the browser too.
 */
export function verifyEd25519(
  signature: Uint8Array,
  message: Uint8Array,
  publicKey: Uint8Array,
): boolean {
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false;
  }
}
