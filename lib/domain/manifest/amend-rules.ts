import { compileConditionProblem } from "@/lib/domain/policy/condition";
import type { EvaluationRequest } from "@/lib/domain/policy/request";
import { Cluster, type Confirm, type IntentManifest, ResourcePattern, type Rule } from "./manifest";
import type { Widening } from "./widening";

type Terms = {
  /** `never` where a confirmation is what held the request */
  readonly confirmed: "as-before" | "never";
  /** position of the rule that nearly allowed it */
  readonly like: number | null;
};

const MAX_CONDITION = 1000;

/** Allow this action on this very resource in the declared cluster, up to the spend and records that were asked. */
export function allowExactly(
  manifest: IntentManifest,
  request: EvaluationRequest,
  terms: Terms,
): Widening {
  const c = manifest.clusters.findIndex((cluster) => cluster.id === request.context.cluster);
  const cluster = manifest.clusters[c];
  const rule = exactRule(
    request,
    terms,
    terms.like === null ? undefined : cluster?.rules[terms.like],
  );
  if (rule === null) {
    return { why: "The resource's id can't be written as an exact rule: write a draft for it." };
  }
  if (cluster === undefined) return newCluster(manifest, request, rule);
  const r = cluster.rules.findIndex((candidate) => saysTheSame(candidate, rule));
  const host = cluster.rules[r];
  if (host !== undefined) {
    const wider = { ...host, resources: [...host.resources, ...rule.resources] };
    return {
      manifest: withRules(manifest, c, cluster.rules.with(r, wider)),
      step: {
        title: `Rule ${r + 1} of the task “${cluster.id}” also reaches ${rule.resources.join(", ")}`,
        path: `/clusters/${c}/rules/${r}/resources/${host.resources.length}`,
      },
    };
  }
  return {
    manifest: withRules(manifest, c, [...cluster.rules, rule]),
    step: {
      title: `The task “${cluster.id}” gets a rule: ${request.action.name} ${rule.resources.join(", ")}`,
      path: `/clusters/${c}/rules/${cluster.rules.length}`,
    },
  };
}

function exactRule(request: EvaluationRequest, terms: Terms, like: Rule | undefined): Rule | null {
  const { action, resource, context } = request;
  const exact = `${resource.type}:${resource.id}`;
  const literal = !resource.id.includes("*") && ResourcePattern.safeParse(exact).success;
  const bounds = [
    // What a pattern can't spell (a star, a space, a per cent sign) is named by the condition.
    ...(literal ? [] : [`resource.id == ${JSON.stringify(resource.id)}`]),
    ...(context.spend ? [`context.spend <= ${context.spend}`] : []),
    ...(context.records ? [`context.records <= ${context.records}`] : []),
  ];
  const when = bounds.join(" && ");
  if (when.length > MAX_CONDITION) return null;
  if (when !== "" && compileConditionProblem(when) !== null) return null;
  const impact = like?.impact ?? (context.spend ? "transformative" : "routine");
  return {
    actions: [action.name],
    resources: [literal ? exact : `${resource.type}:**`],
    ...(when === "" ? {} : { when }),
    impact,
    confirm: terms.confirmed === "never" ? "never" : confirmOf(like, impact),
  };
}

function confirmOf(like: Rule | undefined, impact: Rule["impact"]): Confirm {
  if (like !== undefined) return like.confirm;
  return impact === "transformative" ? "each" : "never";
}

/** Would one more pattern in this rule allow exactly what the new rule would, and nothing more? */
function saysTheSame(host: Rule, rule: Rule): boolean {
  return (
    host.actions.length === 1 &&
    host.actions[0] === rule.actions[0] &&
    host.when === rule.when &&
    host.confirm === rule.confirm &&
    host.impact === rule.impact &&
    // With the id in the condition, the rule's one pattern is there already.
    !host.resources.includes(rule.resources[0] ?? "")
  );
}

function newCluster(manifest: IntentManifest, request: EvaluationRequest, rule: Rule): Widening {
  const id = request.context.cluster;
  const purpose = request.context.purpose.replaceAll(/\s+/g, " ").normalize("NFC").trim();
  const draft = { id, purpose, rules: [rule] };
  const cluster = Cluster.safeParse(draft);
  return {
    manifest: {
      ...manifest,
      clusters: [
        ...manifest.clusters,
        cluster.success ? cluster.data : { ...draft, purpose: "Say what this task is for." },
      ],
    },
    step: {
      title: `New task “${id}”, as the agent named it: ${request.action.name} ${rule.resources.join(", ")}`,
      path: `/clusters/${manifest.clusters.length}`,
    },
  };
}

function withRules(manifest: IntentManifest, c: number, rules: Rule[]): IntentManifest {
  return {
    ...manifest,
    clusters: manifest.clusters.map((cluster, i) => (i === c ? { ...cluster, rules } : cluster)),
  };
}
