import { sha256 as nobleSha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { AppError } from "@/lib/domain/errors";

const utf8 = new TextEncoder();
const URL_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** SHA-256 (FIPS 180-4), 32 bytes. A string counts as its UTF-8 bytes. Runs in the browser too. */
export function sha256(data: Uint8Array | string): Uint8Array {
  return nobleSha256(typeof data === "string" ? utf8.encode(data) : data);
}

/** base64url without padding (RFC 4648 §5). */
export function base64url(bytes: Uint8Array): string {
  let out = "";
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = ((buffer << 8) | byte) & 0xffff;
    for (bits += 8; bits >= 6; ) {
      bits -= 6;
      out += URL_ALPHABET.charAt((buffer >> bits) & 63);
    }
  }
  return bits > 0 ? out + URL_ALPHABET.charAt((buffer << (6 - bits)) & 63) : out;
}

/**
 * The bytes of an unpadded base64url text. Throws AppError("invalid") for any other character, for padding and
 * for left-over bits that aren't zero, so that one value has one spelling.
 */
export function fromBase64url(text: string): Uint8Array {
  const out = new Uint8Array(Math.floor((text.length * 6) / 8));
  let buffer = 0;
  let bits = 0;
  let length = 0;
  for (const char of text) {
    const digit = URL_ALPHABET.indexOf(char);
    if (digit < 0) throw new AppError("invalid", "This is not base64url.");
    buffer = ((buffer << 6) | digit) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out[length++] = (buffer >> bits) & 0xff;
    }
  }
  if (bits >= 6 || (buffer & ((1 << bits) - 1)) !== 0) {
    throw new AppError("invalid", "This is not base64url: it ends in the middle of a byte.");
  }
  return out;
}

/** base64 with padding (RFC 4648 §4), as C2SP notes use it. */
export function base64(bytes: Uint8Array): string {
  const text = base64url(bytes).replaceAll("-", "+").replaceAll("_", "/");
  return text + "=".repeat((4 - (text.length % 4)) % 4);
}

/** The bytes of a padded base64 text. As strict as `fromBase64url`: one value has one spelling. */
export function fromBase64(text: string): Uint8Array {
  const bytes = fromBase64url(
    text
      .replace(/={1,2}$/, "")
      .replaceAll("-", "?")
      .replaceAll("_", "?")
      .replaceAll("+", "-")
      .replaceAll("/", "_"),
  );
  if (base64(bytes) !== text) throw new AppError("invalid", "This is not padded base64.");
  return bytes;
}

/** Lower-case hexadecimal. */
export function hex(bytes: Uint8Array): string {
  return bytesToHex(bytes);
}

/** Compare secrets or digests without telling by the time taken where they differ; unequal lengths are unequal. */
export function constantTimeEqual(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= (a[i] ?? 0) ^ (b[i] ?? 0);
  return difference === 0;
}
