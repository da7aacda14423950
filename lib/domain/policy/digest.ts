import { canonicalJson } from "@/lib/domain/crypto/canonical-json";
import { base64url, sha256 } from "@/lib/domain/crypto/sha256";
import type { EvaluationRequest } from "./request";

/**
 * The identity of "that exact request", to which a grant is bound: base64url SHA-256 of JCS (RFC 8785) of subject,
 * action, resource and what of the context bears on authority. How the agent explains itself (`purpose`,
 * `reasoning`) and which try it is (`step`, `traceId`) are left out, since a retry says them anew.
 */
export function requestDigest(request: EvaluationRequest): string {
  const { subject, action, resource, context } = request;
  const { cluster, records, spend, dataClass, destination } = context;
  return base64url(
    sha256(
      canonicalJson({
        subject,
        action,
        resource,
        context: { cluster, records, spend, dataClass, destination },
      }),
    ),
  );
}

/**
 * The target that a person confirms for good under `confirm: new-target`: action and resource, since leave to read
 * from a payee is no leave to pay it. Unambiguous: neither action nor type can hold a space or a colon.
 */
export function requestTarget({ action, resource }: EvaluationRequest): string {
  return `${action.name} ${resource.type}:${resource.id}`;
}
