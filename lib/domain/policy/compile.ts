import { DATA_CLASSES } from "@/lib/domain/agent/tier";
import { AppError, type FieldProblem } from "@/lib/domain/errors";
import type { Cluster, Confirm, IntentManifest, Rule } from "@/lib/domain/manifest/manifest";
import { type CompiledBudgets, compileBudgets } from "./budgets";
import { type Condition, compileCondition, compileConditionProblem } from "./condition";
import { type CompiledHours, compileHours } from "./hours";
import { type CompiledNetwork, compileNetwork } from "./network";
import { compileResourcePattern, type ResourceMatcher } from "./pattern";
import { type RuleIndex, ruleIndex } from "./rule-index";

/** What a rule and a never-rule have in common: whom it concerns. */
export type Scope = {
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
export type CompiledCluster = { readonly id: string; readonly rules: RuleIndex<CompiledRule> };

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
 * expression, e.g. `clusters.0.rules.1.when`.
 */
export function compileManifest(
  manifest: IntentManifest,
  meta: { readonly manifestId: string; readonly version: number },
): CompiledManifest {
  const problems: FieldProblem[] = [];
  const when = (expression: string | undefined, path: string): Condition | null => {
    if (expression === undefined) return null;
    const problem = compileConditionProblem(expression);
    if (problem === null) return compileCondition(expression);
    problems.push({ path, message: problem });
    return null;
  };
  const clusters = manifest.clusters.map((cluster, c) =>
    compileCluster(cluster, (rule, r) => when(rule.when, `clusters.${c}.rules.${r}.when`)),
  );
  const never = manifest.never.map(
    (rule, n): CompiledNever => ({
      id: rule.id,
      because: rule.because,
      actions: rule.actions,
      resources: rule.resources.map(compileResourcePattern),
      condition: when(rule.when, `never.${n}.when`),
    }),
  );
  if (problems.length > 0) {
    throw new AppError("invalid", "A condition of the manifest can't be used.", {
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
  condition: (rule: Rule, index: number) => Condition | null,
): CompiledCluster {
  const rules = cluster.rules.map(
    (rule, index): CompiledRule => ({
      clusterId: cluster.id,
      index,
      actions: rule.actions,
      resources: rule.resources.map(compileResourcePattern),
      condition: condition(rule, index),
      confirm: rule.confirm,
      allowed: `Allowed by rule ${index + 1} of the task cluster \`${cluster.id}\`.`,
    }),
  );
  return { id: cluster.id, rules: ruleIndex(rules) };
}
