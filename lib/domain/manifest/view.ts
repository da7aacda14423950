import type { AgentStatus } from "@/lib/domain/agent/lifecycle";
import type { AgentKind, Tier } from "@/lib/domain/agent/tier";
import type { ContainmentLevel } from "@/lib/domain/containment/level";
import type { Stage } from "./approval";
import type { BacktestResult } from "./backtest";
import type { Change, ChangeKind } from "./change";
import type { Problem } from "./document";
import type { Finding } from "./finding";
import type { ManifestState } from "./lifecycle";
import type { IntentManifest } from "./manifest";
import type { ManifestAct } from "./may";
import type { PlainManifest } from "./plain-english";

// Plain data for pages: dates are ISO strings.

/** One line of the table of manifests. */
export type ManifestRow = {
  readonly id: string;
  readonly agentId: string;
  readonly agentName: string;
  readonly tier: Tier;
  readonly version: number;
  readonly state: ManifestState;
  readonly authorId: string;
  readonly authorName: string;
  /** the acting sponsor */
  readonly sponsorId: string | null;
  readonly sponsorName: string | null;
  readonly updatedAt: string;
  readonly submittedAt: string | null;
  readonly approvedAt: string | null;
  readonly validUntil: string | null;
  /** approved, and inside its validity */
  readonly inForce: boolean;
};

export type ManifestPage = { readonly rows: readonly ManifestRow[]; readonly total: number };

export type ApprovalView = {
  readonly id: string;
  readonly personId: string;
  readonly personName: string;
  readonly stage: Stage;
  readonly assurance: "passkey" | "password";
  /** of the statement that was signed */
  readonly digest: string;
  readonly attestation: string;
  readonly at: string;
  readonly seq: string;
};

/** One thing that happened to it, from the ledger, oldest first. */
export type HistoryItem = {
  readonly at: string;
  readonly kind: string;
  readonly title: string;
  readonly personName: string | null;
  readonly seq: string;
};

export type ManifestView = {
  readonly id: string;
  readonly agent: {
    readonly id: string;
    readonly name: string;
    readonly kind: AgentKind;
    readonly tier: Tier;
    readonly status: AgentStatus;
    readonly containment: ContainmentLevel | null;
    readonly riskScore: number;
    readonly openReviews: number;
    readonly ownerId: string;
    readonly ownerName: string;
  };
  readonly version: number;
  readonly state: ManifestState;
  /** approved, and inside its validity */
  readonly inForce: boolean;
  /** send it back with saveDraft and submitManifest */
  readonly revision: number;
  readonly digest: string | null;
  readonly author: { readonly id: string; readonly name: string };
  readonly sponsor: {
    readonly personId: string;
    readonly name: string;
    readonly kind: "sponsor" | "deputy";
    readonly competent: boolean;
  } | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly submittedAt: string | null;
  readonly approvedAt: string | null;
  readonly endedAt: string | null;
  readonly returnReason: string | null;
  readonly reviewId: string | null;
  /** the document as JSON text for the editor */
  readonly text: string;
  /** null while the document is not valid */
  readonly manifest: IntentManifest | null;
  readonly problems: readonly Problem[];
  readonly plain: PlainManifest | null;
  readonly findings: readonly Finding[];
  readonly approvals: readonly ApprovalView[];
  /** signatures that the agent's tier asks for */
  readonly approvalsNeeded: 1 | 2;
  readonly nextStage: Stage;
  readonly history: readonly HistoryItem[];
  /** what the reader may do now; where not, `whyNot` says it in words */
  readonly can: Readonly<Record<ManifestAct, boolean>>;
  readonly whyNot: Readonly<Partial<Record<ManifestAct, string>>>;
};

export type ComparisonView = {
  /** the version in force; null where there is none, so that everything is new */
  readonly inForce: {
    readonly id: string;
    readonly version: number;
    readonly digest: string;
  } | null;
  readonly changes: readonly Change[];
  readonly counts: Readonly<Record<ChangeKind, number>>;
  /** the words that the page proposes to the approver */
  readonly attestation: string;
};

export type BacktestView = {
  readonly id: string;
  readonly digest: string;
  readonly createdAt: string;
  /** may an approval still rest on it? Otherwise run it again. */
  readonly fresh: boolean;
  readonly result: BacktestResult;
};

export type PendingApproval = {
  readonly manifestId: string;
  readonly agentId: string;
  readonly agentName: string;
  readonly tier: Tier;
  readonly version: number;
  readonly submittedAt: string;
  readonly stage: Stage;
};
