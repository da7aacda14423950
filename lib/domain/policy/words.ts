import { type Limit, toMinor } from "./budgets";
import type { CompiledRule } from "./compile";
import type { Miss } from "./decision";
import { requestTarget } from "./digest";
import type { Facts, Finding } from "./finding";
import { wallText } from "./hours";
import type { EvaluationRequest } from "./request";

type Words = { readonly sentence: string; readonly miss: Miss };

const AMEND = "Otherwise the owner drafts a manifest that allows it.";

/**
 * What stands against a request, in words and figures. The sentence repeats action and type but never the resource's
 * id or other free text of the request, which could name a person; the miss has them, for the review.
 */
export function findingWords(finding: Finding, facts: Facts): Words {
  const { manifest, request, agent } = facts;
  const { context } = request;
  switch (finding.reason) {
    case "never_rule":
      return {
        sentence: `Never-rule \`${finding.never.id}\` forbids ${deed(request)}, whatever else the manifest allows. Do not ask again: no override lifts it.`,
        miss: {
          what: "never-rule",
          asked: requestTarget(request),
          allowed: `never (\`${finding.never.id}\`): ${finding.never.because}`,
        },
      };
    case "cluster_unknown":
      return clusterWords(facts);
    case "no_rule":
      return noRuleWords(facts);
    case "condition_false":
    case "condition_error":
      return conditionWords(finding.reason, finding.rule, request);
    case "data_class_exceeded":
      return {
        sentence: `The data is of the class \`${context.dataClass}\`; the manifest's ceiling is \`${manifest.ceiling}\`. Leave the higher data out. ${AMEND}`,
        miss: { what: "data class", asked: context.dataClass, allowed: manifest.ceiling },
      };
    case "destination_outside":
      return {
        sentence: `The destination is outside the network boundary, which is ${manifest.network.text}. ${AMEND}`,
        miss: {
          what: "destination",
          asked: String(context.destination),
          allowed: manifest.network.text,
        },
      };
    case "outside_hours":
      return hoursWords(facts);
    case "budget_requests":
    case "budget_records":
    case "budget_spend":
      return budgetWords(finding.limit, facts);
    case "risk_contain":
      return {
        sentence: `The agent's risk score is ${agent.riskScore}; from ${manifest.risk.contain} on its requests are blocked. A sponsor looks into the cause.`,
        miss: riskMiss(agent.riskScore, manifest.risk.contain),
      };
    case "risk_review":
      return {
        sentence: `The agent's risk score is ${agent.riskScore}; from ${manifest.risk.review} on a person confirms each request. Ask again once this one is confirmed.`,
        miss: riskMiss(agent.riskScore, manifest.risk.review),
      };
    case "contained_confirm_all":
      return held("The agent is contained: a person confirms every request", request);
    case "confirm_each":
      return held(`${ruleName(finding.rule)} has a person confirm each ${deed(request)}`, request);
    case "confirm_new_target":
      return held(
        `${ruleName(finding.rule)} has a person confirm ${deed(request)} for each new target, and this target is new`,
        request,
      );
  }
}

/** The values of what a condition reads, e.g. `context.spend = 300000, resource.properties.desk is missing`. */
export function conditionValues(rule: CompiledRule, request: EvaluationRequest): string {
  const reads = rule.condition?.reads ?? [];
  return reads
    .map((path) => {
      const value = valueAt(request, path);
      return value === undefined
        ? `${path.join(".")} is missing`
        : `${path.join(".")} = ${JSON.stringify(value)}`;
    })
    .join(", ");
}

function deed({ action, resource }: EvaluationRequest): string {
  return `\`${action.name}\` on \`${resource.type}\``;
}

function ruleName(rule: CompiledRule): string {
  return `Rule ${rule.index + 1} of the task cluster \`${rule.clusterId}\``;
}

function valueAt(request: EvaluationRequest, path: readonly string[]): unknown {
  let value: unknown = request;
  for (const name of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name))
      return undefined;
    value = Object.getOwnPropertyDescriptor(value, name)?.value;
  }
  return value;
}

