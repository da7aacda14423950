import { z } from "zod";
import { assuranceFor, obstacleTo } from "@/lib/domain/review/resolve";
import { overrideDigest } from "@/lib/domain/review/statement";
import { authorise, type Ctx } from "../context";
import { db } from "../db";
import { parseInput } from "../input";
import { refuse } from "../refuse";
import { beginStepUp } from "../step-up";
import { decidedFor } from "./decided";
import { loadReview } from "./load";

const Input = z.strictObject({
  reviewId: z.string().max(64),
  resolution: z.enum(["override", "confirm-target"]),
});

/**
 * Options for the passkey that lets a request through; the challenge is the digest of what is let through, by whom.
 * Null where this resolution asks for no passkey. Errors as for `resolveReview`.
 */
export async function beginOverride(ctx: Ctx, raw: unknown) {
  authorise(ctx, "review:resolve");
  const { reviewId, resolution } = parseInput(Input, raw);
  const decided = await decidedFor(reviewId);
  const { actor, now } = ctx;
  const { review, situation } = await loadReview(db, reviewId, { actor, now, decided });
  refuse(obstacleTo(resolution, situation));
  if (assuranceFor(resolution, situation) === "session") return null;
  const act = resolution === "override" ? "review.override" : "review.confirm-target";
  const { agentId, requestDigest } = review;
  const digest = overrideDigest({ act, reviewId, agentId, requestDigest, personId: actor.id });
  return beginStepUp(ctx, { purpose: act, subject: reviewId, digest });
}
