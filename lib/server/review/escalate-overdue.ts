import { AppError } from "@/lib/domain/errors";
import { rule } from "../command";
import { db } from "../db";
import { notify } from "../notify";
import { peopleBehind, peopleWithRole } from "../standing";

/**
 * Hands every open review whose time is over to compliance, each in a transaction of its own. Running it twice does
 * nothing twice. Returns the ids of those that it escalated.
 */
export async function escalateOverdue(now: Date): Promise<readonly string[]> {
  const overdue = await db.review.findMany({
    where: { state: "open", escalatedAt: null, dueAt: { lte: now } },
    select: { id: true },
    orderBy: [{ dueAt: "asc" }, { id: "asc" }],
  });
  const escalated: string[] = [];
  for (const { id } of overdue) {
    try {
      await escalate(now, id);
      escalated.push(id);
    } catch (error) {
      // Somebody resolved or escalated it while we came to it.
      if (!(error instanceof AppError && error.code === "stale")) throw error;
    }
  }
  return escalated;
}

const escalate = rule(
  async (tx, { now, input: reviewId }: { now: Date; input: string; seq: bigint }) => {
    const review = await tx.review.findUnique({
      where: { id: reviewId },
      include: { agent: true },
    });
    if (review === null || review.state !== "open" || review.escalatedAt !== null) {
      throw new AppError("stale", "nothing left to escalate");
    }
    await tx.review.update({ where: { id: reviewId }, data: { escalatedAt: now } });
    await notify(tx, {
      personIds: [
        ...(await peopleWithRole(tx, "compliance")),
        ...(await peopleBehind(tx, review.agent)),
      ],
      kind: "review.escalated",
      title: `${review.agent.name}: a review is overdue and went to compliance`,
      href: `/reviews/${reviewId}`,
      now,
    });
    return {
      value: reviewId,
      events: [
        {
          event: { kind: "review.escalated", agentId: review.agentId, reviewId, cause: "overdue" },
        },
      ],
    };
  },
);
