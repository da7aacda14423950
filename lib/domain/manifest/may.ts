import { type Actor, can, type Permission } from "@/lib/domain/access/permissions";
import type { AgentStatus } from "@/lib/domain/agent/lifecycle";
import type { Tier } from "@/lib/domain/agent/tier";
import { approvalsNeeded, type Stage } from "./approval";
import { canMove, isEditable, type ManifestState } from "./lifecycle";

/** What a person may want to do with a manifest. */
export const MANIFEST_ACTS = ["edit", "submit", "withdraw", "return", "approve", "revoke"] as const;
export type ManifestAct = (typeof MANIFEST_ACTS)[number];

/** `standing`: not theirs to do. `competence`: not trained for it now. `facts`: not as things stand. */
export type Obstacle = {
  readonly kind: "standing" | "competence" | "facts";
  readonly message: string;
};

export type ManifestFacts = {
  readonly actor: Actor;
  /** has the actor, now, the training that a sponsor of the agent's tier needs? */
  readonly competent: boolean;
  /** the actor's office towards the agent */
  readonly office: "sponsor" | "deputy" | null;
  /** who answers for the agent now: the sponsor, or the deputy while the sponsor is away */
  readonly actingSponsorId: string | null;
  readonly manifest: {
    readonly state: ManifestState;
    readonly version: number;
    readonly authorId: string;
    /** who has signed it, in order */
    readonly approverIds: readonly string[];
  };
  readonly agent: { readonly ownerId: string; readonly tier: Tier; readonly status: AgentStatus };
  /** the highest version that was ever approved, and one that waits now; null for none */
  readonly approvedVersion: number | null;
  readonly waitingVersion: number | null;
};

const PERMISSION: Readonly<Record<ManifestAct, Permission>> = {
  edit: "manifest:draft",
  submit: "manifest:submit",
  withdraw: "manifest:submit",
  return: "manifest:return",
  approve: "manifest:approve",
  revoke: "manifest:revoke",
};

/** Which signature would come next: `first` where a second person must sign after it. */
export function nextStage(tier: Tier, signed: number): Stage {
  return signed + 1 < approvalsNeeded(tier) ? "first" : "final";
}

/** What stands in the way of the act, or null. The role, the person's part in it, then the facts. */
export function obstacleTo(act: ManifestAct, facts: ManifestFacts): Obstacle | null {
  if (!can(facts.actor, PERMISSION[act])) {
    return standing(`your roles do not include \`${PERMISSION[act]}\``);
  }
  switch (act) {
    case "edit":
      return ownerOnly(facts) ?? editable(facts) ?? ownWords(facts);
    case "submit":
      return ownerOnly(facts) ?? editable(facts) ?? ownWords(facts) ?? inTurn(facts);
    case "withdraw":
      return ownerOnly(facts) ?? waiting(facts) ?? unsigned(facts);
    case "return":
      return waiting(facts) ?? mayReturn(facts);
    case "approve":
      return waiting(facts) ?? mayApprove(facts) ?? inOrder(facts);
    case "revoke":
      return mayRevoke(facts);
  }
}

const standing = (message: string): Obstacle => ({ kind: "standing", message });
const fact = (message: string): Obstacle => ({ kind: "facts", message });

function ownerOnly({ actor, agent }: ManifestFacts): Obstacle | null {
  if (agent.ownerId !== actor.id) return standing("only the agent's owner writes its manifests");
  return agent.status === "retired" ? fact("the agent is retired") : null;
}

function editable(facts: ManifestFacts): Obstacle | null {
  const { state } = facts.manifest;
  if (!isEditable(state)) {
    return fact(
      state === "submitted"
        ? "it waits for approval: withdraw it to change it"
        : `it is ${state} and does not change any more: start a new version from it`,
    );
  }
  return unsigned(facts);
}

/**
 * One person writes one version, or else who wrote a part of it, and sponsors the agent by then, could approve it. A
 * copy of it is the new owner's own.
 */
function ownWords({ actor, manifest }: ManifestFacts): Obstacle | null {
  if (manifest.authorId === actor.id) return null;
  return fact("the agent's former owner wrote it: start a new version from it");
}

/** A signature stands under exactly one text, so that a signed version is never edited. */
function unsigned({ manifest }: ManifestFacts): Obstacle | null {
  if (manifest.approverIds.length === 0) return null;
  return fact(
    manifest.state === "submitted"
      ? "it carries a first signature: ask the sponsor to return it"
      : "it carries a signature and does not change any more: start a new version from it",
  );
}

function inTurn({ manifest, approvedVersion, waitingVersion }: ManifestFacts): Obstacle | null {
  if (waitingVersion !== null && waitingVersion !== manifest.version) {
    return fact(`version ${waitingVersion} waits for approval already: withdraw it first`);
  }
  return notOvertaken(manifest.version, approvedVersion);
}

/** Approving an old draft would silently undo what a later version decided. */
function notOvertaken(version: number, approved: number | null): Obstacle | null {
  if (approved === null || approved < version) return null;
  return fact(`version ${approved} was approved after this draft was made: start a new version`);
}

function waiting({ manifest }: ManifestFacts): Obstacle | null {
  return manifest.state === "submitted" ? null : fact(`it is ${manifest.state}, not submitted`);
}

function mayReturn(facts: ManifestFacts): Obstacle | null {
  if (facts.office !== null || facts.actor.id === facts.actingSponsorId) return null;
  if (facts.manifest.approverIds.length > 0) return mayApprove(facts);
  return standing("only the agent's sponsor or deputy returns its manifests");
}

function mayApprove(facts: ManifestFacts): Obstacle | null {
  const { actor, manifest, agent } = facts;
  if (actor.id === agent.ownerId || actor.id === manifest.authorId) {
    return standing("the owner and the author of a manifest never approve it");
  }
  if (manifest.approverIds.includes(actor.id)) {
    return standing("you have signed it: a second person must sign, too");
  }
  // The first signature is the acting sponsor's; the second eye is any other sponsor with the training.
  if (manifest.approverIds.length === 0 && actor.id !== facts.actingSponsorId) {
    return standing("only the agent's acting sponsor approves its manifests");
  }
  if (!facts.competent) {
    return {
      kind: "competence",
      message: `your training does not cover a sponsor of tier ${agent.tier} now`,
    };
  }
  return null;
}

function inOrder({ manifest, agent, approvedVersion }: ManifestFacts): Obstacle | null {
  if (agent.status === "retired") return fact("the agent is retired");
  if (manifest.approverIds.includes(agent.ownerId)) {
    return fact("who signed it first owns the agent now: return it, so that it is signed anew");
  }
  return notOvertaken(manifest.version, approvedVersion);
}

function mayRevoke({ actor, office, actingSponsorId, manifest }: ManifestFacts): Obstacle | null {
  if (!canMove(manifest.state, "revoked")) return fact(`it is ${manifest.state}, not in force`);
  if (actor.roles.includes("compliance") || office !== null || actor.id === actingSponsorId) {
    return null;
  }
  return standing("only the agent's sponsor, its deputy or compliance revokes its manifest");
}
