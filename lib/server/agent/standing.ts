import { keyState } from "@/lib/domain/agent/key";
import { asStatus, type Obstacle, productionObstacles } from "@/lib/domain/agent/lifecycle";
import { type Maturity, type MaturityFacts, maturity } from "@/lib/domain/agent/maturity";
import { type AgentKind, asTier } from "@/lib/domain/agent/tier";
import { IntentManifest } from "@/lib/domain/manifest/manifest";
import type { ActingSponsor } from "../sponsor/queries";

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
  readonly manifests: readonly { readonly state: string; readonly document: unknown }[];
};

export type Standing = {
  readonly maturity: Maturity;
  /** what stands against production, or what is no longer met by an agent that is in it */
  readonly obstacles: readonly Obstacle[];
};

export function asKind(value: string): AgentKind {
  // Unknown counts as the one with the stricter controls.
  return value === "assistive" ? "assistive" : "embedded";
}

/** What the agent has reached and what it lacks, from its row with its keys and its manifests (at least the approved one). */
export function standing(agent: StoredAgent, sponsor: ActingSponsor | null, now: Date): Standing {
  const activeKeys = agent.keys.filter((key) => keyState(key, now) === "active").length;
  const manifest = inForce(agent.manifests, now);
  const reached = maturity(
    {
      agentId: agent.id,
      dedicatedCredentials: agent.dedicatedCredentials,
      loggingEnabled: agent.loggingEnabled,
      activeKeys,
      manifest,
      riskAt: agent.riskAt,
    },
    now,
  );
  const obstacles =
    asStatus(agent.status) === "retired"
      ? []
      : productionObstacles({
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

/** The approved manifest, while its validity lasts. */
function inForce(manifests: StoredAgent["manifests"], now: Date): MaturityFacts["manifest"] {
  const approved = manifests.find(({ state }) => state === "approved");
  const parsed = IntentManifest.safeParse(approved?.document);
  if (!parsed.success) return null;
  const { validity, network, budgets, risk } = parsed.data;
  const at = now.getTime();
  if (at < Date.parse(validity.notBefore) || at >= Date.parse(validity.notAfter)) return null;
  const limits = [budgets.requests, budgets.records, budgets.spend].flatMap((budget) =>
    [budget?.minute, budget?.hour, budget?.day].filter((limit) => limit !== undefined),
  );
  return { destinations: network.length, budgets: limits.length, containAt: risk.contain };
}
