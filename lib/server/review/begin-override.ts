import type { PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/server";
import { z } from "zod";
import { obstacleTo } from "@/lib/domain/review/resolve";
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

async function begin(ctx: Ctx, raw: unknown): Promise<PublicKeyCredentialRequestOptionsJSON> {
  authorise(ctx, "review:resolve");
  const { reviewId, resolution } = parseInput(Input, raw);
  const decided = await decidedFor(reviewId);
  const { actor, now } = ctx;
  const { review, situation } = await loadReview(db, reviewId, { actor, now, decided });
  refuse(obstacleTo(resolution, situation));
  const act = resolution === "override" ? "review.override" : "review.confirm-target";
  const { agentId, requestDigest } = review;
  const digest = overrideDigest({ act, reviewId, agentId, requestDigest, personId: actor.id });
  return beginStepUp(ctx, { purpose: act, subject: reviewId, digest });
}

/**
 * Options for the passkey that lets a request through; the challenge is the digest of what is let through, by whom.
 * Errors as for `resolveReview`; AppError("conflict") also where the person has no passkey.
 */
export const beginOverride = Object.assign(begin, { permission: "review:resolve" } as const);
