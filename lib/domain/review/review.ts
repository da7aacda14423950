import { REVIEW_SLA_MINUTES, type Tier } from "@/lib/domain/agent/tier";

/** How a review can end. Escalation is no end: somebody else has to resolve it. */
export const RESOLUTIONS = ["uphold", "override", "confirm-target", "amend", "stop"] as const;
export type Resolution = (typeof RESOLUTIONS)[number];

export const URGENCIES = ["overdue", "soon", "ok"] as const;
export type Urgency = (typeof URGENCIES)[number];

/** A grant lasts this long at most (firm policy), and never beyond the manifest that is in force. */
export const GRANT_MINUTES = 30;

/** A review is due soon when less than this share of its time is left. */
const SOON_SHARE = 0.25;

/** When a review that opens at `from` has to be resolved, by the agent's tier. */
export function dueAt(tier: Tier, from: Date): Date {
  return new Date(from.getTime() + REVIEW_SLA_MINUTES[tier] * 60_000);
}

/** How much a review presses at `now`; due at this very moment is overdue. */
export function urgency(
  review: { readonly createdAt: Date; readonly dueAt: Date },
  now: Date,
): Urgency {
  const left = review.dueAt.getTime() - now.getTime();
  if (left <= 0) return "overdue";
  return left < SOON_SHARE * (review.dueAt.getTime() - review.createdAt.getTime()) ? "soon" : "ok";
}

/** When a grant made at `now` ends; null where no manifest is in force by then, so that it could never be used. */
export function grantExpiry(now: Date, manifestNotAfter: Date): Date | null {
  const end = Math.min(now.getTime() + GRANT_MINUTES * 60_000, manifestNotAfter.getTime());
  return end > now.getTime() ? new Date(end) : null;
}

/**
 * What a person saw of a review when they decided, as a short text that their form carries. It changes when the
 * review is resolved or escalated, and each time that the count of askings gains a digit: an agent that asks over
 * and over is news, but it must not be able to make every answer stale.
 */
export function seenMark(review: {
  readonly state: string;
  readonly escalated: boolean;
  readonly asked: number;
}): string {
  const digits = String(Math.max(1, Math.trunc(review.asked))).length;
  return `${review.state}.${review.escalated ? "escalated" : "plain"}.${digits}`;
}

/** Unknown text is no resolution. */
export function isResolution(value: string): value is Resolution {
  return (RESOLUTIONS as readonly string[]).includes(value);
}
