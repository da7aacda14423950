import type { Actor } from "@/lib/domain/access/permissions";
import { CONTAINMENT_LEVELS, type ContainmentLevel } from "./level";

/** Who acts on a containment, and on what. */
export type ContainmentActor = {
  readonly actor: Actor;
  readonly ownsAgent: boolean;
  readonly office: "sponsor" | "deputy" | null;
  readonly competent: boolean;
};

export type Refusal = {
  readonly kind: "standing" | "competence" | "facts";
  readonly message: string;
};

/** 0 where there is no containment; higher is stricter. */
export function strictness(level: ContainmentLevel | null): number {
  return level === null ? 0 : CONTAINMENT_LEVELS.indexOf(level) + 1;
}

/** A level as the database holds it. It checks the list, so an unknown word is a surprise and counts as the strictest. */
export function asContainment(value: string | null): ContainmentLevel | null {
  if (value === null) return null;
  return CONTAINMENT_LEVELS.find((level) => level === value) ?? "stopped";
}

/**
 * What keeps this person from making the agent stricter; null: nothing. Training is never asked for here: the right
 * to stop an agent is not taken from anyone who sponsors it, nor from compliance or an administrator.
 */
export function obstacleToApply(
  who: ContainmentActor,
  current: ContainmentLevel | null,
  next: ContainmentLevel,
): Refusal | null {
  const { roles } = who.actor;
  const sponsors = who.office !== null && roles.includes("sponsor");
  if (!sponsors && !roles.includes("compliance") && !roles.includes("admin")) {
    return {
      kind: "standing",
      message: "only the agent's sponsor, its deputy, compliance or an administrator contains it",
    };
  }
  if (strictness(next) > strictness(current)) return null;
  return {
    kind: "facts",
    message:
      next === current
        ? `the agent is at \`${next}\` already`
        : `\`${next}\` is milder than \`${current}\`: a sponsor lifts the containment instead`,
  };
}

/** What keeps this person from lifting the containment (to a milder level, or to none: null); null: nothing. */
export function obstacleToLift(
  who: ContainmentActor,
  current: ContainmentLevel | null,
  to: ContainmentLevel | null,
): Refusal | null {
  const standing = (message: string): Refusal => ({ kind: "standing", message });
  if (who.ownsAgent) return standing("the owner of an agent never lifts its containment");
  if (who.office === null || !who.actor.roles.includes("sponsor")) {
    return standing("only the agent's sponsor or deputy lifts its containment");
  }
  if (current === null) return { kind: "facts", message: "the agent is not contained" };
  if (strictness(to) >= strictness(current)) {
    return { kind: "facts", message: `\`${to ?? ""}\` is not milder than \`${current}\`` };
  }
  if (who.competent) return null;
  return {
    kind: "competence",
    message: "your training is not current for this agent's tier: you can contain it, not lift",
  };
}
