import type { CompiledRule } from "./compile";
import type { Miss, NearestRule } from "./decision";
import type { Facts } from "./finding";
import { covered } from "./rule-index";
import { conditionValues } from "./words";

type Candidate = NearestRule & { readonly distance: number };

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
  let best: Candidate | null = null;
  for (const cluster of facts.manifest.clusters.values()) {
    for (const rule of cluster.rules.all) {
      const candidate = measure(rule, facts);
      if (best === null || candidate.distance < best.distance) best = candidate;
    }
  }
  if (best === null) return null;
  const { distance: _, ...nearest } = best;
  return nearest;
}

function missText({ what, asked, allowed }: Miss): string {
  return `${what}: asked ${asked ?? "nothing"}, allowed ${allowed ?? "nothing"}`;
}

function measure(rule: CompiledRule, { request }: Facts): Candidate {
  const { action, resource, context } = request;
  const differs: string[] = [];
  let distance = 0;
  const add = (weight: number, what: string, asked: string, allowed: string): void => {
    distance += weight;
    differs.push(missText({ what, asked, allowed }));
  };
  if (rule.clusterId !== context.cluster) {
    add(OTHER_CLUSTER, "task cluster", context.cluster, rule.clusterId);
  }
  if (!rule.actions.includes("*") && !rule.actions.includes(action.name)) {
    add(ACTION, "action", action.name, rule.actions.join(", "));
  }
  const isCovered = covered(rule.resources, resource.type, resource.id);
  if (!isCovered) {
    const isOfType = rule.resources.some((r) => r.type === null || r.type === resource.type);
    const allowed = rule.resources.map((pattern) => pattern.source).join(", ");
    const weight = isOfType ? RESOURCE - closeness(rule, resource.type, resource.id) : TYPE;
    add(weight, "resource", `${resource.type}:${resource.id}`, allowed);
  }
  if (isCovered && rule.condition !== null && rule.condition.test(request) !== "true") {
    add(CONDITION, "condition", conditionValues(rule, request), rule.condition.source);
  }
  return { clusterId: rule.clusterId, ruleIndex: rule.index, differs, distance };
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
