import { AppError } from "@/lib/domain/errors";
import { seenMark } from "@/lib/domain/review/review";

type Seen = {
  readonly state: string;
  readonly escalatedAt: Date | null;
  readonly asked: number;
  readonly resolution: string | null;
  readonly resolvedBy: { readonly name: string } | null;
};

/** What the form of this review carries back. */
export function markOf(review: Pick<Seen, "state" | "escalatedAt" | "asked">): string {
  const { state, asked } = review;
  return seenMark({ state, escalated: review.escalatedAt !== null, asked });
}

/** Throws AppError("conflict") where somebody was first, AppError("stale") where the review is no longer as it was seen. */
export function assertOpenAsSeen(review: Seen, seen: string): void {
  if (review.state !== "open") {
    const by = review.resolvedBy === null ? "" : ` by ${review.resolvedBy.name}`;
    throw new AppError("conflict", `this review was resolved${by} (${review.resolution ?? ""})`);
  }
  if (markOf(review) !== seen) {
    throw new AppError("stale", "this review has changed since you opened it: look again");
  }
}
