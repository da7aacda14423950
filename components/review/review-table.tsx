"use client";

import { ListChecks } from "lucide-react";
import Link from "next/link";
import { TierBadge } from "@/components/agent/badges";
import { DataTable, dataColumns } from "@/components/layout/data-table";
import { EmptyState } from "@/components/layout/empty-state";
import { Time } from "@/components/layout/time";
import { OutcomeBadge } from "@/components/ledger/outcome-badge";
import { DueTime, ResolutionBadge } from "@/components/review/urgency-badge";
import { Badge } from "@/components/ui/badge";
import { describeReason } from "@/lib/domain/policy/reasons-text";
import type { ReviewPage, ReviewRow } from "@/lib/domain/review/view";

const column = dataColumns<ReviewRow>();

const COLUMNS = column.columns([
  column.accessor("dueAt", {
    id: "due",
    header: "Due",
    enableSorting: true,
    meta: { className: "align-top sm:min-w-48" },
    cell: ({ row }) => <Due review={row.original} />,
  }),
  column.accessor("asked", {
    id: "request",
    header: "Request",
    meta: { className: "min-w-44 align-top" },
    cell: ({ row }) => <Request review={row.original} />,
  }),
  column.accessor("agent", {
    header: "Agent",
    enableSorting: true,
    meta: { from: "md", className: "align-top" },
    cell: ({ row }) => <Agent agent={row.original.agent} />,
  }),
  column.accessor("sponsor", {
    id: "sponsor",
    header: "Sponsor",
    meta: { from: "lg", className: "align-top whitespace-nowrap" },
    cell: ({ row }) =>
      row.original.sponsor?.name ?? <span className="text-muted-foreground">nobody</span>,
  }),
  column.accessor("times", {
    header: "Asked",
    enableSorting: true,
    meta: { from: "xl", align: "end", className: "align-top tabular-nums" },
    cell: ({ row }) => (row.original.times === 1 ? "once" : `${row.original.times} times`),
  }),
  column.accessor("createdAt", {
    id: "opened",
    header: "Opened",
    enableSorting: true,
    meta: { from: "xl", className: "align-top whitespace-nowrap tabular-nums" },
    cell: ({ row }) => <Time iso={row.original.createdAt} />,
  }),
]);

function Due({ review }: { readonly review: ReviewRow }) {
  const { urgency, dueAt, escalated, resolution, resolvedAt, resolvedBy } = review;
  if (urgency === null) {
    return (
      <div className="grid gap-0.5">
        {resolution === null ? null : <ResolutionBadge resolution={resolution} />}
        <span className="text-[13px] text-muted-foreground">
          {resolvedBy?.name ?? ""}
          {resolvedAt === null ? null : (
            <>
              {", "}
              <Time iso={resolvedAt} relative />
            </>
          )}
        </span>
      </div>
    );
  }
  return (
    <div className="grid gap-1">
      <DueTime urgency={urgency} dueAt={dueAt} />
      {escalated ? <Badge tone="info">With compliance</Badge> : null}
    </div>
  );
}

function Request({ review }: { readonly review: ReviewRow }) {
  const { id, asked, outcome, reason, agent } = review;
  return (
    <div className="grid gap-1">
      <Link
        href={`/reviews/${id}`}
        className="font-mono text-[13px] wrap-anywhere underline-offset-2 hover:underline"
      >
        {asked ?? "A request that can't be read any more"}
      </Link>
      <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5 text-[13px] text-muted-foreground">
        <OutcomeBadge outcome={outcome} />
        {describeReason(reason).title}
      </span>
      <span className="text-[13px] md:hidden">
        <Agent agent={agent} />
      </span>
    </div>
  );
}

function Agent({ agent }: { readonly agent: ReviewRow["agent"] }) {
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
      <Link href={`/agents/${agent.id}`} className="underline-offset-2 hover:underline">
        {agent.name}
      </Link>
      <TierBadge tier={agent.tier} />
    </span>
  );
}

/** The queue, paged by the server. */
export function ReviewTable({
  page,
  filtered,
  state,
}: {
  readonly page: ReviewPage;
  readonly filtered: boolean;
  readonly state: "open" | "resolved" | "all";
}) {
  return (
    <DataTable
      label="Reviews"
      columns={COLUMNS}
      rows={page.rows}
      rowId={(row) => row.id}
      noun="reviews"
      info={page}
      empty={
        <EmptyState
          icon={ListChecks}
          title={filtered ? "No review fits" : NOTHING[state]}
          description={
            filtered
              ? "Try fewer words or filters."
              : "A request that is blocked or held comes here by itself, at once."
          }
        />
      }
    />
  );
}

const NOTHING = {
  open: "No request waits for a person",
  resolved: "No review was resolved yet",
  all: "There was no review yet",
} as const;
