import { DATA_CLASSES } from "@/lib/domain/agent/tier";
import { type Limit, toMinor } from "./budgets";
import type { CompiledManifest, CompiledNever, CompiledRule } from "./compile";
import type { AgentState, Decide, Decision } from "./decision";
import { explain } from "./explain";
import type { Facts, Finding } from "./finding";
import { type DenyReason, overridable } from "./reasons";
import { describeReason } from "./reasons-text";
import type { EvaluationRequest } from "./request";
import { eachMatch } from "./rule-index";

/**
 * Decide one request of an agent (the gateway has checked proof and token before). Pure: the same arguments always
 * give the same decision, and it never throws.
 *
 * Checked in the order of reasons.ts: agent and sponsor, never-rules, cluster and rule, condition, data class,
 * destination, hours, budgets, risk, confirm-all containment, confirmation; the first objection is the reason.
 * Where several rules of the declared cluster match and their conditions hold, the most permissive one decides
 * (`never` before `new-target` before `each`; a confirmed target counts as `never`), the first of equals.
 * A grant lifts what `overridable()` says and nothing else.
 */
export const decide: Decide = (request, agent, situation) => {
  if (!isWellFormed(request)) return denied("proof_malformed");
  const { manifest } = agent;
  const state = stateObjection(request, agent, situation.now);
  if (state !== null) return denied(state);
  if (manifest === null) return denied("no_manifest");
  const facts: Facts = { request, agent, situation, manifest };

  const never = neverMatch(manifest, request);
  if (never !== null) return settle({ reason: "never_rule", never }, facts);

  const rule = bestRule(facts);
  if (rule === null) return settle(unmatched(facts), facts);
  const finding = objection(rule, facts);
  return finding === null ? allowed(rule) : settle(finding, facts);
};

function settle(finding: Finding, facts: Facts): Decision {
  const decision = explain(finding, facts);
  const { grantId } = facts.situation;
  return grantId !== null && overridable(finding.reason) ? granted(decision, grantId) : decision;
}

/** The decision for a reason that is not for review; the gateway uses it for what it checks itself. */
export function denied(reason: DenyReason): Decision {
  return {
    outcome: "deny",
    reason,
    sentence: describeReason(reason).meaning,
    clusterId: null,
    ruleIndex: null,
    neverRuleId: null,
    miss: null,
    nearest: null,
    grantId: null,
  };
}

function allowed(rule: CompiledRule): Decision {
  return {
    outcome: "allow",
    reason: "within_manifest",
    sentence: rule.allowed,
    clusterId: rule.clusterId,
    ruleIndex: rule.index,
    neverRuleId: null,
    miss: null,
    nearest: null,
    grantId: null,
  };
}

function granted(decision: Decision, grantId: string): Decision {
  return {
    ...decision,
    outcome: "allow",
    reason: "granted_once",
    sentence: `Allowed this once: a person granted this exact request, which would have been refused otherwise (${describeReason(decision.reason).title}).`,
    nearest: null,
    grantId,
  };
}

/** The border has parsed the request; this only keeps a caller's slip from becoming an exception or an allow. */
function isWellFormed(request: unknown): request is EvaluationRequest {
  if (!isRecord(request)) return false;
  const { subject, action, resource, context } = request;
  return (
    isRecord(subject) &&
    isRecord(action) &&
    isRecord(resource) &&
    isRecord(context) &&
    typeof subject["id"] === "string" &&
    typeof action["name"] === "string" &&
    typeof resource["type"] === "string" &&
    typeof resource["id"] === "string" &&
    typeof context["cluster"] === "string" &&
    typeof context["dataClass"] === "string" &&
    isAbsentOr(context["destination"], "string") &&
    isAbsentOr(context["records"], "number") &&
    isAbsentOr(context["spend"], "number")
  );
}

