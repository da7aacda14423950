import type { AgentKind, Tier } from "@/lib/domain/agent/tier";
import type { ContainmentLevel } from "@/lib/domain/containment/level";
import type { Measure, Period } from "@/lib/domain/policy/budgets";
import type { Outcome } from "@/lib/domain/policy/reasons";
import type { ActionOutcome } from "./event";
import type { SignalName } from "./signal";

/** Requests in one hour or day. Records and spend (minor units) are those of allowed requests. */
export type OutcomeBucket = {
  /** start, ISO; UTC */
  readonly at: string;
  readonly allow: number;
  readonly hold: number;
  readonly block: number;
  readonly deny: number;
  readonly records: number;
  readonly spend: number;
};

export type OutcomesOverTime = {
  readonly step: "hour" | "day";
  /** one for each step, also where nothing happened; oldest first */
  readonly buckets: readonly OutcomeBucket[];
};

/** An act (cluster, action, resource type) with its share of the agent's requests, now and before. */
export type MixRow = {
  readonly cluster: string;
  readonly action: string;
  readonly resourceType: string;
  readonly now: number;
  readonly baseline: number;
  /** 0–1 */
  readonly nowShare: number;
  readonly baselineShare: number;
};

export type ActionMix = {
  readonly currentDays: number;
  readonly baselineDays: number;
  /** most frequent first, now and baseline taken together */
  readonly rows: readonly MixRow[];
};

/** Steps from cluster to cluster within traces. */
export type ClusterFlow = {
  readonly clusters: readonly { readonly cluster: string; readonly requests: number }[];
  readonly links: readonly { readonly from: string; readonly to: string; readonly steps: number }[];
};

export type BudgetBurn = {
  /** ISO 4217; null where the manifest has no spend budget */
  readonly currency: string | null;
  /** what the manifest in force allows, and what is used of the current period; spend in minor units */
  readonly limits: readonly {
    readonly measure: Measure;
    readonly period: Period;
    readonly limit: number;
    readonly used: number;
  }[];
  /** per UTC day, oldest first */
  readonly days: readonly {
    readonly day: string;
    readonly requests: number;
    readonly records: number;
    readonly spend: number;
  }[];
};

export type FactorView = {
  readonly signal: SignalName;
  readonly label: string;
  /** 0–1 */
  readonly value: number;
  readonly points: number;
  readonly adjustedPoints: number;
  readonly explained: boolean;
  readonly words: string;
  /** decisions, for /ledger/[seq] */
  readonly seqs: readonly number[];
};

export type ExplanationView = {
  readonly id: string;
  readonly signal: SignalName;
  readonly label: string;
  readonly level: number;
  readonly until: string;
  readonly at: string;
  readonly by: { readonly id: string; readonly name: string };
  /** null where the reader may not read words */
  readonly reason: string | null;
  readonly seq: number;
};

export type AssessmentView = {
  readonly at: string;
  readonly formula: string;
  /** 0–100, in force: explained levels taken off */
  readonly score: number;
  /** 0–100, without explanations */
  readonly rawScore: number;
  /** most points first; without those that have none */
  readonly factors: readonly FactorView[];
  readonly explanations: readonly ExplanationView[];
};

export type RiskPoint = {
  readonly at: string;
  readonly score: number;
  readonly rawScore: number;
  readonly formula: string;
  readonly seq: number;
  readonly factors: readonly { readonly signal: string; readonly points: number }[];
};

/** What stands on the same axis as the score. */
export type RiskMark = {
  readonly at: string;
  readonly kind: "approved" | "contained" | "lifted" | "explained";
  readonly label: string;
  readonly seq: number;
};

export type RiskOverTime = {
  readonly points: readonly RiskPoint[];
  readonly marks: readonly RiskMark[];
  readonly thresholds: { readonly review: number; readonly contain: number } | null;
};

/** One request in the reasoning scatter. Distances: 0 near, 1 far. */
export type ReasoningPoint = {
  readonly seq: number;
  readonly at: string;
  readonly cluster: string | null;
  readonly action: string | null;
  readonly resourceType: string | null;
  readonly outcome: Outcome;
  readonly reasoningDistance: number;
  readonly actDistance: number;
  readonly model: string;
};

export type SpanView = {
  readonly spanId: string;
  readonly parentSpanId: string | null;
  readonly name: string;
  readonly operation: string | null;
  readonly model: string | null;
  readonly tool: string | null;
  readonly status: "unset" | "ok" | "error";
  readonly errorType: string | null;
  readonly startAt: string;
  readonly ms: number;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  /** the decision that this span carried out, where it is known */
  readonly decisionSeq: number | null;
  /** prompts and answers as JSON text; null unless the manifest keeps them and the reader may read words */
  readonly messages: string | null;
};

export type NeighbourView = {
  readonly seq: number;
  readonly at: string;
  readonly cluster: string | null;
  readonly action: string | null;
  readonly resourceType: string | null;
  readonly outcome: Outcome;
  readonly sameTrace: boolean;
};

/** What surrounds one decision. */
export type DecisionSurroundings = {
  readonly traceId: string | null;
  readonly outcome: {
    readonly status: ActionOutcome;
    readonly errorClass: string | null;
    readonly records: number | null;
    readonly bytes: number | null;
    readonly at: string;
    readonly reportSeq: number;
  } | null;
  readonly reasoningDistance: number | null;
  readonly actDistance: number | null;
  readonly distanceModel: string | null;
  readonly spans: readonly SpanView[];
  /** the agent's requests before and after, oldest first, without this one */
  readonly neighbours: readonly NeighbourView[];
};

export type PortfolioRow = {
  readonly agentId: string;
  readonly name: string;
  readonly tier: Tier;
  readonly kind: AgentKind;
  readonly containment: ContainmentLevel | null;
  readonly score: number;
  readonly rawScore: number | null;
  /** a week ago; null where it was not measured then */
  readonly scoreBefore: number | null;
  /** the last seven days */
  readonly requests: number;
  readonly refused: number;
};
