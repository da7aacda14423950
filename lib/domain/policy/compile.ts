import { DATA_CLASSES } from "@/lib/domain/agent/tier";
import { AppError, type FieldProblem } from "@/lib/domain/errors";
import type {
  Cluster,
  Confirm,
  IntentManifest,
  NeverRule,
  Rule,
} from "@/lib/domain/manifest/manifest";
import { type CompiledBudgets, compileBudgets } from "./budgets";
import { type Condition, compileCondition, compileConditionProblem } from "./condition";
import { type CompiledHours, compileHours } from "./hours";
import { type CompiledNetwork, compileNetwork } from "./network";
import { compileResourcePattern, patternProblem, type ResourceMatcher } from "./pattern";
import { type RuleIndex, ruleIndex } from "./rule-index";

/** What a rule and a never-rule have in common: whom it concerns. */
type Scope = {
  readonly actions: readonly string[];
  readonly resources: readonly ResourceMatcher[];
  readonly condition: Condition | null;
};
export type CompiledRule = Scope & {
  readonly clusterId: string;
  /** position in the cluster, from 0 */
  readonly index: number;
  readonly confirm: Confirm;
  /** the sentence of a plain allow, made once */
  readonly allowed: string;
};
export type CompiledNever = Scope & { readonly id: string; readonly because: string };
type CompiledCluster = { readonly id: string; readonly rules: RuleIndex<CompiledRule> };

/** A manifest made ready to decide on: patterns, conditions, hours and budgets compiled, rules indexed. */
export type CompiledManifest = {
  readonly manifestId: string;
  readonly version: number;
  readonly agentId: string;
  /** epoch ms; valid from `notBefore` on until just before `notAfter` */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly clusters: ReadonlyMap<string, CompiledCluster>;
  readonly never: RuleIndex<CompiledNever>;
  readonly ceiling: IntentManifest["dataClassCeiling"];
  readonly ceilingRank: number;
  readonly budgets: CompiledBudgets;
  readonly hours: CompiledHours | null;
  readonly network: CompiledNetwork;
  readonly risk: IntentManifest["risk"];
};

/**
 * Compile a parsed manifest. Throws AppError("invalid") whose fields name every condition that is no usable CEL
 * expression and every pattern that is too costly, e.g. `clusters.0.rules.1.when`.
 */
export function compileManifest(
  manifest: IntentManifest,
  meta: { readonly manifestId: string; readonly version: number },
): CompiledManifest {
  const problems: FieldProblem[] = [];
  const clusters = manifest.clusters.map((cluster, c) =>
    compileCluster(cluster, (rule, r) => compileScope(rule, `clusters.${c}.rules.${r}`, problems)),
  );
  const never = manifest.never.map((rule, n): CompiledNever => {
    const { id, because } = rule;
    return { id, because, ...compileScope(rule, `never.${n}`, problems) };
  });
  if (problems.length > 0) {
    throw new AppError("invalid", "The manifest has rules that can't be used.", {
      fields: problems,
    });
  }
  return {
    ...meta,
    agentId: manifest.agentId,
    notBefore: Date.parse(manifest.validity.notBefore),
    notAfter: Date.parse(manifest.validity.notAfter),
    clusters: new Map(clusters.map((cluster) => [cluster.id, cluster])),
    never: ruleIndex(never),
    ceiling: manifest.dataClassCeiling,
    ceilingRank: DATA_CLASSES.indexOf(manifest.dataClassCeiling),
    budgets: compileBudgets(manifest.budgets),
    hours: manifest.hours === undefined ? null : compileHours(manifest.hours),
    network: compileNetwork(manifest.network),
    risk: manifest.risk,
  };
}

function compileCluster(
  cluster: Cluster,
  scope: (rule: Rule, index: number) => Scope,
): CompiledCluster {
  const rules = cluster.rules.map(
    (rule, index): CompiledRule => ({
      clusterId: cluster.id,
      index,
      confirm: rule.confirm,
      allowed: `Allowed by rule ${index + 1} of the task cluster \`${cluster.id}\`.`,
      ...scope(rule, index),
    }),
  );
  return { id: cluster.id, rules: ruleIndex(rules) };
}

function compileScope(rule: Rule | NeverRule, path: string, problems: FieldProblem[]): Scope {
  rule.resources.forEach((pattern, index) => {
    const problem = patternProblem(pattern);
    if (problem !== null) problems.push({ path: `${path}.resources.${index}`, message: problem });
  });
  const problem = rule.when === undefined ? null : compileConditionProblem(rule.when);
  if (problem !== null) problems.push({ path: `${path}.when`, message: problem });
  return {
    actions: rule.actions,
    resources: rule.resources.map(compileResourcePattern),
    condition: rule.when === undefined || problem !== null ? null : compileCondition(rule.when),
  };
}
