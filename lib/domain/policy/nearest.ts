import type { CompiledRule } from "./compile";
import type { Miss, NearestRule } from "./decision";
import type { Facts } from "./finding";
import type { EvaluationRequest } from "./request";
import { covered } from "./rule-index";
import { conditionValues } from "./words";

// The more a difference changes what the agent would be trusted with, the further away is the rule.
const OTHER_CLUSTER = 2;
const CONDITION = 3;
const RESOURCE = 4;
const ACTION = 6;
const TYPE = 9;

/**
 * The rule that came nearest to allowing the request, over all clusters, and what differs. `matched` is the rule that
 * would have allowed it but for `miss`. Ties go to the declared cluster, then to the manifest's order.
 */
export function nearestRule(
  facts: Facts,
  matched: CompiledRule | null,
  miss: Miss,
): NearestRule | null {
  if (matched !== null) {
    const { clusterId, index } = matched;
    return { clusterId, ruleIndex: index, differs: [missText(miss)] };
  }
  let best: CompiledRule | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const cluster of facts.manifest.clusters.values()) {
    for (const rule of cluster.rules.all) {
      const distance = distanceOf(rule, facts);
      if (distance >= least) continue;
      best = rule;
      least = distance;
    }
  }
  if (best === null) return null;
  return { clusterId: best.clusterId, ruleIndex: best.index, differs: differences(best, facts) };
}

function missText({ what, asked, allowed }: Miss): string {
  return `${what}: asked ${asked ?? "nothing"}, allowed ${allowed ?? "nothing"}`;
}

function distanceOf(rule: CompiledRule, { request }: Facts): number {
  const { action, resource, context } = request;
  let distance = rule.clusterId === context.cluster ? 0 : OTHER_CLUSTER;
  if (!allowsAction(rule, action.name)) distance += ACTION;
  if (covered(rule.resources, resource.type, resource.id)) {
    return distance + (conditionHolds(rule, request) ? 0 : CONDITION);
  }
  const isOfType = rule.resources.some((r) => r.type === null || r.type === resource.type);
  return distance + (isOfType ? RESOURCE - closeness(rule, resource.type, resource.id) : TYPE);
}

function differences(rule: CompiledRule, { request }: Facts): string[] {
  const { action, resource, context } = request;
  const differs: string[] = [];
  const add = (what: string, asked: string, allowed: string): void => {
    differs.push(missText({ what, asked, allowed }));
  };
  if (rule.clusterId !== context.cluster) add("task cluster", context.cluster, rule.clusterId);
  if (!allowsAction(rule, action.name)) add("action", action.name, rule.actions.join(", "));
  if (!covered(rule.resources, resource.type, resource.id)) {
    const patterns = rule.resources.map((pattern) => pattern.source).join(", ");
    add("resource", `${resource.type}:${resource.id}`, patterns);
  } else if (rule.condition !== null && !conditionHolds(rule, request)) {
    add("condition", conditionValues(rule, request), rule.condition.source);
  }
  return differs;
}

function allowsAction(rule: CompiledRule, action: string): boolean {
  return rule.actions.includes("*") || rule.actions.includes(action);
}

function conditionHolds(rule: CompiledRule, request: EvaluationRequest): boolean {
  return rule.condition === null || rule.condition.test(request) === "true";
}

/** 0 … just under 1: how much of the resource's name the best pattern shares from the start. */
function closeness(rule: CompiledRule, type: string, id: string): number {
  const name = `${type}:${id}`;
  let longest = 0;
  for (const { source } of rule.resources) {
    let shared = 0;
    while (shared < name.length && source[shared] === name[shared]) shared++;
    longest = Math.max(longest, shared);
  }
  return longest / (name.length + 1);
}
