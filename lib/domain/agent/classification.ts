import { z } from "zod";
import { compareTier, DATA_CLASSES, TIERS, type Tier } from "./tier";

/** The questions, each with its answers from the least to the most grave. */
export const QUESTIONS = {
  autonomy: {
    question: "How far does it act by itself?",
    answers: {
      suggests: "It suggests; a person acts",
      "acts-with-confirmation": "It acts once a person has confirmed",
      "acts-alone": "It acts alone",
    },
  },
  reversibility: {
    question: "Can what it does be undone?",
    answers: {
      reversible: "Yes, at little cost",
      costly: "Yes, but at a cost or with delay",
      irreversible: "No",
    },
  },
  dataClass: {
    question: "What is the highest class of data that it touches?",
    answers: {
      public: "Public",
      internal: "Internal",
      confidential: "Confidential",
      restricted: "Restricted",
    },
  },
  customerImpact: {
    question: "How does it affect customers?",
    answers: {
      none: "Not at all",
      indirect: "Indirectly, through what people decide with it",
      direct: "Directly",
    },
  },
  moneyMoved: {
    question: "How much money can it move?",
    answers: {
      none: "None",
      limited: "At most £10,000 a day",
      material: "At most £1,000,000 a day",
      unlimited: "More than that, or without a limit",
    },
  },
  doraCriticalFunction: {
    question: "Does it support a critical or important function (DORA, Article 3(22))?",
    answers: { false: "No", true: "Yes" },
  },
  aiActHighRisk: {
    question: "Is its use high-risk under the EU AI Act (Article 6, Annex III)?",
    answers: { false: "No", true: "Yes" },
  },
} as const;
export type Question = keyof typeof QUESTIONS;
export const QUESTION_NAMES = [
  "autonomy",
  "reversibility",
  "dataClass",
  "customerImpact",
  "moneyMoved",
  "doraCriticalFunction",
  "aiActHighRisk",
] as const satisfies readonly Question[];

const AUTONOMY = ["suggests", "acts-with-confirmation", "acts-alone"] as const;
const REVERSIBILITY = ["reversible", "costly", "irreversible"] as const;
const CUSTOMER_IMPACT = ["none", "indirect", "direct"] as const;
const MONEY_MOVED = ["none", "limited", "material", "unlimited"] as const;

/** The answers to the classification questionnaire. */
export const Classification = z.strictObject({
  autonomy: z.enum(AUTONOMY, "choose one answer"),
  reversibility: z.enum(REVERSIBILITY, "choose one answer"),
  dataClass: z.enum(DATA_CLASSES, "choose one answer"),
  customerImpact: z.enum(CUSTOMER_IMPACT, "choose one answer"),
  moneyMoved: z.enum(MONEY_MOVED, "choose one answer"),
  doraCriticalFunction: z.boolean("answer yes or no"),
  aiActHighRisk: z.boolean("answer yes or no"),
});
export type Classification = z.infer<typeof Classification>;

/** How grave an answer is: 0 for the least. */
export function gravity(answers: Classification, question: Question): number {
  switch (question) {
    case "autonomy":
      return AUTONOMY.indexOf(answers.autonomy);
    case "reversibility":
      return REVERSIBILITY.indexOf(answers.reversibility);
    case "dataClass":
      return DATA_CLASSES.indexOf(answers.dataClass);
    case "customerImpact":
      return CUSTOMER_IMPACT.indexOf(answers.customerImpact);
    case "moneyMoved":
      return MONEY_MOVED.indexOf(answers.moneyMoved);
    case "doraCriticalFunction":
      return Number(answers.doraCriticalFunction);
    case "aiActHighRisk":
      return Number(answers.aiActHighRisk);
  }
}

export type TierRule = {
  readonly id: string;
  /** says when it applies; the tier is said beside it */
  readonly sentence: string;
  readonly tier: Tier;
  /** applies where every answer is at least as grave as here */
  readonly atLeast: Partial<Classification>;
};

/**
 * The rules (firm policy). A rule asks "at least as grave", never "exactly" and never "not", so a worse answer can
 * only add rules, and the tier can only rise.
 */
