import type { Actor } from "@/lib/domain/access/permissions";
import { asTier } from "@/lib/domain/agent/tier";
import { asContainment } from "@/lib/domain/containment/rules";
import { AppError } from "@/lib/domain/errors";
import type { Situation } from "@/lib/domain/review/resolve";
import type { Tx } from "../db";
import { manifestInForce } from "../manifest-in-force";
import { standingTowards } from "../standing";
import { asReason, type Decided } from "./decided";

type Reader = Pick<Tx, "review" | "sponsorship" | "certificate" | "manifest">;

/** A review with its agent, and everything that the rules of its resolution ask. */
export async function loadReview(
  reader: Reader,
  reviewId: string,
  who: { readonly actor: Actor; readonly now: Date; readonly decided: Decided | null },
) {
  const review = await reader.review.findUnique({
    where: { id: reviewId },
    include: { agent: true, resolvedBy: { select: { name: true } } },
  });
  if (review === null) throw new AppError("not-found", "there is no such review");
  const inForce = await manifestInForce(reader, review.agentId, who.now);
  const { agent } = review;
  const situation: Situation = {
    review: {
      state: review.state === "open" ? "open" : "resolved",
      outcome: review.outcome === "hold" ? "hold" : "block",
      reason: asReason(review.reason),
      escalated: review.escalatedAt !== null,
      manifestId: who.decided?.manifestId ?? null,
      requestKnown: (who.decided?.detail ?? null) !== null,
    },
    agent: {
      status: statusOf(agent.status),
      tier: asTier(agent.tier),
      containment: asContainment(agent.containment),
      manifestInForceId: inForce?.id ?? null,
    },
    resolver: await standingTowards(reader, agent, who),
  };
  return { review, agent, inForce, situation };
}

function statusOf(status: string): Situation["agent"]["status"] {
  return status === "production" || status === "registered" ? status : "retired";
}
