"use client";

import { Siren } from "lucide-react";
import Link from "next/link";
import { TierBadge } from "@/components/agent/badges";
import { IncidentStateBadge, ResultBadge } from "@/components/incident/badges";
import { DataTable, dataColumns, type PageInfo } from "@/components/layout/data-table";
import { EmptyState } from "@/components/layout/empty-state";
import { Time } from "@/components/layout/time";
import type { IncidentRow } from "@/lib/domain/incident/view";

const column = dataColumns<IncidentRow>();

const COLUMNS = column.columns([
  column.accessor("title", {
    header: "Incident",
    meta: { className: "min-w-48 align-top" },
    cell: ({ row }) => (
      <div className="grid gap-1">
        <Link href={`/incidents/${row.original.id}`} className="link font-medium wrap-anywhere">
          {row.original.title}
        </Link>
        <span className="flex flex-wrap gap-1.5">
          <IncidentStateBadge state={row.original.state} />
          <ResultBadge result={row.original.result} />
        </span>
      </div>
    ),
  }),
  column.accessor("agent", {
    header: "Agent",
    meta: { from: "md", className: "align-top" },
    cell: ({ row: { original } }) =>
      original.agent === null ? (
        <span className="text-muted-foreground">none</span>
      ) : (
        <span className="flex flex-wrap items-center gap-1.5">
          <Link href={`/agents/${original.agent.id}`} className="link">
            {original.agent.name}
          </Link>
          <TierBadge tier={original.agent.tier} />
        </span>
      ),
  }),
  column.accessor("nextDue", {
    header: "Next limit",
    meta: { className: "align-top" },
    cell: ({ row: { original } }) => <NextDue due={original.nextDue} />,
  }),
  column.accessor("openActions", {
    header: "Open actions",
    meta: { from: "lg", align: "end", className: "align-top tabular-nums" },
    cell: ({ row }) => row.original.openActions,
  }),
  column.accessor("openedAt", {
    header: "Opened",
    meta: { from: "lg", className: "align-top whitespace-nowrap tabular-nums" },
    cell: ({ row }) => (
      <div className="grid">
        <Time iso={row.original.openedAt} />
        <span className="text-[13px] text-muted-foreground">{row.original.openedBy.name}</span>
      </div>
    ),
  }),
]);

function NextDue({ due }: { readonly due: IncidentRow["nextDue"] }) {
  if (due === null) return <span className="text-muted-foreground">none</span>;
  return (
    <div className="grid">
      <span className={due.overdue ? "font-medium text-block" : undefined}>
        {due.overdue ? "Overdue " : ""}
        <Time iso={due.at} relative />
      </span>
      <span className="text-[13px] text-muted-foreground">{due.label}</span>
    </div>
  );
}

export function IncidentsTable({
  rows,
  info,
}: {
  readonly rows: readonly IncidentRow[];
  readonly info: Omit<PageInfo, "sort">;
}) {
  return (
    <DataTable
      label="Incidents"
      columns={COLUMNS}
      rows={rows}
      info={{ ...info, sort: null }}
      rowId={({ id }) => id}
      noun="incidents"
      empty={
        <EmptyState
          icon={Siren}
          title="No incident here"
          description="An incident is opened by hand, or from a containment on an agent’s page."
        />
      }
    />
  );
}
