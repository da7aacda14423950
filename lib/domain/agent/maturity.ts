/** What the maturity level is computed from. Nothing here is anybody's opinion of the level. */
export type MaturityFacts = {
  readonly agentId: string;
  /** attested by an administrator */
  readonly dedicatedCredentials: boolean;
  /** attested by an administrator */
  readonly loggingEnabled: boolean;
  /** keys that may sign now */
  readonly activeKeys: number;
  /** of the manifest in force; null where there is none */
  readonly manifest: {
    /** destinations outside of which every request is refused (none: no network at all) */
    readonly destinations: number;
    /** limits on requests, records and spend */
    readonly budgets: number;
    /** risk score from which requests are contained */
    readonly containAt: number;
  } | null;
  readonly riskAt: Date | null;
};

const MATURITY_LEVELS = [0, 1, 2, 3] as const;
export type MaturityLevel = (typeof MATURITY_LEVELS)[number];

export const MATURITY_MEANING: Readonly<Record<MaturityLevel, string>> = {
  0: "Nothing is established yet.",
  1: "Dedicated credentials, logging and a network boundary.",
  2: "Every request carries signed intent, under an approved manifest.",
  3: "Budgets, drift monitoring and containment thresholds are active.",
};

export type Requirement = {
  readonly id: string;
  readonly level: 1 | 2 | 3;
  readonly met: boolean;
  /** what it takes, for a person */
  readonly words: string;
  /** the page on which it can be mended */
  readonly href: string;
};

export type Maturity = {
  readonly level: MaturityLevel;
  readonly requirements: readonly Requirement[];
  /** what the next level still lacks; empty at level 3 */
  readonly missing: readonly Requirement[];
};

/** A risk score older than this says nothing about today. */
const RISK_FRESH_MS = 24 * 3_600_000;

/** The level that the facts reach: every requirement of it and of all levels below is met. */
export function maturity(facts: MaturityFacts, now: Date): Maturity {
  const requirements = requirementsOf(facts, now);
  const unmet = requirements.filter(({ met }) => !met);
  const level = MATURITY_LEVELS.findLast((at) => unmet.every((need) => need.level > at)) ?? 0;
  return { level, requirements, missing: unmet.filter((need) => need.level === level + 1) };
}

function requirementsOf(facts: MaturityFacts, now: Date): readonly Requirement[] {
  const { manifest, riskAt } = facts;
  const page = `/agents/${facts.agentId}`;
  const settings = `${page}?tab=settings`;
  const manifests = `${page}?tab=manifests`;
  const freshRisk = riskAt !== null && now.getTime() - riskAt.getTime() <= RISK_FRESH_MS;
  return [
    {
      id: "dedicated-credentials",
      level: 1,
      met: facts.dedicatedCredentials,
      words: "An administrator attests that it uses credentials that nobody else uses.",
      href: settings,
    },
    {
      id: "logging",
      level: 1,
      met: facts.loggingEnabled,
      words: "An administrator attests that its own logs are on and kept.",
      href: settings,
    },
    {
      id: "network-boundary",
      level: 1,
      met: manifest !== null,
      words: "A manifest in force bounds the network destinations that it may reach.",
      href: manifests,
    },
    {
      id: "signed-intent",
      level: 2,
      met: facts.activeKeys > 0,
      words: "It has an active key, so that every request carries signed intent.",
      href: `${page}?tab=keys`,
    },
    {
      id: "approved-manifest",
      level: 2,
      met: manifest !== null,
      words: "A sponsor has approved the manifest in force.",
      href: manifests,
    },
    {
      id: "budgets",
      level: 3,
      met: manifest !== null && manifest.budgets > 0,
      words: "The manifest in force sets budgets.",
      href: manifests,
    },
    {
      id: "containment-threshold",
      level: 3,
      met: manifest !== null && manifest.containAt >= 1 && manifest.containAt <= 100,
      words: "The manifest in force sets the risk score from which requests are refused.",
      href: manifests,
    },
    {
      id: "drift-monitoring",
      level: 3,
      met: freshRisk,
      words: "Its behaviour is watched: the risk score is at most a day old.",
      href: page,
    },
  ];
}
