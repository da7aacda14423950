import type { Actor } from "@/lib/domain/access/permissions";
import type { Tier } from "@/lib/domain/agent/tier";
import type { ContainmentLevel } from "@/lib/domain/containment/level";
import { overridable, type ReasonCode } from "@/lib/domain/policy/reasons";
import { GRANT_MINUTES, RESOLUTIONS, type Resolution } from "./review";

/** What is known of the review. */
type ReviewFacts = {
  readonly state: "open" | "resolved";
  readonly outcome: "hold" | "block";
  readonly reason: ReasonCode;
  readonly escalated: boolean;
  /** the manifest under which the request was decided */
  readonly manifestId: string | null;
  /** the request itself is still readable (its detail was not erased) */
  readonly requestKnown: boolean;
};

/** What is known of the agent now. */
type ReviewedAgent = {
  readonly status: "registered" | "production" | "retired";
  readonly tier: Tier;
  readonly containment: ContainmentLevel | null;
  /** valid at this moment */
  readonly manifestInForceId: string | null;
};

/** What is known of the person who looks at it. */
type Resolver = {
  readonly actor: Actor;
  readonly ownsAgent: boolean;
  readonly office: "sponsor" | "deputy" | null;
  readonly competent: boolean;
};

export type Situation = {
  readonly review: ReviewFacts;
  readonly agent: ReviewedAgent;
  readonly resolver: Resolver;
};

/** Why something is not open: `standing` = not this person, `competence` = not without training, `facts` = nobody could. */
export type Obstacle = {
  readonly kind: "standing" | "competence" | "facts";
  readonly message: string;
};

/** How sure we must be that it is them: nothing more than the session, their password again, or their passkey. */
export type Assurance = "session" | "password" | "passkey";

export type ResolutionOption = {
  readonly resolution: Resolution;
  readonly obstacle: Obstacle | null;
  readonly assurance: Assurance;
};

/** Every resolution with what stands in its way for this person now, if anything. */
export function resolutionsOpenTo(situation: Situation): readonly ResolutionOption[] {
  return RESOLUTIONS.map((resolution) => ({
    resolution,
    obstacle: obstacleTo(resolution, situation),
    assurance: assuranceFor(resolution, situation),
  }));
}

/** What keeps this person from this resolution now; null: nothing. */
export function obstacleTo(resolution: Resolution, situation: Situation): Obstacle | null {
  if (situation.review.state === "resolved") {
    return { kind: "facts", message: "this review is already resolved" };
  }
  return (
    standing(situation) ?? factsAgainst(resolution, situation) ?? training(resolution, situation)
  );
}

/** May this person act on the review at all? The owner never; the sponsor or the deputy; compliance once escalated. */
function standing({ review, resolver }: Situation): Obstacle | null {
  const refuse = (message: string): Obstacle => ({ kind: "standing", message });
  if (resolver.ownsAgent) return refuse("the owner of an agent never resolves its reviews");
  const { roles } = resolver.actor;
  if (resolver.office !== null && roles.includes("sponsor")) return null;
  if (!roles.includes("compliance")) {
    return refuse("only the agent's sponsor or deputy resolves this review");
  }
  if (review.escalated) return null;
  return refuse("compliance resolves a review once it is escalated: escalate it first");
}

/** Who may hand the review to compliance: whoever sponsors the agent, and compliance itself. */
export function obstacleToEscalation({ review, resolver }: Situation): Obstacle | null {
  if (review.state === "resolved") {
    return { kind: "facts", message: "this review is already resolved" };
  }
  if (review.escalated) {
    return { kind: "facts", message: "this review is already with compliance" };
  }
  const { roles } = resolver.actor;
  const sponsors = resolver.office !== null && roles.includes("sponsor") && !resolver.ownsAgent;
  if (sponsors || roles.includes("compliance")) return null;
  return {
    kind: "standing",
    message: "only the agent's sponsor, deputy or compliance escalates this review",
  };
}

function factsAgainst(resolution: Resolution, situation: Situation): Obstacle | null {
  const because = reasonAgainst(resolution, situation);
  return because === null ? null : { kind: "facts", message: because };
}

function reasonAgainst(resolution: Resolution, { review, agent }: Situation): string | null {
  switch (resolution) {
    case "uphold":
      return null;
    case "stop":
      return againstStop(agent);
    case "override":
      return overridable(review.reason) ? grantUseless(agent) : NEVER;
    case "confirm-target":
      return againstConfirmTarget(review, agent);
    case "amend":
      return againstAmend(review, agent);
  }
}

