import { canonicalJson } from "@/lib/domain/crypto/canonical-json";
import { base64url, sha256 } from "@/lib/domain/crypto/sha256";

/** What a person signs with their passkey when they let a request through. */
export type OverrideStatement = {
  readonly act: "review.override" | "review.confirm-target";
  readonly reviewId: string;
  readonly agentId: string;
  readonly requestDigest: string;
  readonly personId: string;
};

/** SHA-256 of JCS (RFC 8785) of the statement, base64url: the passkey's challenge. */
export function overrideDigest(statement: OverrideStatement): string {
  return base64url(sha256(canonicalJson(statement)));
}
