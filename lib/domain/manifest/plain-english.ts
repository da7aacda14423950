import type { z } from "zod";
import { conditionInWords, numberOf, parseCondition, pathOf } from "./condition-in-words";
import {
  actionsInWords,
  daysInWords,
  instantInWords,
  listInWords,
  moneyInWords,
  numberInWords,
  resourceInWords,
} from "./humanise";
import type { Budgets, Confirm, Impact, IntentManifest, NeverRule, Rule } from "./manifest";

/** One thing that the manifest says. `path` is the JSON pointer of what is said; `exact` says it as the machine reads it. */
export type Sentence = {
  readonly path: string;
  readonly text: string;
  readonly exact?: string;
  readonly clusterId?: string;
  readonly impact?: z.infer<typeof Impact>;
  readonly confirm?: Confirm;
  /** `words` is null where the condition can't be put in words: show `source` */
  readonly condition?: { readonly source: string; readonly words: string | null };
};

export type PlainManifest = {
  readonly goal: string;
  readonly clusters: readonly {
    readonly id: string;
    readonly purpose: string;
    readonly path: string;
  }[];
  readonly may: readonly Sentence[];
  readonly mayWithConfirmation: readonly Sentence[];
  readonly never: readonly Sentence[];
  readonly limits: readonly Sentence[];
  readonly hours: readonly Sentence[];
  readonly network: readonly Sentence[];
  readonly validity: readonly Sentence[];
};

/**
 * The manifest as sentences that a sponsor reads. Every rule, never-rule, budget, window and host is in it.
 * `you`: the reader is the sponsor, so that "confirmed by the sponsor" is "confirmed by you".
 */
export function plainEnglish(
  manifest: IntentManifest,
  reader: { readonly you: boolean } = { you: false },
): PlainManifest {
  const sponsor = reader.you ? "you" : "the sponsor";
  const currency = manifest.budgets.spend?.currency;
  const rules = manifest.clusters.flatMap((cluster, c) =>
    cluster.rules.map((rule, r) =>
      ruleSentence(rule, {
        path: `/clusters/${c}/rules/${r}`,
        clusterId: cluster.id,
        sponsor,
        currency,
      }),
    ),
  );
  return {
    goal: manifest.goal,
    clusters: manifest.clusters.map((cluster, c) => ({
      id: cluster.id,
      purpose: cluster.purpose,
      path: `/clusters/${c}`,
    })),
    may: rules.filter((sentence) => sentence.confirm === "never"),
    mayWithConfirmation: rules.filter((sentence) => sentence.confirm !== "never"),
    never: manifest.never.map((rule, n) => neverSentence(rule, `/never/${n}`, currency)),
    limits: [
      {
        path: "/dataClassCeiling",
        text: `May touch data of class ${manifest.dataClassCeiling} at most.`,
      },
      ...budgetSentences(manifest.budgets),
      ...telemetrySentences(manifest),
      {
        path: "/risk/review",
        text: `From a risk score of ${manifest.risk.review}, every request waits for ${sponsor}.`,
      },
      {
        path: "/risk/contain",
        text: `From a risk score of ${manifest.risk.contain}, every request is blocked.`,
      },
    ],
    hours: hoursSentences(manifest),
    network: networkSentences(manifest.network),
    validity: [
      {
        path: "/validity/notBefore",
        text: `Valid from ${instantInWords(manifest.validity.notBefore)}.`,
      },
      {
        path: "/validity/notAfter",
        text: `Valid until ${instantInWords(manifest.validity.notAfter)}.`,
      },
    ],
  };
}

type RulePlace = {
  readonly path: string;
  readonly clusterId: string;
  readonly sponsor: string;
  readonly currency: string | undefined;
};

function ruleSentence(rule: Rule, place: RulePlace): Sentence {
  const what = `May ${actionsInWords(rule.actions)} ${listInWords(rule.resources.map((r) => resourceInWords(r)))}`;
  return {
    path: place.path,
    text: `${what}${limit(rule.when, place.currency)}${confirmation(rule.confirm, place.sponsor)}.`,
    exact: exactly(rule),
    clusterId: place.clusterId,
    impact: rule.impact,
    confirm: rule.confirm,
    ...condition(rule.when, place.currency),
  };
}

function neverSentence(rule: NeverRule, path: string, currency: string | undefined): Sentence {
  const actions = rule.actions.includes("*")
    ? "touch"
    : listInWords(rule.actions.map(actionWord), "or");
  const what = listInWords(
    rule.resources.map((r) => resourceInWords(r, true)),
    "or",
  );
  const because = rule.because.replace(/\.$/, "");
  return {
    path,
    text: `May never ${actions} ${what}${rule.when === undefined ? "" : when(rule.when, currency)}, because ${lowerFirst(because)}.`,
    exact: exactly(rule),
    ...condition(rule.when, currency),
  };
}