const NOT_THE_MANIFEST: readonly ReasonCode[] = [
  "risk_contain",
  "risk_review",
  "contained_confirm_all",
];
const NEVER = "a never-rule forbids it: no override and no amendment can lift that";
const ERASED = "the request's words were erased, so that it can't be read any more";

function againstStop(agent: ReviewedAgent): string | null {
  if (agent.status === "retired") return "the agent is retired: its requests are refused for good";
  return agent.containment === "stopped" ? "the agent is stopped already" : null;
}

function againstConfirmTarget(review: ReviewFacts, agent: ReviewedAgent): string | null {
  if (review.reason !== "confirm_new_target") {
    return "only a request that waits because its target is new can be confirmed for good";
  }
  if (!review.requestKnown) return ERASED;
  if (agent.manifestInForceId !== review.manifestId) {
    return "the manifest has changed since: confirm once instead";
  }
  return grantUseless(agent);
}

function againstAmend(review: ReviewFacts, agent: ReviewedAgent): string | null {
  if (!overridable(review.reason)) return NEVER;
  if (NOT_THE_MANIFEST.includes(review.reason)) {
    return "the request is within the manifest: it is the agent's risk or containment that stops it";
  }
  if (!review.requestKnown) return ERASED;
  if (agent.status === "retired") return "the agent is retired";
  if (agent.manifestInForceId === null) return "no manifest is in force that could be widened";
  return agent.manifestInForceId === review.manifestId
    ? null
    : "the manifest has changed since: the agent has to ask again under the new one";
}

function grantUseless(agent: ReviewedAgent): string | null {
  if (agent.status !== "production")
    return "the agent is not in production: it would be refused anyway";
  if (agent.containment === "stopped" || agent.containment === "quarantine") {
    return `the agent is ${agent.containment === "stopped" ? "stopped" : "in quarantine"}: it would be refused anyway`;
  }
  return agent.manifestInForceId === null
    ? "no manifest is in force: the agent would be refused anyway"
    : null;
}

/** Missing training takes the right to let something through, never the right to refuse or to stop. */
function training(resolution: Resolution, { resolver }: Situation): Obstacle | null {
  if (resolution === "uphold" || resolution === "stop" || resolver.competent) return null;
  return {
    kind: "competence",
    message: "your training is not current for this agent's tier: you can still uphold or stop",
  };
}

/**
 * Firm policy. What lets a request through takes a passkey where the tier is high or critical. Below that, a request
 * outside the mandate takes the password again; one inside the mandate takes the session.
 */
export function assuranceFor(resolution: Resolution, { review, agent }: Situation): Assurance {
  if (resolution !== "override" && resolution !== "confirm-target") return "session";
  if (agent.tier === "high" || agent.tier === "critical") return "passkey";
  return review.outcome === "block" || resolution === "confirm-target" ? "password" : "session";
}

export type ResolutionWords = { readonly label: string; readonly effect: string };

const AGAIN =
  "Nothing else changes; asking for exactly this again within 24 hours gets the same answer without a new review.";

/** What the resolution is called and what it will do, said before it is done. */
export function resolutionInWords(
  resolution: Resolution,
  outcome: "hold" | "block",
): ResolutionWords {
  switch (resolution) {
    case "uphold":
      return outcome === "hold"
        ? {
            label: "Refuse",
            effect: `The request stays refused. ${AGAIN}`,
          }
        : {
            label: "Uphold the block",
            effect: `The request stays blocked. ${AGAIN}`,
          };
    case "override":
      return outcome === "hold"
        ? {
            label: "Confirm once",
            effect: `Exactly this request is allowed once, if the agent repeats it within ${GRANT_MINUTES} minutes. The next one waits for a person again.`,
          }
        : {
            label: "Override once",
            effect: `Exactly this request is allowed once, although it lies outside the mandate, if the agent repeats it within ${GRANT_MINUTES} minutes. The manifest stays as it is.`,
          };
    case "confirm-target":
      return {
        label: "Confirm the target for good",
        effect:
          "This request is allowed, and later requests of this task to the same target need no confirmation for as long as this manifest is in force.",
      };
    case "amend":
      return {
        label: "Amend the manifest",
        effect:
          "The request stays refused. The owner gets a new draft with the smallest widening that would allow it; nothing is allowed until that draft is submitted and approved.",
      };
    case "stop":
      return {
        label: "Stop the agent",
        effect:
          "The request stays refused and the agent is stopped at once: every request is refused until a trained sponsor lifts it.",
      };
  }
}
