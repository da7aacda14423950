"use client";

import { Grid3x3 } from "lucide-react";
import Link from "next/link";
import { ContainmentBadge, KIND_WORDS, TierBadge } from "@/components/agent/badges";
import { Moved } from "@/components/behaviour/moved";
import { DataTable, dataColumns, type PageInfo } from "@/components/layout/data-table";
import { EmptyState } from "@/components/layout/empty-state";
import { movement } from "@/lib/domain/behaviour/portfolio";
import type { PortfolioRow } from "@/lib/domain/behaviour/view";
import { formatNumber, formatPercent } from "@/lib/format";

const column = dataColumns<PortfolioRow>();

const columns = column.columns([
  column.accessor("name", {
    id: "name",
    header: "Agent",
    enableSorting: true,
    cell: ({ row: { original } }) => (
      <div className="grid min-w-36 gap-0.5">
        <Link
          href={`/agents/${original.agentId}?tab=behaviour`}
          className="link w-fit font-medium wrap-anywhere"
        >
          {original.name}
        </Link>
        <span className="text-[13px] text-muted-foreground">{KIND_WORDS[original.kind]}</span>
      </div>
    ),
  }),
  column.accessor("tier", {
    id: "tier",
    header: "Risk tier",
    enableSorting: true,
    cell: ({ row }) => <TierBadge tier={row.original.tier} />,
  }),
  column.accessor("score", {
    id: "score",
    header: "Score",
    enableSorting: true,
    meta: { align: "end" },
    cell: ({ row }) => <Score row={row.original} />,
  }),
  column.accessor((row) => movement(row), {
    id: "moved",
    header: "In a week",
    enableSorting: true,
    meta: { align: "end" },
    cell: ({ row }) => <Moved by={movement(row.original)} />,
  }),
  column.accessor("requests", {
    id: "requests",
    header: "Requests, 7 days",
    enableSorting: true,
    meta: { align: "end", from: "md" },
    cell: ({ row }) => formatNumber(row.original.requests),
  }),
  column.accessor("refused", {
    id: "refused",
    header: "Held or blocked",
    enableSorting: true,
    meta: { align: "end", from: "lg" },
    cell: ({ row: { original } }) =>
      original.requests === 0
        ? "–"
        : `${formatNumber(original.refused)} (${formatPercent(original.refused / original.requests)})`,
  }),
  column.accessor("containment", {
    id: "containment",
    header: "Containment",
    enableSorting: true,
    meta: { from: "md" },
    cell: ({ row }) =>
      row.original.containment === null ? (
        <span className="text-muted-foreground">None</span>
      ) : (
        <ContainmentBadge level={row.original.containment} />
      ),
  }),
]);

function Score({ row: { score, rawScore } }: { readonly row: PortfolioRow }) {
  return (
    <span className="grid justify-items-end">
      <span className="font-medium tabular-nums">{score}</span>
      {rawScore !== null && rawScore !== score ? (
        <span className="text-xs whitespace-nowrap text-muted-foreground">
          {rawScore} unexplained
        </span>
      ) : null}
    </span>
  );
}

/** All agents in production with their figures. `filtered`: an empty page may be due to the filters. */
export function PortfolioTable({
  rows,
  info,
  filtered,
}: {
  readonly rows: readonly PortfolioRow[];
  readonly info: PageInfo;
  readonly filtered: boolean;
}) {
  return (
    <DataTable
      label="Agents in production"
      noun="agents"
      columns={columns}
      rows={rows}
      info={info}
      rowId={({ agentId }) => agentId}
      empty={
        filtered ? (
          <EmptyState
            icon={Grid3x3}
            title="No agent fits these filters"
            description="Choose another cell of the map, or clear the filters."
          />
        ) : (
          <EmptyState
            icon={Grid3x3}
            title="No agent is in production"
            description="An agent stands here from the day on which it is put into production."
          />
        )
      }
    />
  );
}
