import { compileConditionProblem } from "@/lib/domain/policy/condition";
import { actionCovers, covers } from "@/lib/domain/policy/pattern";
import { contradictionIn } from "./condition-bounds";
import type { Finding } from "./finding";
import type { Cluster, IntentManifest, NeverRule, Rule } from "./manifest";

type Scope = Pick<Rule, "actions" | "resources">;

/** Objections to the task clusters and the never-rules. */
export function checkRules(manifest: IntentManifest): Finding[] {
  return [
    ...templateWording(manifest.goal, "/goal"),
    ...manifest.clusters.flatMap((cluster, c) => checkCluster(cluster, `/clusters/${c}`, manifest)),
    ...manifest.never.flatMap((rule, n) =>
      rule.when === undefined ? [] : checkCondition(rule.when, `/never/${n}/when`, true),
    ),
  ];
}

function checkCluster(cluster: Cluster, path: string, manifest: IntentManifest): Finding[] {
  return [
    ...templateWording(cluster.purpose, `${path}/purpose`),
    ...cluster.rules.flatMap((rule, r) => {
      const at = `${path}/rules/${r}`;
      return [
        ...(rule.when === undefined ? [] : checkCondition(rule.when, `${at}/when`, false)),
        ...checkBreadth(rule, at),
        ...checkAgainstNever(rule, at, manifest.never),
        ...checkShadow(cluster.rules, r, at),
        ...checkDestination(rule, at, manifest.network),
      ];
    }),
  ];
}

/** The template asks to be replaced; a sponsor must not be asked to sign the question. */
function templateWording(text: string, path: string): Finding[] {
  if (!/^Say (?:in one or two sentences )?what this (?:agent|task) is for\.$/.test(text)) return [];
  return [
    {
      severity: "error",
      code: "template-wording",
      path,
      message: "This is still the template's wording.",
      suggestion: "Say it in words that the sponsor would use.",
    },
  ];
}

function checkCondition(when: string, path: string, never: boolean): Finding[] {
  const problem = compileConditionProblem(when);
  if (problem !== null) {
    return [
      {
        severity: "error",
        code: "condition-invalid",
        path,
        message: `The condition can't be used: ${problem}.`,
        suggestion: "Mend the CEL expression, for example `context.spend <= 250000`.",
      },
    ];
  }
  const contradiction = contradictionIn(when);
  if (contradiction === null) return [];
  return [
    {
      severity: "warning",
      code: "condition-never-true",
      path,
      message: `The condition is never true: what it asks of \`${contradiction}\` contradicts itself.`,
      suggestion: never
        ? "The never-rule protects nothing: mend or remove its condition."
        : "The rule allows nothing: mend its condition or remove the rule.",
    },
  ];
}

const EVERYTHING = /^\*:\*{1,}$/;

function checkBreadth(rule: Rule, path: string): Finding[] {
  const anything = rule.resources.some((resource) => EVERYTHING.test(resource));
  const anyAction = rule.actions.includes("*");
  const guarded = rule.when !== undefined || rule.confirm !== "never";
  if (anything && anyAction && !guarded) {
    return [
      {
        severity: "error",
        code: "over-broad",
        path,
        message:
          "The rule allows every action on every resource, without condition or confirmation.",
        suggestion: "Name the actions and resources that the task needs.",
      },
    ];
  }
  const findings: Finding[] = [];
  if (anything || anyAction) {
    findings.push({
      severity: "warning",
      code: "over-broad",
      path: `${path}/${anything ? "resources" : "actions"}`,
      message: anything ? "The rule reaches every resource." : "The rule allows every action.",
      suggestion: `Name the ${anything ? "resources" : "actions"} that the task needs.`,
    });
  }
  const wide = rule.resources.filter((resource) => /^[^:]+:\*{1,}$/.test(resource));
  if (rule.impact === "transformative" && !guarded && wide.length > 0) {
    findings.push({
      severity: "warning",
      code: "unguarded",
      path,
      message: `The rule may change any ${wide.join(", ")} without condition or confirmation.`,
      suggestion: "Add a condition such as a limit on the spend, or have a person confirm.",
    });
  }
  return findings;
}