export const TIER_RULES: readonly TierRule[] = [
  {
    id: "critical-function-alone",
    sentence: "It acts alone in a critical or important function.",
    tier: "critical",
    atLeast: { doraCriticalFunction: true, autonomy: "acts-alone" },
  },
  {
    id: "high-risk-alone",
    sentence: "Its use is high-risk under the AI Act and it acts alone.",
    tier: "critical",
    atLeast: { aiActHighRisk: true, autonomy: "acts-alone" },
  },
  {
    id: "unlimited-money",
    sentence: "It can move more than £1,000,000 a day.",
    tier: "critical",
    atLeast: { moneyMoved: "unlimited", autonomy: "acts-with-confirmation" },
  },
  {
    id: "material-money-for-good",
    sentence: "It acts alone and can move more than £10,000 a day in a way that can’t be undone.",
    tier: "critical",
    atLeast: { moneyMoved: "material", autonomy: "acts-alone", reversibility: "irreversible" },
  },
  {
    id: "critical-function",
    sentence: "It supports a critical or important function.",
    tier: "high",
    atLeast: { doraCriticalFunction: true },
  },
  {
    id: "high-risk",
    sentence: "Its use is high-risk under the AI Act.",
    tier: "high",
    atLeast: { aiActHighRisk: true },
  },
  {
    id: "material-money",
    sentence: "It can move more than £10,000 a day.",
    tier: "high",
    atLeast: { moneyMoved: "material" },
  },
  {
    id: "irreversible-alone",
    sentence: "It acts alone and what it does can’t be undone.",
    tier: "high",
    atLeast: { reversibility: "irreversible", autonomy: "acts-alone" },
  },
  {
    id: "restricted-alone",
    sentence: "It acts alone on restricted data.",
    tier: "high",
    atLeast: { dataClass: "restricted", autonomy: "acts-alone" },
  },
  {
    id: "customers-alone",
    sentence: "It acts alone and affects customers directly.",
    tier: "high",
    atLeast: { customerImpact: "direct", autonomy: "acts-alone" },
  },
  {
    id: "any-money",
    sentence: "It can move money.",
    tier: "moderate",
    atLeast: { moneyMoved: "limited" },
  },
  {
    id: "confidential",
    sentence: "It touches confidential or restricted data.",
    tier: "moderate",
    atLeast: { dataClass: "confidential" },
  },
  {
    id: "customers",
    sentence: "It affects customers directly.",
    tier: "moderate",
    atLeast: { customerImpact: "direct" },
  },
  {
    id: "costly-acts",
    sentence: "It acts, and what it does is costly to undo.",
    tier: "moderate",
    atLeast: { reversibility: "costly", autonomy: "acts-with-confirmation" },
  },
  {
    id: "alone",
    sentence: "It acts alone.",
    tier: "moderate",
    atLeast: { autonomy: "acts-alone" },
  },
  { id: "otherwise", sentence: "Every agent has a tier.", tier: "low", atLeast: {} },
];

const LEAST: Classification = {
  autonomy: "suggests",
  reversibility: "reversible",
  dataClass: "public",
  customerImpact: "none",
  moneyMoved: "none",
  doraCriticalFunction: false,
  aiActHighRisk: false,
};

function applies(rule: TierRule, answers: Classification): boolean {
  const bar: Classification = { ...LEAST, ...rule.atLeast };
  return QUESTION_NAMES.every((name) => gravity(answers, name) >= gravity(bar, name));
}

export type TierResult = {
  readonly tier: Tier;
  /** every rule that applies, the gravest first; the first one decides */
  readonly because: readonly TierRule[];
};

/** The least tier that an unfinished questionnaire can end at: what is unanswered counts as harmless. */
export function classifySoFar(answers: Partial<Classification>): TierResult {
  return classify({ ...LEAST, ...answers });
}

/** The tier that the answers force: the highest of the rules that apply. */
export function classify(answers: Classification): TierResult {
  const because = TIER_RULES.filter((rule) => applies(rule, answers));
  const tier = because.reduce<Tier>(
    (highest, rule) => (compareTier(rule.tier, highest) > 0 ? rule.tier : highest),
    TIERS[0],
  );
  return { tier, because };
}
