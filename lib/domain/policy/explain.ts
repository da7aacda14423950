import type { Decision } from "./decision";
import type { Facts, Finding } from "./finding";
import { nearestRule } from "./nearest";
import { REASONS } from "./reasons";
import { findingWords } from "./words";

/** Turn an objection into a decision that a person can act on. Off the fast path: only for blocks and holds. */
export function explain(finding: Finding, facts: Facts): Decision {
  const { reason } = finding;
  const outcome = REASONS[reason];
  const { sentence, miss } = findingWords(finding, facts);
  const rule = "rule" in finding ? finding.rule : null;
  const cluster = facts.manifest.clusters.get(facts.request.context.cluster);
  // Nothing comes near what is never allowed, and a hold is inside the manifest already.
  const seeksNearest = outcome === "block" && reason !== "never_rule";
  return {
    outcome,
    reason,
    sentence,
    clusterId: cluster?.id ?? null,
    ruleIndex: rule?.index ?? null,
    neverRuleId: finding.reason === "never_rule" ? finding.never.id : null,
    miss,
    nearest: seeksNearest ? nearestRule(facts, rule, miss) : null,
    grantId: null,
  };
}
