import { keyState } from "@/lib/domain/agent/key";
import { asStatus, type Obstacle, productionObstacles } from "@/lib/domain/agent/lifecycle";
import { type Maturity, type MaturityFacts, maturity } from "@/lib/domain/agent/maturity";
import { asKind, asTier } from "@/lib/domain/agent/tier";
import type { IntentManifest } from "@/lib/domain/manifest/manifest";

type StoredAgent = {
  readonly id: string;
  readonly kind: string;
  readonly tier: string;
  readonly status: string;
  readonly dedicatedCredentials: boolean;
  readonly loggingEnabled: boolean;
  readonly riskAt: Date | null;
  readonly keys: readonly {
    readonly notBefore: Date;
    readonly notAfter: Date | null;
    readonly revokedAt: Date | null;
  }[];
};

type Support = {
  /** the one in force at `now` */
  readonly manifest: IntentManifest | null;
  /** the acting one */
  readonly sponsor: { readonly competent: boolean } | null;
  readonly now: Date;
};

export type Readiness = {
  readonly maturity: Maturity;
  /** what stands against production, or what is no longer met by an agent that is in it */
  readonly obstacles: readonly Obstacle[];
};

/** What the agent has reached and what it lacks, from its row with its keys. */
export function readiness(agent: StoredAgent, { manifest, sponsor, now }: Support): Readiness {
  const activeKeys = agent.keys.filter((key) => keyState(key, now) === "active").length;
  const reached = maturity(
    {
      agentId: agent.id,
      dedicatedCredentials: agent.dedicatedCredentials,
      loggingEnabled: agent.loggingEnabled,
      activeKeys,
      manifest: manifest && manifestFacts(manifest),
      riskAt: agent.riskAt,
    },
    now,
  );
  if (asStatus(agent.status) === "retired") return { maturity: reached, obstacles: [] };
  const obstacles = productionObstacles({
    agentId: agent.id,
    kind: asKind(agent.kind),
    tier: asTier(agent.tier),
    maturity: reached.level,
    sponsor,
    manifestInForce: manifest !== null,
    activeKeys,
  });
  return { maturity: reached, obstacles };
}

function manifestFacts({ network, budgets, risk }: IntentManifest): MaturityFacts["manifest"] {
  const limits = [budgets.requests, budgets.records, budgets.spend].flatMap((budget) =>
    [budget?.minute, budget?.hour, budget?.day].filter((limit) => limit !== undefined),
  );
  return { destinations: network.length, budgets: limits.length, containAt: risk.contain };
}
