import type { Tx } from "../db";
import { peopleBehind, peopleWithRole } from "../standing";

/** Notes that asked somebody to resolve this review ask for nothing any more: they count as read. */
export async function settleNotes(
  tx: Pick<Tx, "notification" | "sponsorship" | "person">,
  review: {
    readonly id: string;
    /** who was told of it when it was opened, and may be out of office by now */
    readonly sponsorId: string | null;
    readonly agent: { readonly id: string; readonly ownerId: string };
  },
  now: Date,
): Promise<void> {
  const told = [
    ...(review.sponsorId === null ? [] : [review.sponsorId]),
    ...(await peopleBehind(tx, review.agent)),
    ...(await peopleWithRole(tx, "compliance")),
  ];
  await tx.notification.updateMany({
    where: { personId: { in: told }, readAt: null, href: `/reviews/${review.id}` },
    data: { readAt: now },
  });
}
