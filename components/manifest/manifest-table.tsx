"use client";

import { FileText, SearchX } from "lucide-react";
import Link from "next/link";
import {
  type DataColumns,
  DataTable,
  dataColumns,
  type PageInfo,
} from "@/components/layout/data-table";
import { EmptyState } from "@/components/layout/empty-state";
import { Time } from "@/components/layout/time";
import { Button } from "@/components/ui/button";
import type { ManifestRow } from "@/lib/domain/manifest/view";
import { StateBadge } from "./state-badge";

const column = dataColumns<ManifestRow>();
const COLUMNS: DataColumns<ManifestRow> = column.columns([
  column.accessor("agentName", {
    id: "agent",
    header: "Manifest",
    enableSorting: true,
    cell: ({ row }) => (
      <>
        <Link className="link font-medium" href={`/manifests/${row.original.id}`}>
          {row.original.agentName}
        </Link>
        <span className="block text-xs text-muted-foreground">{row.original.tier} risk tier</span>
      </>
    ),
  }),
  column.accessor("version", {
    header: "Version",
    enableSorting: true,
    meta: { align: "end" },
  }),
  column.accessor("state", {
    header: "State",
    enableSorting: true,
    cell: ({ row }) => <StateBadge state={row.original.state} inForce={row.original.inForce} />,
  }),
  column.accessor("authorName", { header: "Written by", meta: { from: "lg" } }),
  column.accessor("sponsorName", {
    header: "Answerable",
    meta: { from: "md" },
    cell: ({ row }) => row.original.sponsorName ?? "No sponsor",
  }),
  column.accessor("submittedAt", {
    header: "Submitted",
    enableSorting: true,
    meta: { from: "lg" },
    cell: ({ row }) => <Moment iso={row.original.submittedAt} />,
  }),
  column.accessor("validUntil", {
    header: "Valid until",
    meta: { from: "xl" },
    cell: ({ row }) => <Moment iso={row.original.validUntil} />,
  }),
  column.accessor("updatedAt", {
    header: "Changed",
    enableSorting: true,
    meta: { from: "md" },
    cell: ({ row }) => <Time iso={row.original.updatedAt} relative />,
  }),
]);

function Moment({ iso }: { readonly iso: string | null }) {
  return iso === null ? (
    <span className="text-muted-foreground">–</span>
  ) : (
    <Time iso={iso} style="date" />
  );
}

/** All manifests, a page at a time. */
export function ManifestTable({
  rows,
  info,
  filtered,
  isOwner,
}: {
  readonly rows: readonly ManifestRow[];
  readonly info: PageInfo;
  readonly filtered: boolean;
  readonly isOwner: boolean;
}) {
  return (
    <DataTable
      label="Manifests"
      noun="manifests"
      columns={COLUMNS}
      rows={rows}
      info={info}
      rowId={(row) => row.id}
      empty={filtered ? <NothingFound /> : <NothingYet isOwner={isOwner} />}
    />
  );
}

function NothingFound() {
  return (
    <EmptyState
      icon={SearchX}
      title="No manifest matches"
      description="Clear the filters, or search for another agent."
      action={
        <Button asChild variant="outline">
          <Link href="/manifests">Show all</Link>
        </Button>
      }
    />
  );
}

function NothingYet({ isOwner }: { readonly isOwner: boolean }) {
  return (
    <EmptyState
      icon={FileText}
      title="No manifests yet"
      description={
        isOwner
          ? "Choose one of your agents and start its first manifest from there."
          : "The owner of an agent writes its first manifest. Until one is approved, the agent may do nothing."
      }
      action={
        <Button asChild variant="outline">
          <Link href="/agents">Go to the agents</Link>
        </Button>
      }
    />
  );
}
