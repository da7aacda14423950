import type { Metadata } from "next";
import { FilterBar } from "@/components/layout/filter-bar";
import { LiveRefresh } from "@/components/layout/live-refresh";
import { PageHeader } from "@/components/layout/page-header";
import { QueueTabs } from "@/components/review/queue-tabs";
import { ReviewTable } from "@/components/review/review-table";
import { TIERS } from "@/lib/domain/agent/tier";
import { REASONS, type ReasonCode } from "@/lib/domain/policy/reasons";
import { describeReason } from "@/lib/domain/policy/reasons-text";
import { formatCount } from "@/lib/format";
import { newestPosition } from "@/lib/server/live";
import { ReviewFilter } from "@/lib/server/review/filter";
import { countReviews, listReviews, reviewedAgents } from "@/lib/server/review/queries";
import { requirePermission } from "@/lib/server/session";

export const metadata: Metadata = { title: "Reviews" };

const FILTERS = ["q", "urgency", "outcome", "tier", "reason", "agent", "escalated"] as const;
const LIVE_KINDS = ["decision", "review.resolved", "review.escalated"];

export default async function ReviewsPage({ searchParams }: PageProps<"/reviews">) {
  const ctx = await requirePermission("review:read");
  const params = await searchParams;
  // Before the rows are read: what comes in between is news.
  const after = await newestPosition();
  const [page, mine, all, agents] = await Promise.all([
    listReviews(ctx, params),
    countReviews(ctx, { mine: true }),
    countReviews(ctx, { mine: false }),
    reviewedAgents(ctx),
  ]);
  const { state } = ReviewFilter.parse(params);
  const concerned = ctx.actor.roles.some((role) => role === "sponsor" || role === "owner");
  return (
    <>
      <PageHeader
        title="Reviews"
        description={`Requests that were blocked or held and wait for a named person. ${summary(all)}`}
        actions={<LiveRefresh kinds={LIVE_KINDS} after={after} />}
      />
      <QueueTabs mine={concerned ? mine : null} all={all} />
      <FilterBar search="Search agent or sponsor" filters={filtersFor(agents)} />
      <ReviewTable
        page={page}
        state={state}
        filtered={[...FILTERS, "mine"].some((name) => params[name] !== undefined)}
      />
    </>
  );
}

function summary({ open, overdue, soon }: { open: number; overdue: number; soon: number }): string {
  if (open === 0) return "None is open.";
  const pressing = [
    overdue > 0 ? `${overdue} overdue` : "",
    soon > 0 ? `${soon} due soon` : "",
  ].filter(Boolean);
  const count = `${formatCount(open, "is", "are")} open`;
  return pressing.length > 0 ? `${count}, ${pressing.join(", ")}.` : `${count}, all in time.`;
}

function isReviewed(reason: ReasonCode): boolean {
  return REASONS[reason] === "block" || REASONS[reason] === "hold";
}

function filtersFor(agents: readonly { readonly id: string; readonly name: string }[]) {
  const reasons = Object.keys(REASONS) as ReasonCode[];
  return [
    {
      name: "urgency",
      label: "Due",
      options: [
        { value: "overdue", label: "overdue" },
        { value: "soon", label: "soon" },
        { value: "ok", label: "in time" },
      ],
    },
    {
      name: "outcome",
      label: "Outcome",
      options: [
        { value: "block", label: "blocked" },
        { value: "hold", label: "held" },
      ],
    },
    {
      name: "reason",
      label: "Reason",
      options: reasons
        .filter(isReviewed)
        .map((reason) => ({ value: reason, label: describeReason(reason).title.toLowerCase() })),
    },
    { name: "tier", label: "Tier", options: TIERS.map((tier) => ({ value: tier, label: tier })) },
    {
      name: "agent",
      label: "Agent",
      options: agents.map(({ id, name }) => ({ value: id, label: name })),
    },
    {
      name: "escalated",
      label: "Compliance",
      options: [
        { value: "yes", label: "escalated" },
        { value: "no", label: "not escalated" },
      ],
    },
  ];
}
