/** Outcomes of a decision. */
export const OUTCOMES = ["allow", "hold", "block", "deny"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Stable reason codes, in the order in which they are checked. Never rename one: ledgers hold them. */
export const REASONS = {
  // proof and token
  proof_missing: "deny",
  proof_malformed: "deny",
  proof_signature_invalid: "deny",
  proof_method_mismatch: "deny",
  proof_url_mismatch: "deny",
  proof_stale: "deny",
  proof_from_future: "deny",
  proof_replayed: "deny",
  proof_token_mismatch: "deny",
  intent_mismatch: "deny",
  token_missing: "deny",
  token_malformed: "deny",
  token_signature_invalid: "deny",
  token_key_mismatch: "deny",
  token_agent_mismatch: "deny",
  token_expired: "deny",
  token_not_yet_valid: "deny",
  manifest_superseded: "deny",
  manifest_revoked: "deny",
  // agent and sponsor state
  agent_unknown: "deny",
  agent_key_unknown: "deny",
  agent_key_expired: "deny",
  agent_key_suspect: "deny",
  agent_not_in_production: "deny",
  agent_retired: "deny",
  agent_quarantined: "deny",
  agent_stopped: "deny",
  no_manifest: "deny",
  no_sponsor: "deny",
  sponsor_not_competent: "deny",
  // the manifest
  never_rule: "block",
  cluster_unknown: "block",
  no_rule: "block",
  condition_false: "block",
  condition_error: "block",
  data_class_exceeded: "block",
  destination_outside: "block",
  outside_hours: "block",
  budget_requests: "block",
  budget_records: "block",
  budget_spend: "block",
  risk_contain: "block",
  risk_review: "hold",
  contained_confirm_all: "hold",
  confirm_each: "hold",
  confirm_new_target: "hold",
  // allowed
  granted_once: "allow",
  within_manifest: "allow",
} as const satisfies Record<string, Outcome>;

export type ReasonCode = keyof typeof REASONS;
/** Reasons whose outcome is `deny`: not to be reviewed. */
export type DenyReason = {
  [R in ReasonCode]: (typeof REASONS)[R] extends "deny" ? R : never;
}[ReasonCode];

/** Reasons that a sponsor's single-use override can't lift. */
export function overridable(reason: ReasonCode): boolean {
  return REASONS[reason] !== "deny" && reason !== "never_rule" && REASONS[reason] !== "allow";
}
