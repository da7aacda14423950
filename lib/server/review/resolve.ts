import { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import { StepUpProof, type StepUpResult } from "@/lib/domain/identity/step-up";
import { requestTarget } from "@/lib/domain/policy/digest";
import { ReasonInWords } from "@/lib/domain/review/reason-in-words";
import { assuranceFor, obstacleTo, resolutionInWords } from "@/lib/domain/review/resolve";
import { grantExpiry, type Resolution } from "@/lib/domain/review/review";
import { overrideDigest } from "@/lib/domain/review/statement";
import { preparedCommand } from "../command";
import { contain } from "../contain";
import type { Ctx } from "../context";
import type { Tx } from "../db";
import { env } from "../env";
import { newId } from "../ids";
import type { Outcome } from "../ledger/transaction";
import { notify } from "../notify";
import { refuse } from "../refuse";
import { answerableNow, peopleBehind } from "../standing";
import { type ProvedStepUp, proveStepUp, verifyStepUp } from "../step-up";
import { type Decided, decidedFor } from "./decided";
import { loadReview } from "./load";
import { assertOpenAsSeen } from "./seen";
import { settleNotes } from "./settle-notes";

const Input = z.strictObject({
  reviewId: z.string().max(64),
  resolution: z.enum(["uphold", "override", "confirm-target", "stop"]),
  reason: ReasonInWords,
  /** `seenMark` of the review as the person saw it */
  seen: z.string().max(64),
  proof: StepUpProof.optional(),
});
type Input = z.output<typeof Input>;

export type Resolved = {
  readonly reviewId: string;
  readonly resolution: Resolution;
  /** the single-use permission that an override leaves, with its end (ISO) */
  readonly grant: { readonly id: string; readonly expiresAt: string } | null;
};

/**
 * Ends a review: uphold, override once, confirm the target for good, or stop the agent (`amend` is a verb of its own).
 * Throws AppError: "conflict" where somebody else was first or nobody could do this, "stale" where the review changed
 * since it was seen, "forbidden" for the wrong person or proof, "competence" without current training.
 */
export const resolveReview = preparedCommand({
  permission: "review:resolve",
  input: Input,
  async prepare({ ctx, input }) {
    const proof = input.proof === undefined ? null : await proveStepUp(ctx, input.proof);
    // The ledger is immutable, so that what it says may be read before the transaction.
    return { proof, decided: await decidedFor(input.reviewId) };
  },
  async run(tx, { ctx, input, seq, prepared }): Promise<Outcome<Resolved>> {
    const { actor, now } = ctx;
    const { decided } = prepared;
    const loaded = await loadReview(tx, input.reviewId, { actor, now, decided });
    assertOpenAsSeen(loaded.review, input.seen);
    refuse(obstacleTo(input.resolution, loaded.situation));
    const work = { ctx, input, seq, loaded, ...prepared };
    const stepUp = await proveIt(tx, work);
    const effect = await EFFECTS[input.resolution](tx, work);
    return end(tx, work, { effect, stepUp });
  },
});

type Loaded = Awaited<ReturnType<typeof loadReview>>;
type Call = { readonly ctx: Ctx; readonly input: Input; readonly seq: bigint };
type Work = Call & {
  readonly loaded: Loaded;
  readonly decided: Decided | null;
  readonly proof: ProvedStepUp | null;
};

/** What one resolution did beside ending the review. */
type Effect = {
  readonly grant: { readonly id: string; readonly expiresAt: Date } | null;
  readonly manifestId: string | null;
  readonly stopped: boolean;
};
const NO_EFFECT: Effect = { grant: null, manifestId: null, stopped: false };

const EFFECTS: Readonly<Record<Input["resolution"], (tx: Tx, work: Work) => Promise<Effect>>> = {
  uphold: async () => NO_EFFECT,
  override,
  "confirm-target": confirmTarget,
  stop,
};

/** The passkey or password, where this resolution asks for one at this tier. */
async function proveIt(
  tx: Tx,
  { ctx, input, proof, loaded: { situation, review } }: Work,
): Promise<StepUpResult | null> {
  const wanted = assuranceFor(input.resolution, situation);
  if (wanted === "session") return null;
  if (proof === null) {
    throw new AppError("forbidden", `confirm with your ${wanted} that it is you`, {
      fields: [{ path: "proof", message: `your ${wanted} is needed` }],
    });
  }
  const act = input.resolution === "override" ? "review.override" : "review.confirm-target";
  return verifyStepUp(tx, ctx, {
    purpose: act,
    subject: review.id,
    digest: overrideDigest({
      act,
      reviewId: review.id,
      agentId: review.agentId,
      requestDigest: review.requestDigest,
      personId: ctx.actor.id,
    }),
    proof,
    allowPassword: wanted === "password" || env().COUNTERSIGN_DEMO === "1",
  });
}

async function override(tx: Tx, { ctx, loaded }: Work): Promise<Effect> {
  const { review, inForce } = loaded;
  const expiresAt = inForce === null ? null : grantExpiry(ctx.now, inForce.notAfter);
  if (expiresAt === null) throw new AppError("conflict", "no manifest is in force any more");
  const grant = await tx.grant.create({
    data: {
      id: newId("grt"),
      agentId: review.agentId,
      reviewId: review.id,
      requestDigest: review.requestDigest,
      expiresAt,
      createdAt: ctx.now,
    },
    select: { id: true, expiresAt: true },
  });
  return { ...NO_EFFECT, grant };
}

/** Needs no grant: the request is within the manifest once its target is known. Nothing more than that is let through. */
async function confirmTarget(tx: Tx, { ctx, loaded, decided }: Work): Promise<Effect> {
  const { review, inForce } = loaded;
  const request = decided?.detail?.request;
  if (inForce === null || request === undefined) {
    throw new AppError("conflict", "there is nothing left to confirm");
  }
  const key = {
    manifestId: inForce.id,
    clusterId: request.context.cluster,
    target: requestTarget(request),
  };
  await tx.confirmedTarget.upsert({
    where: { manifestId_clusterId_target: key },
    create: { ...key, reviewId: review.id, at: ctx.now },
    update: {},
  });
  return { ...NO_EFFECT, manifestId: inForce.id };
}

async function stop(tx: Tx, { ctx, seq, loaded: { review } }: Work): Promise<Effect> {
  const by = { personId: ctx.actor.id };
  await contain(tx, { agentId: review.agentId, level: "stopped", by, seq, now: ctx.now });
  return { ...NO_EFFECT, stopped: true };
}

async function end(
  tx: Tx,
  { ctx, input, seq, loaded }: Work,
  done: { readonly effect: Effect; readonly stepUp: StepUpResult | null },
): Promise<Outcome<Resolved>> {
  const { review, agent } = loaded;
  const { grant, manifestId, stopped } = done.effect;
  await tx.review.update({
    where: { id: review.id },
    data: {
      state: "resolved",
      resolution: input.resolution,
      resolvedById: ctx.actor.id,
      resolvedAt: ctx.now,
      resolvedSeq: stopped ? seq + 1n : seq,
    },
  });
  await settleNotes(tx, review, ctx.now);
  const { label } = resolutionInWords(input.resolution, loaded.situation.review.outcome);
  // An owner hears of a stop. Of single answers the agent hears, and the sponsor where somebody else gave them.
  const told = stopped ? await peopleBehind(tx, agent) : [await answerableNow(tx, agent)];
  await notify(tx, {
    personIds: told.filter((id) => id !== ctx.actor.id),
    kind: "review.resolved",
    title: `${agent.name}: ${label.toLowerCase()}`,
    href: `/reviews/${review.id}`,
    now: ctx.now,
  });
  const resolved = {
    event: {
      kind: "review.resolved",
      agentId: review.agentId,
      reviewId: review.id,
      // Without a sponsor in office (compliance acts), whoever resolves it answers for it.
      sponsorId: review.sponsorId ?? ctx.actor.id,
      resolution: input.resolution,
      grantId: grant?.id ?? null,
      manifestId,
      secondsOpen: secondsBetween(review.createdAt, ctx.now),
    },
    detail: { reason: input.reason, stepUp: done.stepUp ?? { assurance: "session" } },
  } as const;
  return {
    value: {
      reviewId: review.id,
      resolution: input.resolution,
      grant: grant && { id: grant.id, expiresAt: grant.expiresAt.toISOString() },
    },
    events: stopped
      ? [
          {
            event: {
              kind: "containment.applied",
              agentId: review.agentId,
              level: "stopped",
              rule: null,
            },
            detail: { reason: input.reason, reviewId: review.id },
          },
          resolved,
        ]
      : [resolved],
  };
}

function secondsBetween(from: Date, to: Date): number {
  return Math.max(0, Math.round((to.getTime() - from.getTime()) / 1000));
}
