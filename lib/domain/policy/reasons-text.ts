import type { ReasonCode } from "./reasons";

export type ReasonText = {
  /** a few words, for tables and headings */
  readonly title: string;
  /** one or two sentences: what happened and what to do about it */
  readonly meaning: string;
};

/** The words that people read for a reason code. */
export function describeReason(reason: ReasonCode): ReasonText {
  return TEXT[reason];
}

const TEXT: Readonly<Record<ReasonCode, ReasonText>> = {
  proof_missing: {
    title: "No proof",
    meaning: "The request came without a DPoP proof. Sign each request with the agent's key.",
  },
  proof_malformed: {
    title: "Malformed request or proof",
    meaning: "The request or its proof is not well-formed. Build both with the agent client.",
  },
  proof_signature_invalid: {
    title: "Bad proof signature",
    meaning: "The proof's signature does not verify with the key that it names.",
  },
  proof_method_mismatch: {
    title: "Proof for another method",
    meaning: "The proof was made for another HTTP method. Make a new proof for each request.",
  },
  proof_url_mismatch: {
    title: "Proof for another address",
    meaning: "The proof was made for another address. Make a new proof for each request.",
  },
  proof_stale: {
    title: "Proof too old",
    meaning: "The proof is too old. Make a new one, and check the clock of the agent's machine.",
  },
  proof_from_future: {
    title: "Proof from the future",
    meaning: "The proof is dated in the future. Check the clock of the agent's machine.",
  },
  proof_replayed: {
    title: "Proof used before",
    meaning: "This proof has been used before. Each request needs a proof of its own.",
  },
  proof_token_mismatch: {
    title: "Proof for another token",
    meaning: "The proof was made for another manifest token than the one sent.",
  },
  intent_mismatch: {
    title: "Intent altered",
    meaning: "The request's body is not the one that was signed.",
  },
  token_missing: {
    title: "No manifest token",
    meaning: "The request came without a manifest token. Send the token of the approved manifest.",
  },
  token_malformed: {
    title: "Malformed manifest token",
    meaning: "The manifest token can't be read. Fetch the current token again.",
  },
  token_signature_invalid: {
    title: "Bad token signature",
    meaning: "The manifest token was not signed by this system. Fetch the current token again.",
  },
  token_key_mismatch: {
    title: "Token for another key",
    meaning: "The manifest token is bound to another key than the one that signed the proof.",
  },
  token_agent_mismatch: {
    title: "Token for another agent",
    meaning: "The request names another agent than the one that the manifest token is for.",
  },
  token_expired: {
    title: "Manifest token expired",
    meaning: "The manifest is no longer valid. The owner submits a new one for approval.",
  },
  token_not_yet_valid: {
    title: "Manifest not yet valid",
    meaning: "The manifest is approved for a later date. Ask again from then on.",
  },
  manifest_superseded: {
    title: "Manifest superseded",
    meaning: "A newer manifest is in force. Fetch its token and ask again.",
  },
  manifest_revoked: {
    title: "Manifest revoked",
    meaning: "The manifest was revoked. The owner submits a new one for approval.",
  },
  agent_unknown: {
    title: "Unknown agent",
    meaning: "No agent with this identifier is registered.",
  },
  agent_key_unknown: {
    title: "Unknown key",
    meaning: "The key that signed the proof is not one of the agent's registered keys.",
  },
  agent_key_expired: {
    title: "Key not valid",
    meaning: "The agent's key is expired or revoked. Register a new key.",
  },
  agent_key_suspect: {
    title: "Key under suspicion",
    meaning:
      "The agent's key was misused or may have been stolen. Register a new key and revoke this one.",
  },
  agent_not_in_production: {
    title: "Agent not in production",
    meaning: "The agent is registered but not in production. An administrator puts it there.",
  },
  agent_retired: {
    title: "Agent retired",
    meaning: "The agent is retired; its requests are refused for good.",
  },
  agent_quarantined: {
    title: "Agent in quarantine",
    meaning: "The agent is in quarantine. A sponsor can lift it after looking into the cause.",
  },
  agent_stopped: {
    title: "Agent stopped",
    meaning: "The agent was stopped. A sponsor can lift it after looking into the cause.",
  },
  no_manifest: {
    title: "No manifest in force",
    meaning: "The agent has no approved manifest that is valid now. The owner submits one.",
  },
  no_sponsor: {
    title: "No sponsor",
    meaning: "Nobody answers for the agent. An administrator assigns a sponsor.",
  },
  sponsor_not_competent: {
    title: "Sponsor's training lapsed",
    meaning:
      "The acting sponsor's training is not current. The sponsor renews it, or a deputy acts.",
  },
  never_rule: {
    title: "Never-rule",
    meaning: "The manifest forbids this whatever else it allows. No override can lift it.",
  },
  cluster_unknown: {
    title: "Unknown task cluster",
    meaning: "The request declares a task cluster that the manifest doesn't have.",
  },
  no_rule: {
    title: "No rule allows it",
    meaning: "No rule of the declared task cluster allows this action on this resource.",
  },
  condition_false: {
    title: "Condition not met",
    meaning: "A rule covers the action and the resource, but its condition doesn't hold.",
  },
  condition_error: {
    title: "Condition can't be evaluated",
    meaning: "A rule's condition reads something that the request lacks or gives in another type.",
  },
  data_class_exceeded: {
    title: "Data class too high",
    meaning: "The data is of a higher class than the manifest's ceiling.",
  },
  destination_outside: {
    title: "Outside the network boundary",
    meaning: "The destination is not on the manifest's list of hosts and ports.",
  },
  outside_hours: {
    title: "Outside hours",
    meaning: "The agent may not work at this time of the week.",
  },
  budget_requests: {
    title: "Request budget used up",
    meaning: "One more request would exceed a budget of requests per minute, hour or day.",
  },
  budget_records: {
    title: "Record budget exceeded",
    meaning: "The records asked for would exceed a budget of records per minute, hour or day.",
  },
  budget_spend: {
    title: "Spend budget exceeded",
    meaning: "The money asked for would exceed a budget of spend per minute, hour or day.",
  },
  risk_contain: {
    title: "Risk too high",
    meaning: "The agent's risk score has reached the manifest's containment threshold.",
  },
  risk_review: {
    title: "Risk raised",
    meaning:
      "The agent's risk score has reached the review threshold: a person confirms each request.",
  },
  contained_confirm_all: {
    title: "Every request confirmed",
    meaning: "The agent is contained: a person confirms every request that the manifest allows.",
  },
  confirm_each: {
    title: "To be confirmed",
    meaning: "The manifest allows this, but a person confirms each such request.",
  },
  confirm_new_target: {
    title: "New target",
    meaning:
      "The manifest allows this, but a person confirms the first request to each new target.",
  },
  granted_once: {
    title: "Granted once",
    meaning: "A person granted this exact request once. The grant is now used up.",
  },
  within_manifest: {
    title: "Within the manifest",
    meaning: "The approved manifest allows this request.",
  },
};
