"use server";

import { revalidatePath } from "next/cache";
import { type ActionState, attempt } from "@/lib/server/action";
import { amendForReview } from "@/lib/server/review/amend";
import { beginOverride } from "@/lib/server/review/begin-override";
import { escalateReview } from "@/lib/server/review/escalate";
import { resolveReview } from "@/lib/server/review/resolve";
import { requireCtx, type SessionCtx } from "@/lib/server/session";

/** What a reviewer sends: the verbs parse it. */
type Sent = { readonly reviewId: string; readonly reason: string; readonly seen: string };

async function act<Value>(work: (ctx: SessionCtx) => Promise<Value>): Promise<ActionState<Value>> {
  const ctx = await requireCtx();
  return attempt(async () => {
    const value = await work(ctx);
    revalidatePath("/", "layout");
    return value;
  });
}

export async function resolveReviewAction(
  input: Sent & { readonly resolution: string; readonly proof?: unknown },
) {
  return act((ctx) => resolveReview(ctx, input));
}

export async function amendForReviewAction(input: Sent) {
  return act((ctx) => amendForReview(ctx, input));
}

export async function escalateReviewAction(input: Sent) {
  return act((ctx) => escalateReview(ctx, input));
}

/** Begins the confirmation by passkey that some resolutions ask for. */
export async function beginOverrideAction(input: {
  readonly reviewId: string;
  readonly resolution: string;
}) {
  const ctx = await requireCtx();
  return attempt(() => beginOverride(ctx, input));
}
