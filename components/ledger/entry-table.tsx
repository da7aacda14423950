"use client";

import { ScrollText } from "lucide-react";
import Link from "next/link";
import { DataTable, dataColumns } from "@/components/layout/data-table";
import { EmptyState } from "@/components/layout/empty-state";
import { Time } from "@/components/layout/time";
import { OutcomeBadge } from "@/components/ledger/outcome-badge";
import { Badge } from "@/components/ui/badge";
import { KIND_LABEL } from "@/lib/domain/ledger/describe";
import type { EntryPage, EntryRow } from "@/lib/domain/ledger/view";

const column = dataColumns<EntryRow>();

const COLUMNS = column.columns([
  column.accessor("seq", {
    header: "No.",
    enableSorting: true,
    cell: ({ row }) => (
      <Link
        href={`/ledger/${row.original.seq}`}
        className="font-mono text-xs tabular-nums underline-offset-2 hover:underline"
      >
        {row.original.seq}
      </Link>
    ),
  }),
  column.accessor("at", {
    header: "Time",
    cell: ({ row }) =>
      row.original.at === null ? (
        "unknown"
      ) : (
        <Time iso={row.original.at} style="second" className="whitespace-nowrap tabular-nums" />
      ),
  }),
  column.accessor("kind", { header: "What", cell: ({ row }) => <What entry={row.original} /> }),
  column.accessor("summary", {
    header: "Details",
    cell: ({ row }) => <Summary entry={row.original} />,
    meta: { className: "min-w-44" },
  }),
  column.accessor("agent", {
    header: "Agent",
    meta: { from: "md" },
    cell: ({ row }) =>
      row.original.agent && (
        <Link
          href={`/agents/${row.original.agent.id}`}
          className="underline-offset-2 hover:underline"
        >
          {row.original.agent.name}
        </Link>
      ),
  }),
  column.accessor("person", {
    header: "Person",
    meta: { from: "lg" },
    cell: ({ row }) => <Who entry={row.original} />,
  }),
]);

function What({ entry }: { readonly entry: EntryRow }) {
  if (entry.outcome !== null) return <OutcomeBadge outcome={entry.outcome} />;
  if (entry.kind === null) return <Badge tone="deny">Unreadable</Badge>;
  return <span className="whitespace-nowrap">{KIND_LABEL[entry.kind]}</span>;
}

function Summary({ entry }: { readonly entry: EntryRow }) {
  return (
    <div className="grid gap-0.5">
      <span>{entry.summary}</span>
      {entry.reason === null ? null : (
        <span className="font-mono text-xs text-muted-foreground">
          {entry.reason}
          {entry.simulated ? " · simulated" : ""}
        </span>
      )}
    </div>
  );
}

/** For a decision the person is accountable; for anything else they did it. */
function Who({ entry }: { readonly entry: EntryRow }) {
  if (entry.person === null) {
    return (
      <span className="text-muted-foreground">{entry.kind === "decision" ? "none" : "rule"}</span>
    );
  }
  return (
    <div className="grid">
      <span>{entry.person.name}</span>
      {entry.kind === "decision" ? (
        <span className="text-xs text-muted-foreground">accountable</span>
      ) : null}
    </div>
  );
}

/** Entries of the ledger, paged by the server. */
export function EntryTable({
  page,
  oldestFirst,
  filtered,
}: {
  readonly page: EntryPage;
  readonly oldestFirst: boolean;
  readonly filtered: boolean;
}) {
  const { total, pageSize } = page;
  return (
    <DataTable
      label="Ledger entries"
      columns={COLUMNS}
      rows={page.rows}
      rowId={(row) => String(row.seq)}
      noun="entries"
      info={{ page: page.page, pageSize, total, sort: oldestFirst ? "seq" : "-seq" }}
      empty={
        filtered ? (
          <EmptyState
            icon={ScrollText}
            title="No entry fits"
            description="Try fewer words or filters. Words and reasons are searched only where your roles may read them."
          />
        ) : (
          <EmptyState
            icon={ScrollText}
            title="Nothing was recorded yet"
            description="The first registered agent, approved manifest or decided request will stand here."
          />
        )
      }
    />
  );
}