function held(because: string, request: EvaluationRequest): Words {
  return {
    sentence: `${because}. Ask again once this one is confirmed.`,
    miss: {
      what: "confirmation",
      asked: requestTarget(request),
      allowed: "after a person's confirmation",
    },
  };
}

function riskMiss(score: number, threshold: number): Miss {
  return { what: "risk score", asked: score, allowed: threshold - 1 };
}

function clusterWords({ manifest, request }: Facts): Words {
  const ids = [...manifest.clusters.keys()].join(", ");
  return {
    sentence: `The manifest has no task cluster of the declared name. Declare one of these: ${ids}.`,
    miss: { what: "task cluster", asked: request.context.cluster, allowed: ids },
  };
}

function noRuleWords({ manifest, request }: Facts): Words {
  const { action, resource } = request;
  const cluster = manifest.clusters.get(request.context.cluster);
  const rules = cluster?.rules.all ?? [];
  const forAction = rules.filter((r) => r.actions.includes("*") || r.actions.includes(action.name));
  const where = `The task cluster \`${cluster?.id ?? ""}\``;
  if (forAction.length === 0) {
    const actions = [...new Set(rules.flatMap((rule) => rule.actions))].join(", ");
    return {
      sentence: `${where} does not allow the action \`${action.name}\`; it allows ${actions}. ${AMEND}`,
      miss: { what: "action", asked: action.name, allowed: actions },
    };
  }
  const patterns = [...new Set(forAction.flatMap((r) => r.resources.map((p) => p.source)))];
  return {
    sentence: `${where} allows the action \`${action.name}\`, but not on this \`${resource.type}\`. It allows it on ${listed(patterns)}. ${AMEND}`,
    miss: { what: "resource", asked: `${resource.type}:${resource.id}`, allowed: listed(patterns) },
  };
}

const MAX_LISTED = 10;

function listed(items: readonly string[]): string {
  const more = items.length - MAX_LISTED;
  return items.slice(0, MAX_LISTED).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

function conditionWords(
  reason: "condition_false" | "condition_error",
  rule: CompiledRule,
  request: EvaluationRequest,
): Words {
  const source = rule.condition?.source ?? "";
  const sentence =
    reason === "condition_false"
      ? `${ruleName(rule)} allows ${deed(request)} only where this holds: ${source}. ${AMEND}`
      : `${ruleName(rule)} has a condition that the request gives no answer to: ${source}. Send each property that it reads, in the type that it expects.`;
  return {
    sentence,
    miss: { what: "condition", asked: conditionValues(rule, request), allowed: source },
  };
}

function hoursWords({ manifest: { hours }, situation }: Facts): Words {
  const now = hours === null ? "" : `${wallText(hours.wall(situation.now))} ${hours.timeZone}`;
  const allowed = hours?.text ?? "";
  return {
    sentence: `It is ${now}; the agent may work ${allowed}. Ask again within these hours. ${AMEND}`,
    miss: { what: "hours", asked: now, allowed: `${allowed} ${hours?.timeZone ?? ""}`.trim() },
  };
}

function budgetWords(limit: Limit, { manifest, request, agent, situation }: Facts): Words {
  const { measure, period } = limit;
  const used = situation.usage[period][measure];
  const { records = 0, spend = 0 } = request.context;
  const asked = { requests: 1, records, spend: toMinor(spend) }[measure];
  const { currency } = manifest.budgets;
  const figure = (value: number): string =>
    measure === "spend" ? `${currency ?? ""} ${(value / 100).toFixed(2)}`.trim() : String(value);
  const cut = agent.containment === "throttle" ? ", cut while the agent is throttled" : "";
  return {
    sentence: `With this request the agent would have used ${figure(used + asked)} of a budget of ${figure(limit.limit)} (${measure} per ${period}${cut}). Ask for less or in the next ${period}. ${AMEND}`,
    miss: {
      what: `${measure} per ${period}${measure === "spend" && currency !== null ? ` (${currency})` : ""}`,
      asked: measure === "spend" ? (used + asked) / 100 : used + asked,
      allowed: measure === "spend" ? limit.limit / 100 : limit.limit,
    },
  };
}
