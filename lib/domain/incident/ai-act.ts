import { z } from "zod";

/**
 * A serious incident under the AI Act: Regulation (EU) 2024/1689 as amended by 2026/1744, Articles 3(49), 26(5) and 73.
 * A deployer tells the provider at once; the days are the provider's outer limits, and the deployer's where the provider
 * can't be reached.
 */

export const CAUSAL_LINKS = ["none", "suspected", "likely", "established"] as const;

export const AiActWorksheet = z.strictObject({
  /** classified as high-risk (Article 6) */
  highRisk: z.boolean(),
  /** the agent led to it, directly or indirectly */
  causalLink: z.enum(CAUSAL_LINKS),
  death: z.boolean(),
  /** serious harm to a person's health */
  health: z.boolean(),
  /** serious and irreversible disruption of critical infrastructure */
  infrastructure: z.boolean(),
  /** infringement of obligations under Union law that protect fundamental rights */
  rights: z.boolean(),
  /** serious harm to property or the environment */
  property: z.boolean(),
  /** Article 3(61) */
  widespread: z.boolean(),
  /** Article 73(9): an Annex III system whose provider reports under equivalent Union rules */
  equivalentRules: z.boolean(),
  providerReachable: z.boolean(),
});
export type AiActWorksheet = z.infer<typeof AiActWorksheet>;

export const AI_UNANSWERED: AiActWorksheet = {
  highRisk: false,
  causalLink: "none",
  death: false,
  health: false,
  infrastructure: false,
  rights: false,
  property: false,
  widespread: false,
  equivalentRules: false,
  providerReachable: true,
};

/** Since when the duties on high-risk systems of Annex III bind (Article 113 as amended). */
export const ANNEX_III_BINDS_FROM = "2027-12-02";

export type AiActResult = "not-serious" | "serious-not-reportable" | "serious";

export const AI_RESULT_WORDS: Readonly<Record<AiActResult, string>> = {
  "not-serious": "Not a serious incident",
  "serious-not-reportable": "Serious incident, not reportable under the AI Act",
  serious: "Serious incident, reportable",
};

export type AiActAssessment = {
  readonly result: AiActResult;
  /** limbs of Article 3(49) that are met */
  readonly limbs: readonly string[];
  /** outer limit in days from awareness; null where nothing is to be reported */
  readonly days: 2 | 10 | 15 | null;
  readonly because: string;
};

export function assessAiAct(sheet: AiActWorksheet): AiActAssessment {
  const limbs = [
    sheet.death ? "3(49)(a) death" : "",
    sheet.health ? "3(49)(a) serious harm to health" : "",
    sheet.infrastructure ? "3(49)(b) disruption of critical infrastructure" : "",
    sheet.rights ? "3(49)(c) fundamental rights" : "",
    sheet.property ? "3(49)(d) property or environment" : "",
  ].filter(Boolean);
  const none = (because: string): AiActAssessment => ({
    result: "not-serious",
    limbs,
    days: null,
    because,
  });
  if (limbs.length === 0) return none("None of the harms of Article 3(49) has come about.");
  // A death must be reported as soon as the link is suspected (73(4)); otherwise a reasonable likelihood is asked for (73(2)).
  const linked =
    sheet.causalLink === "established" ||
    sheet.causalLink === "likely" ||
    (sheet.death && sheet.causalLink === "suspected");
  if (!linked) return none("The agent is not, or not likely, what led to the harm.");
  const outside = (because: string): AiActAssessment => ({
    result: "serious-not-reportable",
    limbs,
    days: null,
    because,
  });
  if (!sheet.highRisk)
    return outside("Article 73 is about high-risk systems; this agent is not one.");
  if (sheet.equivalentRules && !sheet.rights) {
    return outside(
      "Under equivalent Union rules only infringements of 3(49)(c) are reported (73(9)).",
    );
  }
  return { result: "serious", limbs, ...limitOf(sheet) };
}

function limitOf(sheet: AiActWorksheet): Pick<AiActAssessment, "days" | "because"> {
  // Under 73(9) nothing but 3(49)(c) is reported, so that the shorter limits of the other limbs do not arise.
  const only = sheet.equivalentRules;
  if (sheet.widespread || (sheet.infrastructure && !only)) {
    return {
      days: 2,
      because: "Widespread infringement or critical infrastructure: 2 days (73(3)).",
    };
  }
  if (sheet.death && !only) return { days: 10, because: "Death of a person: 10 days (73(4))." };
  return { days: 15, because: "Serious incident: 15 days (73(2))." };
}
