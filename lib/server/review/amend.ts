import { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import { amendFor } from "@/lib/domain/manifest/amend";
import { ReasonInWords } from "@/lib/domain/review/reason-in-words";
import { obstacleTo } from "@/lib/domain/review/resolve";
import { preparedCommand } from "../command";
import type { Outcome } from "../ledger/transaction";
import { insertDraft } from "../manifest-draft";
import { notify } from "../notify";
import { refuse } from "../refuse";
import { answerableNow } from "../standing";
import { asReason, decidedFor } from "./decided";
import { loadReview } from "./load";
import { assertOpenAsSeen } from "./seen";
import { settleNotes } from "./settle-notes";

const Input = z.strictObject({
  reviewId: z.string().max(64),
  reason: ReasonInWords,
  seen: z.string().max(64),
});

export type Amended = {
  readonly reviewId: string;
  readonly manifestId: string;
  readonly version: number;
};

/**
 * Ends a review with a new draft for the agent's owner: the manifest in force, widened just enough that the request
 * would be inside it. It gives no authority before it is submitted and approved. Errors as for `resolveReview`;
 * AppError("conflict") also where no widening would allow the request.
 */
export const amendForReview = preparedCommand({
  permission: "review:resolve",
  input: Input,
  // The ledger is immutable, so that what it says may be read before the transaction.
  prepare: ({ input }) => decidedFor(input.reviewId),
  async run(tx, { ctx, input, seq, prepared: decided }): Promise<Outcome<Amended>> {
    const { actor, now } = ctx;
    const loaded = await loadReview(tx, input.reviewId, { actor, now, decided });
    const { review, agent, inForce, situation } = loaded;
    assertOpenAsSeen(review, input.seen);
    refuse(obstacleTo("amend", situation));
    if (inForce === null || !decided?.detail) {
      throw new AppError("conflict", "there is nothing left to amend");
    }
    const { request, miss } = decided.detail;
    const amendment = amendFor(
      inForce.document,
      request,
      { reason: asReason(review.reason), miss, ruleIndex: decided.rule },
      decided.at,
    );
    if (!amendment.ok) throw new AppError("conflict", amendment.why);
    const { manifestId, version } = await insertDraft(tx, {
      agentId: agent.id,
      // The owner's draft, so that the sponsor who asked for it can still approve it.
      authorId: agent.ownerId,
      document: amendment.manifest,
      reviewId: review.id,
      now,
    });
    await tx.review.update({
      where: { id: review.id },
      data: {
        state: "resolved",
        resolution: "amend",
        resolvedById: actor.id,
        resolvedAt: now,
        resolvedSeq: seq,
      },
    });
    await settleNotes(tx, review, now);
    await notify(tx, {
      personIds: [agent.ownerId],
      kind: "manifest.drafted",
      title: `${agent.name}: a draft waits for you, to allow what was refused`,
      href: `/manifests/${manifestId}/edit`,
      now,
    });
    await notify(tx, {
      personIds: [await answerableNow(tx, agent)].filter((id) => id !== actor.id),
      kind: "review.resolved",
      title: `${agent.name}: a manifest amendment was drafted`,
      href: `/reviews/${review.id}`,
      now,
    });
    const open = now.getTime() - review.createdAt.getTime();
    return {
      value: { reviewId: review.id, manifestId, version },
      events: [
        {
          event: {
            kind: "review.resolved",
            agentId: agent.id,
            reviewId: review.id,
            sponsorId: review.sponsorId ?? actor.id,
            resolution: "amend",
            grantId: null,
            manifestId,
            secondsOpen: Math.max(0, Math.round(open / 1000)),
          },
          detail: { reason: input.reason },
        },
        {
          event: {
            kind: "manifest.drafted",
            agentId: agent.id,
            manifestId,
            version,
            reviewId: review.id,
          },
          detail: { steps: amendment.steps.map(({ title, path }) => ({ title, path })) },
        },
      ],
    };
  },
});
