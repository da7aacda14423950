import type { Role } from "@/lib/domain/access/permissions";
import type { Tier } from "@/lib/domain/agent/tier";
import { competence, type Pass } from "@/lib/domain/training/competence";

export const SPONSOR_KINDS = ["sponsor", "deputy"] as const;
export type SponsorKind = (typeof SPONSOR_KINDS)[number];

export type Candidate = {
  readonly id: string;
  readonly active: boolean;
  readonly roles: readonly Role[];
  readonly certificates: readonly Pass[];
};

export type Assignment = {
  readonly kind: SponsorKind;
  readonly tier: Tier;
  readonly ownerId: string;
  /** the open assignments as they are */
  readonly sponsorId: string | null;
  readonly deputyId: string | null;
};

export type Objection = {
  readonly id: "inactive" | "role" | "owner" | "same" | "other" | "training";
  readonly words: string;
};

/** Why this person can't be assigned; empty where nothing stands against it. Firm policy. */
export function objections(
  candidate: Candidate,
  assignment: Assignment,
  now: Date,
): readonly Objection[] {
  const { kind, tier } = assignment;
  const state = competence(candidate.certificates, tier, now);
  const current = kind === "sponsor" ? assignment.sponsorId : assignment.deputyId;
  const found: (Objection | false)[] = [
    !candidate.active && { id: "inactive", words: "their account is not active" },
    !candidate.roles.includes("sponsor") && {
      id: "role",
      words: "they don’t hold the role sponsor",
    },
    candidate.id === assignment.ownerId && {
      id: "owner",
      words: "they own the agent; who writes its manifests can’t approve them",
    },
    candidate.id === current && { id: "same", words: `they are the ${kind} already` },
    // The other way round is a handover: a deputy may become the sponsor.
    kind === "deputy" &&
      candidate.id === assignment.sponsorId && {
        id: "other",
        words: "they are the sponsor; the deputy must be somebody else",
      },
    !state.competent && {
      id: "training",
      words: `their training lacks ${state.missing.map((id) => id.toUpperCase()).join(", ")} for tier ${tier}`,
    },
  ];
  return found.filter((objection) => objection !== false);
}
