import type { Competence } from "@/lib/domain/training/competence";
import { type AgentKind, compareTier, type Tier } from "./tier";

/** registered → production → retired, or registered → retired. Retired is for good. */
export const AGENT_STATUSES = ["registered", "production", "retired"] as const;
export type AgentStatus = (typeof AGENT_STATUSES)[number];

const MOVES: Readonly<Record<AgentStatus, readonly AgentStatus[]>> = {
  registered: ["production", "retired"],
  production: ["retired"],
  retired: [],
};

export function canMove(from: AgentStatus, to: AgentStatus): boolean {
  return MOVES[from].includes(to);
}

export const STATUS_MEANING: Readonly<Record<AgentStatus, string>> = {
  registered: "Known, but every request is refused until it is put into production.",
  production: "Requests are decided by its manifest.",
  retired: "Ended for good: every request is refused.",
};

/** The database checks the list; an unknown word counts as the state without any authority. */
export function asStatus(value: string): AgentStatus {
  return AGENT_STATUSES.find((status) => status === value) ?? "retired";
}

export type ProductionFacts = {
  readonly agentId: string;
  readonly kind: AgentKind;
  readonly tier: Tier;
  readonly maturity: number;
  /** the acting sponsor's competence; null where nobody acts */
  readonly sponsor: Pick<Competence, "competent"> | null;
  readonly manifestInForce: boolean;
  readonly activeKeys: number;
};

/** Why the agent can't be in production, and the page on which that can be mended. */
export type Obstacle = { readonly id: string; readonly words: string; readonly href: string };

const EMBEDDED_MATURITY_MIN = 2;

/** What stands against production; empty where nothing does. Firm policy. */
export function productionObstacles(facts: ProductionFacts): readonly Obstacle[] {
  const page = `/agents/${facts.agentId}`;
  const strict = facts.kind === "embedded" && compareTier(facts.tier, "high") >= 0;
  const obstacles: (Obstacle | false)[] = [
    facts.sponsor === null && {
      id: "no-sponsor",
      words: "nobody is answerable for it: assign a sponsor",
      href: `${page}?tab=sponsors`,
    },
    facts.sponsor?.competent === false && {
      id: "sponsor-not-competent",
      words: "its acting sponsor lacks current training for this tier",
      href: `${page}?tab=sponsors`,
    },
    !facts.manifestInForce && {
      id: "no-manifest",
      words: "no approved manifest is in force",
      href: `${page}?tab=manifests`,
    },
    facts.activeKeys === 0 && {
      id: "no-key",
      words: "it has no active key to sign its requests with",
      href: `${page}?tab=keys`,
    },
    strict &&
      facts.maturity < EMBEDDED_MATURITY_MIN && {
        id: "maturity",
        words: `an embedded agent of tier ${facts.tier} needs maturity level ${EMBEDDED_MATURITY_MIN}; this one has ${facts.maturity}`,
        href: page,
      },
  ];
  return obstacles.filter((obstacle) => obstacle !== false);
}
