import { compareTier, type Tier } from "@/lib/domain/agent/tier";
import type { ReasonCode } from "@/lib/domain/policy/reasons";
import type { ContainmentLevel } from "./level";
import { strictness } from "./rules";

/** The rules that contain by themselves, strictest first; of two that fire, the earlier one acts. Ledgers hold these names: never rename one. */
export const CONTAINMENT_RULES = {
  "denied-proofs": "stopped",
  "semantic-pivot": "quarantine",
  "class-escalation": "quarantine",
  "score-contain": "quarantine",
  "score-review": "confirm-all",
  "budget-exhausted": "throttle",
} as const satisfies Record<string, ContainmentLevel>;
export type ContainmentRule = keyof typeof CONTAINMENT_RULES;

/** What each rule looks for, in words. */
export const RULE_MEANING: Readonly<Record<ContainmentRule, string>> = {
  "denied-proofs": "three denied proofs within a minute",
  "semantic-pivot": "a semantic pivot by an agent of tier high or critical",
  "class-escalation": "a rise in data class by an agent of tier high or critical",
  "score-contain": "the risk score reached the manifest's containment threshold",
  "score-review": "the risk score reached the manifest's review threshold",
  "budget-exhausted": "a budget is used up",
};

/** A rule as a ledger names it, in words; a name that this version does not know is shown as it is. */
export function ruleInWords(rule: string): string {
  return isContainmentRule(rule) ? RULE_MEANING[rule] : rule;
}

function isContainmentRule(rule: string): rule is ContainmentRule {
  return Object.hasOwn(CONTAINMENT_RULES, rule);
}

export type Thresholds = { readonly review: number; readonly contain: number };

/** Firm policy for an agent without a manifest in force; a manifest's own thresholds go before these. */
export const DEFAULT_THRESHOLDS: Readonly<Record<Tier, Thresholds>> = {
  low: { review: 70, contain: 90 },
  moderate: { review: 60, contain: 85 },
  high: { review: 50, contain: 75 },
  critical: { review: 40, contain: 65 },
};

const DENIED_PROOFS_MAX = 3;
const MINUTE_MS = 60_000;

/**
 * Denials that speak of a stolen or forged credential. A late clock, an ended token and a malformed header are not among
 * them: a broken agent is no thief.
 */
export const DENIED_PROOFS: readonly ReasonCode[] = [
  "proof_signature_invalid",
  "proof_method_mismatch",
  "proof_url_mismatch",
  "proof_replayed",
  "proof_token_mismatch",
  "intent_mismatch",
  "token_signature_invalid",
  "token_key_mismatch",
  "token_agent_mismatch",
  "agent_key_unknown",
];

/** Blocks that may mean a budget is used up. */
export const BUDGET_REASONS: readonly ReasonCode[] = [
  "budget_requests",
  "budget_records",
  "budget_spend",
];

/** From these values on (0–1), one signal by itself is enough. */
const AT_ONCE = [
  { signal: "pivot", from: 0.5, rule: "semantic-pivot" },
  { signal: "class", from: 0.8, rule: "class-escalation" },
] as const;

export type TriggerFacts = {
  readonly tier: Tier;
  /** 0–100 */
  readonly score: number;
  readonly thresholds: Thresholds;
  /** signals of lib/domain/behaviour as measured (0–1), by name; those that a person has answered by lifting are left out */
  readonly signals: Readonly<Partial<Record<string, number>>>;
  /** most of DENIED_PROOFS within any one minute */
  readonly deniedProofsLastMinute: number;
  readonly budgetExhausted: boolean;
  readonly containment: ContainmentLevel | null;
  /** the score at which a person last lifted a containment: up to it the score rules are answered; null: never */
  readonly liftedAtScore?: number | null;
};

export type Trigger = { readonly level: ContainmentLevel; readonly rule: ContainmentRule };

/** The containment that the rules ask for now: always stricter than the present one, or null. */
export function triggersFor(facts: TriggerFacts): Trigger | null {
  const fired = new Set(firedRules(facts));
  for (const [rule, level] of Object.entries(CONTAINMENT_RULES)) {
    if (!isContainmentRule(rule) || !fired.has(rule)) continue;
    return strictness(level) > strictness(facts.containment) ? { level, rule } : null;
  }
  return null;
}

function firedRules(facts: TriggerFacts): readonly ContainmentRule[] {
  const { score, thresholds, tier } = facts;
  const fired: ContainmentRule[] = [];
  if (facts.deniedProofsLastMinute >= DENIED_PROOFS_MAX) fired.push("denied-proofs");
  if (compareTier(tier, "high") >= 0) {
    for (const { signal, from, rule } of AT_ONCE) {
      if ((facts.signals[signal] ?? 0) >= from) fired.push(rule);
    }
  }
  const unanswered = score > (facts.liftedAtScore ?? -1);
  if (unanswered && score >= thresholds.contain) fired.push("score-contain");
  if (unanswered && score >= thresholds.review) fired.push("score-review");
  if (facts.budgetExhausted) fired.push("budget-exhausted");
  return fired;
}

/** Most of the instants (epoch ms, in any order) that lie within one minute. */
export function mostInAMinute(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  let most = 0;
  let from = 0;
  sorted.forEach((at, index) => {
    while ((sorted[from] ?? at) <= at - MINUTE_MS) from += 1;
    most = Math.max(most, index - from + 1);
  });
  return most;
}
