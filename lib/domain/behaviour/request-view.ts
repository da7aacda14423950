import type { Tier } from "@/lib/domain/agent/tier";
import type { ContainmentLevel } from "@/lib/domain/containment/level";
import type { DecisionDetail } from "@/lib/domain/policy/decision-detail";
import type { Outcome } from "@/lib/domain/policy/reasons";
import type { EvaluationRequest } from "@/lib/domain/policy/request";
import type { ActionOutcome } from "./event";

type Named = { readonly id: string; readonly name: string };

/** A rule of a manifest; `text` is null where the manifest can't be read. */
export type RuleView = {
  readonly clusterId: string;
  /** from 0 */
  readonly ruleIndex: number;
  readonly text: string | null;
};

/** One step of the same trace. */
export type TraceStep = {
  readonly seq: number;
  readonly at: string;
  readonly step: number | null;
  readonly cluster: string | null;
  readonly action: string | null;
  readonly resourceType: string | null;
  readonly outcome: Outcome;
  /** what the act came to, where it is known */
  readonly actionOutcome: ActionOutcome | null;
};

/** One decided request: what was asked and why, and how it was answered. Times are ISO 8601. */
export type RequestView = {
  /** ledger position */
  readonly seq: number;
  readonly at: string;
  readonly agent: Named & { readonly tier: Tier };
  /** accountable then */
  readonly sponsor: Named | null;
  readonly outcome: Outcome;
  readonly reason: string;
  /** the reason in a few words, and what it means */
  readonly reasonTitle: string;
  readonly reasonMeaning: string;
  readonly riskScore: number;
  readonly containment: ContainmentLevel | null;
  readonly simulated: boolean;
  readonly review: {
    readonly id: string;
    readonly state: string;
    readonly resolution: string | null;
  } | null;
  /** decided on a single-use grant */
  readonly granted: boolean;
  readonly manifest: {
    readonly id: string;
    readonly version: number;
    readonly goal: string | null;
    /** of the cluster that was declared; null where the manifest has none of that name */
    readonly clusterPurpose: string | null;
  } | null;
  readonly currency: string | null;
  readonly cluster: string | null;
  /** action and type of resource, from the entry itself */
  readonly asked: string | null;
  /** `withheld`: the reader's roles do not read details; `erased`: nobody can any more */
  readonly request: EvaluationRequest | "withheld" | "erased";
  readonly sentence: string;
  /** the rule that covers the request, matched or, with `miss`, nearly so */
  readonly rule: RuleView | null;
  readonly miss: DecisionDetail["miss"];
  readonly nearest: (RuleView & { readonly differs: readonly string[] }) | null;
  /** why the manifest never allows it */
  readonly never: { readonly id: string; readonly because: string } | null;
  /** all steps of its trace, oldest first, itself among them; empty where there is no trace */
  readonly trace: readonly TraceStep[];
};
