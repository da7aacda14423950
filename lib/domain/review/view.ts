import type { Tier } from "@/lib/domain/agent/tier";
import type { ContainmentLevel } from "@/lib/domain/containment/level";
import type { Outcome, ReasonCode } from "@/lib/domain/policy/reasons";
import type { EvaluationRequest } from "@/lib/domain/policy/request";
import type { Assurance, Obstacle } from "./resolve";
import type { Resolution, Urgency } from "./review";

export type Named = { readonly id: string; readonly name: string };

/** One line of the queue. Times are ISO 8601. */
export type ReviewRow = {
  readonly id: string;
  readonly agent: Named & { readonly tier: Tier };
  readonly sponsor: Named | null;
  readonly outcome: "hold" | "block";
  readonly reason: ReasonCode;
  /** what was asked: with the resource's id where the reader may see it, else action and type; null: not readable */
  readonly asked: string | null;
  readonly times: number;
  readonly createdAt: string;
  readonly dueAt: string;
  /** null once resolved */
  readonly urgency: Urgency | null;
  readonly escalated: boolean;
  readonly resolution: Resolution | null;
  readonly resolvedBy: Named | null;
  readonly resolvedAt: string | null;
};

export type ReviewPage = {
  readonly rows: readonly ReviewRow[];
  readonly total: number;
  readonly page: number;
  readonly pageSize: number;
  readonly sort: string;
};

/** How many open reviews there are, by urgency; for the head of the queue and for Today. */
export type ReviewCounts = {
  readonly open: number;
  readonly overdue: number;
  readonly soon: number;
  readonly escalated: number;
};

/** A step that the agent took before. */
export type StepView = {
  readonly seq: number;
  readonly at: string;
  readonly outcome: Outcome;
  readonly reason: ReasonCode;
  readonly asked: string | null;
};

export type OptionView = {
  readonly resolution: Resolution;
  readonly label: string;
  readonly effect: string;
  readonly obstacle: Obstacle | null;
  readonly assurance: Assurance;
  /** beside the passkey, where one is asked for */
  readonly passwordAllowed: boolean;
  /** for `amend`: what would be widened, in words */
  readonly widens: readonly string[];
};

export type HistoryView = {
  readonly key: string;
  readonly at: string;
  /** ledger position, where it is an entry */
  readonly seq: number | null;
  readonly who: string;
  readonly what: string;
  /** the reason in words; null where there is none or it may not be read */
  readonly words: string | null;
};

/** Everything that a person needs to decide one review. */
export type ReviewView = {
  readonly id: string;
  readonly seq: number;
  readonly state: "open" | "resolved";
  readonly outcome: "hold" | "block";
  readonly reason: ReasonCode;
  readonly agent: Named & {
    readonly tier: Tier;
    readonly description: string;
    readonly containment: ContainmentLevel | null;
    readonly riskScore: number;
    /** what adds most to the score, in words */
    readonly riskFactors: readonly string[];
    readonly otherOpenReviews: number;
  };
  readonly owner: Named;
  readonly sponsor: Named | null;
  readonly deputy: Named | null;
  readonly manifest: {
    readonly id: string;
    readonly version: number;
    readonly inForce: boolean;
  } | null;
  readonly currency: string | null;
  readonly createdAt: string;
  readonly dueAt: string;
  readonly urgency: Urgency | null;
  readonly times: number;
  readonly escalatedAt: string | null;
  /** `withheld`: the reader's roles do not read details; `erased`: nobody can any more */
  readonly request: EvaluationRequest | "withheld" | "erased";
  /** action and type of resource, from the entry's body */
  readonly asked: string | null;
  readonly sentence: string;
  readonly miss: {
    readonly what: string;
    readonly asked?: string | number;
    readonly allowed?: string | number;
  } | null;
  readonly nearest: {
    readonly clusterId: string;
    readonly ruleIndex: number;
    /** the rule in plain English; null where its manifest can't be read */
    readonly text: string | null;
    readonly differs: readonly string[];
  } | null;
  readonly steps: readonly StepView[];
  readonly options: readonly OptionView[];
  /** what stands in the way of handing it to compliance */
  readonly escalation: Obstacle | null;
  /** the reader has a passkey to confirm with */
  readonly hasPasskey: boolean;
  /** what the form carries back, so that a stale one is refused */
  readonly seen: string;
  readonly history: readonly HistoryView[];
  readonly resolution: Resolution | null;
};
