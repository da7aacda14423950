"use client";

import { Bot } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import {
  ContainmentBadge,
  KIND_WORDS,
  StatusBadge,
  TierBadge,
  TrainingBadge,
} from "@/components/agent/badges";
import { DataTable, dataColumns, type PageInfo } from "@/components/layout/data-table";
import { EmptyState } from "@/components/layout/empty-state";
import type { AgentRow } from "@/lib/domain/agent/view";

const column = dataColumns<AgentRow>();

const columns = column.columns([
  column.accessor("name", {
    id: "name",
    header: "Agent",
    enableSorting: true,
    cell: ({ row }) => <NameCell agent={row.original} />,
  }),
  column.accessor("tier", {
    id: "tier",
    header: "Risk tier",
    enableSorting: true,
    cell: ({ row }) => <TierBadge tier={row.original.tier} />,
  }),
  column.accessor("status", {
    id: "status",
    header: "Status",
    enableSorting: true,
    meta: { from: "md" },
    cell: ({ row }) => <StatusCell agent={row.original} />,
  }),
  column.accessor((agent) => agent.sponsor?.name ?? "", {
    id: "sponsor",
    header: "Sponsor",
    enableSorting: true,
    meta: { from: "md" },
    cell: ({ row }) => <SponsorCell agent={row.original} />,
  }),
  column.accessor((agent) => agent.owner.name, {
    id: "owner",
    header: "Owner",
    enableSorting: true,
    meta: { from: "xl" },
  }),
  column.accessor((agent) => agent.legalEntity.name, {
    id: "entity",
    header: "Legal entity",
    enableSorting: true,
    meta: { from: "xl" },
  }),
  column.accessor("manifestVersion", {
    header: "Manifest",
    meta: { from: "lg" },
    cell: ({ row }) => {
      const { manifestVersion } = row.original;
      return manifestVersion === null ? (
        <span className="text-muted-foreground">None in force</span>
      ) : (
        `Version ${manifestVersion}`
      );
    },
  }),
  column.accessor("maturity", { header: "Maturity", meta: { align: "end", from: "lg" } }),
  column.accessor("riskScore", {
    id: "risk",
    header: "Risk",
    enableSorting: true,
    meta: { align: "end", from: "md" },
    cell: ({ row }) =>
      row.original.riskAt === null ? (
        <span className="text-muted-foreground">Not scored</span>
      ) : (
        row.original.riskScore
      ),
  }),
  column.accessor("openReviews", { header: "Open reviews", meta: { align: "end", from: "lg" } }),
]);

/** The catalogue. `filtered`: whether an empty page may be due to the filters; `start`: how to register the first one. */
export function AgentsTable({
  rows,
  info,
  filtered,
  start,
}: {
  readonly rows: readonly AgentRow[];
  readonly info: PageInfo;
  readonly filtered: boolean;
  readonly start: ReactNode;
}) {
  const empty = filtered ? (
    <EmptyState
      icon={Bot}
      title="No agent fits these filters"
      description="Change the search or the filters, or clear them."
    />
  ) : (
    <EmptyState
      icon={Bot}
      title="No agent is registered yet"
      description="Each non-human identity that acts in the firm’s name stands here, with the person who answers for it."
      action={start}
    />
  );
  return (
    <DataTable
      label="Agents"
      noun="agents"
      columns={columns}
      rows={rows}
      info={info}
      rowId={(agent) => agent.id}
      empty={empty}
    />
  );
}

function NameCell({ agent }: { readonly agent: AgentRow }) {
  return (
    <div className="grid min-w-40 gap-0.5">
      <Link href={`/agents/${agent.id}`} className="link w-fit font-medium wrap-anywhere">
        {agent.name}
      </Link>
      <span className="text-[13px] text-muted-foreground">{KIND_WORDS[agent.kind]}</span>
      <span className="md:hidden">
        <StatusCell agent={agent} />
      </span>
    </div>
  );
}

function StatusCell({ agent }: { readonly agent: AgentRow }) {
  return (
    <span className="flex flex-wrap gap-1">
      <StatusBadge status={agent.status} />
      {agent.containment ? <ContainmentBadge level={agent.containment} /> : null}
    </span>
  );
}

function SponsorCell({ agent: { sponsor, status } }: { readonly agent: AgentRow }) {
  if (sponsor === null) {
    // Nobody needs to answer for an agent that has ended.
    const tone = status === "retired" ? "text-muted-foreground" : "text-block";
    return <span className={tone}>{status === "retired" ? "–" : "Nobody"}</span>;
  }
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
      {sponsor.name}
      {sponsor.kind === "deputy" ? (
        <span className="text-[13px] text-muted-foreground">deputy</span>
      ) : null}
      {sponsor.competent ? null : <TrainingBadge competent={false} />}
    </span>
  );
}