function actionWord(action: string): string {
  return actionsInWords([action]);
}

/** "Pay data …" → "pay data …", but "KYC files …" stays. */
function lowerFirst(text: string): string {
  return /^(?:[A-Z][a-z]|A )/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

function exactly(rule: {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}): string {
  return `${rule.actions.join(", ")} · ${rule.resources.join(", ")}`;
}

function condition(
  source: string | undefined,
  currency: string | undefined,
): { condition?: NonNullable<Sentence["condition"]> } {
  return source === undefined
    ? {}
    : { condition: { source, words: conditionInWords(source, currency) } };
}

/** "up to £250,000" where the condition is just that, otherwise "only when …". */
function limit(source: string | undefined, currency: string | undefined): string {
  if (source === undefined) return "";
  const ast = parseCondition(source);
  if (ast?.op === "<=" && pathOf(ast.args[0]) === "context.spend") {
    const most = numberOf(ast.args[1]);
    if (most !== null && conditionInWords(source, currency) !== null) {
      return ` up to ${moneyInWords(most, currency)}`;
    }
  }
  return `, only${when(source, currency)}`;
}

function when(source: string, currency: string | undefined): string {
  return ` when ${conditionInWords(source, currency) ?? `this holds: ${source}`}`;
}

function confirmation(confirm: Confirm, sponsor: string): string {
  switch (confirm) {
    case "never":
      return "";
    case "each":
      return `, each confirmed by ${sponsor}`;
    case "new-target":
      return `, the first request to each new target confirmed by ${sponsor}`;
  }
}

function telemetrySentences({ telemetry }: IntentManifest): Sentence[] {
  if (telemetry === undefined) return [];
  const kept = telemetry.keepPrompts ? "are kept" : "are not kept";
  const text = `Prompts, answers and tool arguments in its traces ${kept}.`;
  return [{ path: "/telemetry/keepPrompts", text }];
}

const PERIODS = ["minute", "hour", "day"] as const;

function budgetSentences(budgets: Budgets): Sentence[] {
  const { currency, ...spend } = budgets.spend ?? { currency: undefined };
  return [
    ...kindSentences(
      "requests",
      "requests",
      budgets.requests,
      (n) => `${numberInWords(n)} requests`,
    ),
    ...kindSentences(
      "records",
      "records touched",
      budgets.records,
      (n) => `${numberInWords(n)} records`,
    ),
    ...kindSentences("spend", "spend", budgets.spend === undefined ? undefined : spend, (n) =>
      moneyInWords(n, currency),
    ),
  ];
}

type Periods = { readonly [P in (typeof PERIODS)[number]]?: number | undefined };

function kindSentences(
  kind: string,
  noun: string,
  periods: Periods | undefined,
  amount: (value: number) => string,
): Sentence[] {
  const set = PERIODS.flatMap((period) => {
    const value = periods?.[period];
    if (value === undefined) return [];
    const text =
      value === 0 ? `No ${noun} at all in any ${period}.` : `At most ${amount(value)} a ${period}.`;
    return [{ path: `/budgets/${kind}/${period}`, text }];
  });
  return set.length > 0 ? set : [{ path: `/budgets/${kind}`, text: `No limit on ${noun}.` }];
}

function hoursSentences(manifest: IntentManifest): Sentence[] {
  const hours = manifest.hours;
  if (hours === undefined) return [{ path: "/hours", text: "May work at any hour of any day." }];
  return hours.windows.map((window, w) => ({
    path: `/hours/windows/${w}`,
    text: `May work ${onDays(daysInWords(window.days))} from ${window.from} to ${window.to} (${hours.timeZone}).`,
  }));
}

function onDays(days: string): string {
  return days === "every day" || days.includes(" to ") ? days : `on ${days}`;
}

function networkSentences(network: readonly string[]): Sentence[] {
  if (network.length === 0)
    return [{ path: "/network", text: "May talk to no network destination." }];
  return network.map((entry, n) => {
    const colon = entry.lastIndexOf(":");
    const host = entry.slice(0, colon);
    const name = host.startsWith("*.") ? `any host under ${host.slice(2)}` : host;
    return { path: `/network/${n}`, text: `May talk to ${name}, port ${entry.slice(colon + 1)}.` };
  });
}
