import { canonicalJson } from "@/lib/domain/crypto/canonical-json";
import { base64url, sha256 } from "@/lib/domain/crypto/sha256";

/** What has to be typed before the firm-wide switch can be thrown. */
export const FIRM_STOP_PHRASE = "stop all agents";

/** SHA-256 of JCS (RFC 8785) of what is signed, base64url: the passkey's challenge. */
export function firmStopDigest(statement: {
  readonly personId: string;
  readonly reason: string;
}): string {
  return base64url(sha256(canonicalJson({ act: "firm.stop", ...statement })));
}
