const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/** Prefixed random id from 12 random bytes, e.g. `agt_3k9…`: pseudonymous, sortable by nothing, safe in a URL. */
export function idFromBytes(prefix: string, bytes: Uint8Array): string {
  let out = "";
  for (const byte of bytes) out += ALPHABET[byte & 31];
  return `${prefix}_${out}`;
}
