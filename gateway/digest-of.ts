import { createHash } from "node:crypto";

/** base64url SHA-256 of the text's UTF-8 bytes. The system's own, several times as fast as the domain's portable one. */
export function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
