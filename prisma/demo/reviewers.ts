/** How the demo's sponsors answer reviews: by the reason, in words that a real one might write. */
import type { EvaluationRequest } from "@/lib/domain/policy/request";
import { db } from "@/lib/server/db";
import { beginOverride } from "@/lib/server/review/begin-override";
import { resolveReview } from "@/lib/server/review/resolve";
import { markOf } from "@/lib/server/review/seen";
import { actingSponsor } from "@/lib/server/sponsor/queries";
import type { Review } from "@/prisma/generated/client";
import type { Staff } from "./staff";
import type { Dice } from "./types";

type Plan = {
  readonly resolution: "uphold" | "override" | "confirm-target";
  readonly reason: string;
};

const UPHOLD: Readonly<Record<string, readonly [string, ...string[]]>> = {
  never_rule: [
    "Never-rule. Nothing in this task needs that data; the owner will look at why it tried.",
    "The rule is there for this very case. Upheld, and raised with the owner.",
  ],
  data_class_exceeded: ["Customer names are not needed to find idle machines. Upheld."],
  condition_false: [
    "Above the limit that I approved. The desk will post this one by hand.",
    "The limit stands; I asked the desk to split or to come to me first.",
  ],
  no_rule: ["Not part of what this agent is for. Upheld."],
};

const STOPPED_AGAIN: Plan = {
  resolution: "uphold",
  reason: "Let through once already and stopped again for another reason: I look into that first.",
};

function plan(reason: string, request: EvaluationRequest, dice: Dice): Plan {
  const { spend } = request.context;
  switch (reason) {
    case "confirm_new_target":
      return dice.chance(0.75)
        ? {
            resolution: "confirm-target",
            reason: "Called the payee back on the number in our file: account confirmed.",
          }
        : {
            resolution: "uphold",
            reason: "The payee could not be reached on the number in our file; not released.",
          };
    case "confirm_each":
      return dice.chance(0.88)
        ? {
            resolution: "override",
            reason: `Checked against the documents${spend === undefined ? "" : `: ${spend.toLocaleString("en-GB")} is what they say`}. Confirmed this once.`,
          }
        : {
            resolution: "uphold",
            reason: "The documents do not carry the amount yet; not confirmed.",
          };
    case "risk_review":
      return dice.chance(0.5)
        ? {
            resolution: "override",
            reason:
              "Looked at the last steps before it: this one is ordinary work. Confirmed this once.",
          }
        : {
            resolution: "uphold",
            reason:
              "The score is high for a reason that I do not understand yet; upheld until I do.",
          };
    default:
      return {
        resolution: "uphold",
        reason: dice.pick(UPHOLD[reason] ?? ["Outside of the mandate. Upheld."]),
      };
  }
}

/** Resolves the review as its acting sponsor. True where the request may now pass. */
export async function answerReview(
  staff: Staff,
  seen: {
    readonly review: Review;
    readonly ask: { readonly request: EvaluationRequest };
    readonly at: Date;
    readonly dice: Dice;
    readonly onlyUphold: boolean;
  },
): Promise<boolean> {
  const { review, at } = seen;
  const acting = await actingSponsor(db, review.agentId, at);
  if (acting === null) return false;
  const who = staff.keyOf(acting.personId);
  const ctx = staff.ctx(who, at);
  const { resolution, reason } = seen.onlyUphold
    ? STOPPED_AGAIN
    : plan(review.reason, seen.ask.request, seen.dice);
  const call = { reviewId: review.id, resolution, reason, seen: markOf(review) };
  if (resolution === "uphold") {
    await resolveReview(ctx, call);
    return false;
  }
  const options = await beginOverride(ctx, { reviewId: review.id, resolution });
  await resolveReview(ctx, {
    ...call,
    ...(options === null
      ? {}
      : {
          proof: {
            kind: "passkey",
            response: staff.authenticator(who).assert(options.challenge),
          },
        }),
  });
  return true;
}
