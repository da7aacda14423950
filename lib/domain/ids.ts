const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/** Prefixed id of five bits a byte, e.g. `agt_3k9…`: pseudonymous, safe in a URL, sorts by nothing. */
export function idFromBytes(prefix: string, bytes: Uint8Array): string {
  let out = "";
  for (const byte of bytes) out += ALPHABET[byte & 31];
  return `${prefix}_${out}`;
}
