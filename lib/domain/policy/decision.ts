import type { Tier } from "@/lib/domain/agent/tier";
import type { ContainmentLevel } from "@/lib/domain/containment/level";
import type { CompiledManifest } from "./compile";
import type { Outcome, ReasonCode } from "./reasons";
import type { EvaluationRequest } from "./request";

/** What the agent has used in the current minute, hour and day. `spend` in minor units. */
export type Usage = { readonly requests: number; readonly records: number; readonly spend: number };
export type UsageByPeriod = { readonly minute: Usage; readonly hour: Usage; readonly day: Usage };

/** All that a decision may depend on beside the request. */
export type AgentState = {
  readonly agentId: string;
  readonly status: "registered" | "production" | "retired";
  readonly tier: Tier;
  readonly containment: ContainmentLevel | null;
  readonly riskScore: number;
  /** the acting sponsor (the deputy while the sponsor is away) */
  readonly sponsor: { readonly personId: string; readonly competent: boolean } | null;
  readonly manifest: CompiledManifest | null;
};

export type Situation = {
  /** epoch ms */
  readonly now: number;
  readonly usage: UsageByPeriod;
  /** an unused, unexpired single-use grant for exactly this request */
  readonly grantId: string | null;
  /** was this target confirmed for good in this cluster under this manifest? */
  readonly targetConfirmed: boolean;
};

/** How far the request missed: what was asked, what the manifest allows, in words and, where there is one, in figures. */
export type Miss = {
  readonly what: string;
  readonly asked?: string | number;
  readonly allowed?: string | number;
};

export type NearestRule = {
  readonly clusterId: string;
  readonly ruleIndex: number;
  /** what differs, for a person */
  readonly differs: readonly string[];
};

export type Decision = {
  readonly outcome: Outcome;
  readonly reason: ReasonCode;
  /** a sentence that a person can act on; names no person */
  readonly sentence: string;
  readonly clusterId: string | null;
  readonly ruleIndex: number | null;
  readonly neverRuleId: string | null;
  readonly miss: Miss | null;
  readonly nearest: NearestRule | null;
  /** set when a grant made the difference */
  readonly grantId: string | null;
};

export type Decide = (
  request: EvaluationRequest,
  agent: AgentState,
  situation: Situation,
) => Decision;
