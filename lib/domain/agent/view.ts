import type { ContainmentLevel } from "@/lib/domain/containment/level";
import type { ManifestState } from "@/lib/domain/manifest/lifecycle";
import type { Outcome } from "@/lib/domain/policy/reasons";
import type { SponsorKind } from "@/lib/domain/sponsor/eligibility";
import type { ModuleId } from "@/lib/domain/training/competence";
import type { Classification } from "./classification";
import type { KeyState } from "./key";
import type { AgentStatus, Obstacle } from "./lifecycle";
import type { Maturity, MaturityLevel } from "./maturity";
import type { AgentKind, Tier } from "./tier";

/** What pages show of agents. Instants are ISO 8601 in UTC. */
export type Named = { readonly id: string; readonly name: string };

/** One line of the catalogue. */
export type AgentRow = {
  readonly id: string;
  readonly name: string;
  readonly kind: AgentKind;
  readonly tier: Tier;
  readonly status: AgentStatus;
  readonly owner: Named;
  readonly legalEntity: Named;
  /** the acting one */
  readonly sponsor: (Named & { readonly kind: SponsorKind; readonly competent: boolean }) | null;
  readonly containment: ContainmentLevel | null;
  readonly riskScore: number;
  readonly riskAt: string | null;
  readonly maturity: MaturityLevel;
  /** version of the manifest in force */
  readonly manifestVersion: number | null;
  readonly openReviews: number;
};

export type AgentPage = {
  readonly rows: readonly AgentRow[];
  readonly total: number;
  readonly page: number;
  readonly pageSize: number;
  readonly sort: string | null;
};

/** An assignment, open where `toAt` is null. `training` is what the person has now, of what the agent's tier asks. */
export type SponsorshipView = {
  readonly id: string;
  readonly person: Named & { readonly active: boolean; readonly holdsRole: boolean };
  readonly kind: SponsorKind;
  readonly fromAt: string;
  readonly toAt: string | null;
  /** answers for the agent now */
  readonly acting: boolean;
  readonly training: {
    readonly competent: boolean;
    readonly missing: readonly ModuleId[];
    readonly expiring: readonly { readonly module: ModuleId; readonly expiresAt: string }[];
    readonly competentUntil: string | null;
  };
};

export type KeyView = {
  readonly jkt: string;
  readonly state: KeyState;
  readonly x: string;
  readonly notBefore: string;
  readonly notAfter: string | null;
  readonly revokedAt: string | null;
  readonly createdAt: string;
};

export type AgentManifestRow = {
  readonly id: string;
  readonly version: number;
  readonly state: ManifestState;
  readonly goal: string;
  readonly author: Named;
  readonly updatedAt: string;
  readonly submittedAt: string | null;
  readonly approvedAt: string | null;
  readonly endedAt: string | null;
};

export type DecisionRow = {
  readonly seq: number;
  readonly at: string;
  readonly outcome: Outcome;
  readonly reason: string;
  /** the reason in a few words */
  readonly reasonTitle: string;
  readonly cluster: string | null;
  readonly action: string | null;
  readonly resourceType: string | null;
  readonly simulated: boolean;
  readonly reviewId: string | null;
  /** null where the reader may not read words, or they are erased */
  readonly sentence: string | null;
};

export type DecisionPage = {
  /** newest first */
  readonly rows: readonly DecisionRow[];
  /** the ledger position before which the next page begins; null on the last */
  readonly older: number | null;
};

export type AgentView = {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly kind: AgentKind;
  readonly tier: Tier;
  readonly status: AgentStatus;
  /** of the row, for the optimistic lock */
  readonly version: number;
  readonly owner: Named;
  readonly legalEntity: Named;
  readonly resources: readonly string[];
  /** null where the answers can't be read */
  readonly classification: Classification | null;
  readonly dedicatedCredentials: boolean;
  readonly loggingEnabled: boolean;
  readonly createdAt: string;
  readonly productionAt: string | null;
  readonly retiredAt: string | null;
  readonly maturity: Maturity;
  readonly obstacles: readonly Obstacle[];
  /** newest first */
  readonly sponsorships: readonly SponsorshipView[];
  /** newest first */
  readonly keys: readonly KeyView[];
  /** newest first */
  readonly manifests: readonly AgentManifestRow[];
  readonly inForce: {
    readonly id: string;
    readonly version: number;
    readonly goal: string;
    readonly notAfter: string;
    readonly risk: { readonly review: number; readonly contain: number };
  } | null;
  readonly riskScore: number;
  readonly riskAt: string | null;
  readonly containment: {
    readonly level: ContainmentLevel;
    readonly since: string;
    readonly by: Named | null;
    readonly rule: string | null;
    readonly seq: number;
  } | null;
  readonly openReviews: number;
};