function within(outer: Scope, actions: readonly string[], resources: readonly string[]): boolean {
  return (
    actions.every((action) => outer.actions.some((wide) => actionCovers(wide, action))) &&
    resources.every((resource) => outer.resources.some((wide) => covers(wide, resource)))
  );
}

function checkAgainstNever(rule: Rule, path: string, never: readonly NeverRule[]): Finding[] {
  const always = never.filter((candidate) => candidate.when === undefined);
  const whole = always.find((candidate) => within(candidate, rule.actions, rule.resources));
  if (whole) {
    return [
      {
        severity: "warning",
        code: "inside-never",
        path,
        message: `The rule lies wholly inside the never-rule “${whole.id}”, so it allows nothing.`,
        suggestion: "Remove the rule, or narrow the never-rule.",
      },
    ];
  }
  return rule.resources.flatMap((resource, n) => {
    const refused = always.find((candidate) => within(candidate, rule.actions, [resource]));
    if (!refused) return [];
    return [
      {
        severity: "warning",
        code: "inside-never",
        path: `${path}/resources/${n}`,
        message: `\`${resource}\` is refused by the never-rule “${refused.id}”, whatever this rule says.`,
        suggestion: "Take it out of the rule, or narrow the never-rule.",
      } as const,
    ];
  });
}

const CONFIRM_ORDER = { never: 0, "new-target": 1, each: 2 } as const;

/** The most permissive match decides, so that a broader, laxer rule of the same task makes a stricter one moot. */
function checkShadow(rules: readonly Rule[], index: number, path: string): Finding[] {
  const rule = rules[index];
  if (rule === undefined) return [];
  const other = rules.findIndex((broad, o) => o !== index && outdoes(broad, rule, o > index));
  const broad = rules[other];
  if (broad === undefined) return [];
  if (sameTerms(broad, rule)) {
    return [
      {
        severity: "note",
        code: "redundant",
        path,
        message: `Rule ${other + 1} of the same task already allows all of this.`,
        suggestion: "Remove this rule.",
      },
    ];
  }
  return [
    {
      severity: "warning",
      code: "shadowed",
      path,
      message: `Rule ${other + 1} of the same task already allows all of this on easier terms, so the ${strictness(rule, broad)} here has no effect.`,
      suggestion: `Narrow rule ${other + 1}, or remove this one.`,
    },
  ];
}

/** Does `broad` allow all that `rule` does, on terms at least as easy? Of two that say the same, only the earlier. */
function outdoes(broad: Rule, rule: Rule, later: boolean): boolean {
  if (!within(broad, rule.actions, rule.resources)) return false;
  if (broad.when !== undefined && broad.when !== rule.when) return false;
  if (CONFIRM_ORDER[broad.confirm] > CONFIRM_ORDER[rule.confirm]) return false;
  return !(later && sameTerms(broad, rule) && within(rule, broad.actions, broad.resources));
}

function sameTerms(a: Rule, b: Rule): boolean {
  return a.confirm === b.confirm && a.when === b.when;
}

function strictness(rule: Rule, broad: Rule): string {
  if (broad.when === rule.when) return "confirmation";
  return broad.confirm === rule.confirm ? "condition" : "condition and confirmation";
}

function checkDestination(rule: Rule, path: string, network: readonly string[]): Finding[] {
  if (network.length > 0 || !rule.when?.includes("context.destination")) return [];
  return [
    {
      severity: "warning",
      code: "network-unreachable",
      path: `${path}/when`,
      message: "The condition speaks of a destination, but the network boundary is empty.",
      suggestion: "Add the host:port to the network boundary.",
    },
  ];
}