function isAbsentOr(value: unknown, type: "string" | "number"): boolean {
  return value === undefined || typeof value === type;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function stateObjection(
  request: EvaluationRequest,
  agent: AgentState,
  now: number,
): DenyReason | null {
  if (request.subject.id !== agent.agentId) return "token_agent_mismatch";
  if (agent.status === "registered") return "agent_not_in_production";
  if (agent.status !== "production") return "agent_retired";
  if (agent.containment === "quarantine") return "agent_quarantined";
  if (agent.containment === "stopped") return "agent_stopped";
  if (!isInForce(agent.manifest, agent.agentId, now)) return "no_manifest";
  if (agent.sponsor === null) return "no_sponsor";
  return agent.sponsor.competent ? null : "sponsor_not_competent";
}

function isInForce(manifest: CompiledManifest | null, agentId: string, now: number): boolean {
  return (
    manifest !== null &&
    manifest.agentId === agentId &&
    now >= manifest.notBefore &&
    now < manifest.notAfter
  );
}

/** Fail closed: a never-rule whose condition can't be evaluated counts as a match. */
function neverMatch(manifest: CompiledManifest, request: EvaluationRequest): CompiledNever | null {
  let match: CompiledNever | null = null;
  eachMatch(manifest.never, request.action.name, request.resource, (never) => {
    if (never.condition !== null && never.condition.test(request) === "false") return false;
    match = never;
    return true;
  });
  return match;
}

const PLAIN = 0;
const CONFIRM_TARGET = 1;
const CONFIRM_EACH = 2;

function confirmRank(rule: CompiledRule, targetConfirmed: boolean): number {
  if (rule.confirm === "each") return CONFIRM_EACH;
  return rule.confirm === "never" || targetConfirmed ? PLAIN : CONFIRM_TARGET;
}

function bestRule({ manifest, request, situation }: Facts): CompiledRule | null {
  const cluster = manifest.clusters.get(request.context.cluster);
  if (cluster === undefined) return null;
  let best: CompiledRule | null = null;
  let bestRank = Number.POSITIVE_INFINITY;
  eachMatch(cluster.rules, request.action.name, request.resource, (rule) => {
    const rank = confirmRank(rule, situation.targetConfirmed);
    if (rank < bestRank && (rule.condition === null || rule.condition.test(request) === "true")) {
      best = rule;
      bestRank = rank;
    }
    return bestRank === PLAIN;
  });
  return best;
}

/** Why no rule applies. A condition that is false came nearer than one that can't be evaluated. */
function unmatched({ manifest, request }: Facts): Finding {
  const cluster = manifest.clusters.get(request.context.cluster);
  if (cluster === undefined) return { reason: "cluster_unknown" };
  let finding: Finding = { reason: "no_rule" };
  eachMatch(cluster.rules, request.action.name, request.resource, (rule) => {
    const isFalse = rule.condition?.test(request) === "false";
    if (isFalse) finding = { reason: "condition_false", rule };
    else if (finding.reason === "no_rule") finding = { reason: "condition_error", rule };
    return isFalse;
  });
  return finding;
}

/** What stands against a request that a rule allows, or null. */
function objection(rule: CompiledRule, facts: Facts): Finding | null {
  const { manifest, request, agent, situation } = facts;
  const { dataClass, destination } = request.context;
  const rank = DATA_CLASSES.indexOf(dataClass);
  if (rank < 0 || rank > manifest.ceilingRank) return { reason: "data_class_exceeded", rule };
  if (destination !== undefined && !manifest.network.allows(destination)) {
    return { reason: "destination_outside", rule };
  }
  if (manifest.hours !== null && !manifest.hours.open(situation.now)) {
    return { reason: "outside_hours", rule };
  }
  const limit = exceededLimit(facts);
  if (limit !== null) return { reason: BUDGET_REASON[limit.measure], rule, limit };
  if (!(agent.riskScore < manifest.risk.contain)) return { reason: "risk_contain", rule };
  const hold = holdReason(rule, facts);
  return hold === null ? null : { reason: hold, rule };
}

function holdReason(rule: CompiledRule, { manifest, agent, situation }: Facts) {
  if (agent.riskScore >= manifest.risk.review) return "risk_review";
  if (agent.containment === "confirm-all") return "contained_confirm_all";
  const rank = confirmRank(rule, situation.targetConfirmed);
  if (rank === PLAIN) return null;
  return rank === CONFIRM_EACH ? "confirm_each" : "confirm_new_target";
}

const BUDGET_REASON = {
  requests: "budget_requests",
  records: "budget_records",
  spend: "budget_spend",
} as const;

/** The first budget that usage and this request together would exceed. What the request doesn't use can't be short. */
function exceededLimit({ manifest, request, agent, situation }: Facts): Limit | null {
  const { normal, throttled } = manifest.budgets;
  const { records = 0, spend = 0 } = request.context;
  const asks = { requests: 1, records, spend: toMinor(spend) };
  for (const limit of agent.containment === "throttle" ? throttled : normal) {
    const asked = asks[limit.measure];
    // Written so that NaN and negative amounts, which the border refuses, count as exceeding.
    const used = situation.usage[limit.period][limit.measure];
    if (asked !== 0 && !(asked > 0 && used + asked <= limit.limit)) return limit;
  }
  return null;
}
