import { z } from "zod";
import { ReasonInWords } from "@/lib/domain/review/reason-in-words";
import { obstacleToEscalation } from "@/lib/domain/review/resolve";
import { command } from "../command";
import { notify } from "../notify";
import { refuse } from "../refuse";
import { peopleBehind, peopleWithRole } from "../standing";
import { loadReview } from "./load";
import { assertOpenAsSeen } from "./seen";

/** Hands a review to compliance; the sponsor can still resolve it. Errors as for `resolveReview`. */
export const escalateReview = command({
  permission: "review:resolve",
  input: z.strictObject({
    reviewId: z.string().max(64),
    reason: ReasonInWords,
    seen: z.string().max(64),
  }),
  async run(tx, { ctx, input }) {
    const { actor, now } = ctx;
    const { review, agent, situation } = await loadReview(tx, input.reviewId, {
      actor,
      now,
      decided: null,
    });
    assertOpenAsSeen(review, input.seen);
    refuse(obstacleToEscalation(situation));
    await tx.review.update({ where: { id: review.id }, data: { escalatedAt: now } });
    const told = [...(await peopleWithRole(tx, "compliance")), ...(await peopleBehind(tx, agent))];
    await notify(tx, {
      personIds: told.filter((id) => id !== actor.id),
      kind: "review.escalated",
      title: `${agent.name}: a review was escalated to compliance`,
      href: `/reviews/${review.id}`,
      now,
    });
    return {
      value: { reviewId: review.id },
      events: [
        {
          event: {
            kind: "review.escalated",
            agentId: review.agentId,
            reviewId: review.id,
            cause: "person",
          },
          detail: { reason: input.reason },
        },
      ],
    };
  },
});
