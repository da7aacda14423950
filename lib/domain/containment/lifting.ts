import type { Tier } from "@/lib/domain/agent/tier";
import type { ContainmentLevel } from "./level";
import { type ContainmentActor, obstacleToLift, type Refusal, strictness } from "./rules";

/** Firm policy: a containment of a critical agent is lifted by two people, the second of whom may be of compliance. */
export function needsTwo(tier: Tier): boolean {
  return tier === "critical";
}

/** For so long the first signature waits for the second. */
export const FIRST_SIGNATURE_HOURS = 24;

/** The first signature under a lift, where there is one. */
export type FirstSignature = {
  readonly personId: string;
  readonly to: ContainmentLevel | null;
};

/**
 * What keeps this person from signing the lift; null: nothing. Where two are needed, the second must be another person,
 * trained for the tier, and must sign the very same lift.
 */
export function obstacleToSign(
  who: ContainmentActor,
  lift: {
    readonly tier: Tier;
    readonly current: ContainmentLevel | null;
    readonly to: ContainmentLevel | null;
    readonly first: FirstSignature | null;
  },
): Refusal | null {
  const { current, to, first } = lift;
  if (!needsTwo(lift.tier) || first === null) return obstacleToLift(who, current, to);
  if (first.personId === who.actor.id) {
    // Who signed for something else may think again; the new signature takes the place of the old one.
    if (first.to !== to) return obstacleToLift(who, current, to);
    return { kind: "facts", message: "you have signed already: another person completes the lift" };
  }
  if (first.to !== to) {
    return {
      kind: "facts",
      message: `the first signature is for \`${first.to ?? "no containment"}\`: sign the same`,
    };
  }
  return who.actor.roles.includes("compliance")
    ? obstacleForCompliance(who, lift)
    : obstacleToLift(who, current, to);
}

function obstacleForCompliance(
  who: ContainmentActor,
  {
    current,
    to,
  }: { readonly current: ContainmentLevel | null; readonly to: ContainmentLevel | null },
): Refusal | null {
  if (who.ownsAgent) {
    return { kind: "standing", message: "the owner of an agent never lifts its containment" };
  }
  if (strictness(to) >= strictness(current)) {
    return { kind: "facts", message: "that is not milder" };
  }
  if (who.competent) return null;
  return {
    kind: "competence",
    message: "your training is not current for this agent's tier: you can contain it, not lift",
  };
}
