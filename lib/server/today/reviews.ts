import { describeReason } from "@/lib/domain/policy/reasons-text";
import type { ReviewRow } from "@/lib/domain/review/view";
import type { Need, NeedSection } from "@/lib/domain/today/view";
import type { Ctx } from "../context";
import { listReviews } from "../review/queries";

const SHOWN = 6;

/** Open reviews of the agents that the reader sponsors or stands in for, what is due first in front. */
export async function reviewsToResolve(ctx: Ctx): Promise<NeedSection> {
  const page = await listReviews(ctx, { mine: "yes", state: "open", pageSize: SHOWN });
  return {
    kind: "reviews",
    title: "Reviews that wait for you",
    needs: page.rows.map(toNeed),
    total: page.total,
    href: "/reviews?mine=yes",
    empty: "No request of your agents waits for you.",
  };
}

/** Reviews that were handed to compliance. */
export async function escalatedReviews(ctx: Ctx): Promise<NeedSection> {
  const page = await listReviews(ctx, { escalated: "yes", state: "open", pageSize: SHOWN });
  return {
    kind: "escalations",
    title: "Reviews escalated to compliance",
    needs: page.rows.map(toNeed),
    total: page.total,
    href: "/reviews?escalated=yes",
    empty: "No review is escalated.",
  };
}

function toNeed(row: ReviewRow): Need {
  const did = row.outcome === "hold" ? "waits" : "was blocked";
  return {
    id: row.id,
    title: `${row.agent.name}: ${row.asked ?? "a request"} ${did}`,
    detail:
      row.times > 1
        ? `${describeReason(row.reason).title}, asked ${row.times} times`
        : describeReason(row.reason).title,
    href: `/reviews/${row.id}`,
    urgency: row.urgency,
    at: row.dueAt,
    due: true,
  };
}
