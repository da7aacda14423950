import type { Decision } from "@/lib/domain/policy/decision";
import type { Outcome, ReasonCode } from "@/lib/domain/policy/reasons";
import type { EvaluationRequest } from "@/lib/domain/policy/request";

/** How the asker showed who it is. */
export type Credential = {
  /**
   * A fresh proof by the agent's key for exactly this request. Only then can the request charge a budget, use a
   * grant, or open a review: nobody else can do that in the agent's name.
   */
  readonly proven: boolean;
  /** RFC 7638 thumbprint of the key that signed the proof, where one did */
  readonly jkt: string | null;
  /** the manifest that the token stands for; null where no token of ours came along */
  readonly manifestId: string | null;
  /** to remember, so that the proof is good once; null where it is refused already */
  readonly proof: {
    readonly jkt: string;
    readonly jti: string;
    /** epoch ms */
    readonly expiresAt: number;
  } | null;
  /** what was found wrong before the request came here */
  readonly refusal: ReasonCode | null;
};

export type DecisionItem = {
  /** who asks: as the key or the token says, not as the request claims */
  readonly agentId: string;
  readonly request: EvaluationRequest;
  readonly at: Date;
  /** null: simulated by the seed, which has no keys; the request counts as proven */
  readonly credential: Credential | null;
};

/** A review that concerns the request. `upheld` and `amended`: a person has answered, asking again changes nothing yet. */
export type ReviewNote = {
  readonly id: string;
  readonly state: "open" | "upheld" | "amended";
};

export type DecisionAnswer = {
  readonly outcome: Outcome;
  readonly reason: ReasonCode;
  readonly sentence: string;
  readonly sponsorId: string | null;
  /** position in the ledger; null where nothing was recorded because the agent is unknown */
  readonly seq: bigint | null;
  readonly review: ReviewNote | null;
  readonly grantId: string | null;
  readonly requestDigest: string;
};

/** A decision that no rule of the manifest made: proof, token, key or manifest version. */
export function refusal(reason: ReasonCode, sentence: string): Decision {
  return {
    outcome: "deny",
    reason,
    sentence,
    clusterId: null,
    ruleIndex: null,
    neverRuleId: null,
    miss: null,
    nearest: null,
    grantId: null,
  };
}
