import type { Limit } from "./budgets";
import type { CompiledManifest, CompiledNever, CompiledRule } from "./compile";
import type { AgentState, Situation } from "./decision";
import type { EvaluationRequest } from "./request";

/** All that a decision is made from, once the agent is known to have a manifest in force. */
export type Facts = {
  readonly request: EvaluationRequest;
  readonly agent: AgentState;
  readonly situation: Situation;
  readonly manifest: CompiledManifest;
};

/** The first objection to a request, with the rule, never-rule or budget that it comes from. */
export type Finding =
  | { readonly reason: "never_rule"; readonly never: CompiledNever }
  | { readonly reason: "cluster_unknown" | "no_rule" }
  | {
      readonly reason: "budget_requests" | "budget_records" | "budget_spend";
      readonly rule: CompiledRule;
      readonly limit: Limit;
    }
  | {
      readonly reason:
        | "condition_false"
        | "condition_error"
        | "data_class_exceeded"
        | "destination_outside"
        | "outside_hours"
        | "risk_contain"
        | "risk_review"
        | "contained_confirm_all"
        | "confirm_each"
        | "confirm_new_target";
      readonly rule: CompiledRule;
    };
