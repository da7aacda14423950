import { REASONS, type ReasonCode } from "@/lib/domain/policy/reasons";
import type { DecisionAnswer } from "@/lib/server/decision/item";

/** What is wrong with who asks rather than with what is asked: HTTP 401, with the error code of RFC 9449 §7.1 or RFC 6750 §3.1. */
const CREDENTIAL_ERROR: Partial<Record<ReasonCode, "invalid_dpop_proof" | "invalid_token">> = {
  proof_missing: "invalid_dpop_proof",
  proof_malformed: "invalid_dpop_proof",
  proof_signature_invalid: "invalid_dpop_proof",
  proof_method_mismatch: "invalid_dpop_proof",
  proof_url_mismatch: "invalid_dpop_proof",
  proof_stale: "invalid_dpop_proof",
  proof_from_future: "invalid_dpop_proof",
  proof_replayed: "invalid_dpop_proof",
  proof_token_mismatch: "invalid_dpop_proof",
  intent_mismatch: "invalid_dpop_proof",
  token_missing: "invalid_token",
  token_malformed: "invalid_token",
  token_signature_invalid: "invalid_token",
  token_key_mismatch: "invalid_token",
  token_agent_mismatch: "invalid_token",
  token_expired: "invalid_token",
  token_not_yet_valid: "invalid_token",
  manifest_superseded: "invalid_token",
  manifest_revoked: "invalid_token",
  agent_unknown: "invalid_token",
  agent_key_unknown: "invalid_token",
  agent_key_expired: "invalid_token",
  agent_key_suspect: "invalid_token",
};

const ASK_AGAIN_S = 5;
const HOW: Readonly<Record<"open" | "upheld" | "amended", string>> = {
  open: "Send the same request again with a new proof once a person has answered; a leave that is given holds for exactly this request, once.",
  upheld: "A person has looked at this request and refused it. Asking again changes nothing.",
  amended: "A change of the manifest is being prepared. Ask again once a new manifest is in force.",
};

/** The `WWW-Authenticate` of a 401 for this reason; null where the reason is not about who asks. */
export function challenge(reason: ReasonCode): Readonly<Record<string, string>> | null {
  const error = CREDENTIAL_ERROR[reason];
  return error === undefined ? null : { "www-authenticate": `DPoP error="${error}", algs="EdDSA"` };
}

/** The AuthZEN 1.0 answer (§6.2) for a decision, with its HTTP status. `webUrl`: where people review. */
export function evaluationAnswer(answer: DecisionAnswer, webUrl: string) {
  const { outcome, reason, sentence, sponsorId, seq, review } = answer;
  const headers = challenge(reason);
  return {
    status: headers === null ? 200 : 401,
    headers: headers ?? {},
    body: {
      decision: outcome === "allow",
      context: {
        outcome,
        reason_code: reason,
        reason: sentence,
        sponsor: sponsorId,
        seq: seq === null ? null : Number(seq),
        request_digest: answer.requestDigest,
        ...(review && {
          review: {
            id: review.id,
            url: `${webUrl}/reviews/${review.id}`,
            state: review.state,
            ...(review.state === "open"
              ? { retry: { after_seconds: ASK_AGAIN_S, how: HOW.open } }
              : { how: HOW[review.state] }),
          },
        }),
      },
    },
  };
}

/** The answer to a request that was refused before anything was decided, and that no ledger holds. */
export function refusedUnrecorded(reason: ReasonCode, sentence: string, digest: string) {
  const answer: DecisionAnswer = {
    outcome: REASONS[reason],
    reason,
    sentence,
    sponsorId: null,
    seq: null,
    review: null,
    grantId: null,
    requestDigest: digest,
  };
  return evaluationAnswer(answer, "");
}

/** The database can't be written or has not been heard of: nothing is allowed. `ledger_unavailable` is no ledger reason. */
export const UNAVAILABLE = {
  status: 503,
  headers: { "retry-after": "1" },
  body: {
    decision: false,
    context: {
      outcome: "deny",
      reason_code: "ledger_unavailable",
      reason:
        "Decisions can't be recorded at the moment, so nothing is allowed. Ask again shortly.",
    },
  },
} as const;
