import { ShieldCheck } from "lucide-react";
import Link from "next/link";
import { ContainmentBadge } from "@/components/agent/badges";
import { EmptyState } from "@/components/layout/empty-state";
import { Time } from "@/components/layout/time";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import type { ContainmentRow } from "@/lib/domain/containment/view";

/** The agent's containments, newest first. `opens`: may the reader open an incident from one? */
export function ContainmentsCard({
  rows,
  opens,
}: {
  readonly rows: readonly ContainmentRow[];
  readonly opens: boolean;
}) {
  return (
    <Card>
      <CardHeader>
        <CardTitle>Containments</CardTitle>
        <CardDescription>By whom or by which rule, from when to when.</CardDescription>
      </CardHeader>
      {rows.length === 0 ? (
        <EmptyState icon={ShieldCheck} title="Never contained" />
      ) : (
        <CardContent>
          <ul className="grid gap-4 text-sm">
            {rows.map((row) => (
              <Row key={row.id} row={row} opens={opens} />
            ))}
          </ul>
        </CardContent>
      )}
    </Card>
  );
}

function Row({ row, opens }: { readonly row: ContainmentRow; readonly opens: boolean }) {
  return (
    <li className="grid gap-1 border-l-2 pl-3">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <ContainmentBadge level={row.level} />
        <span>{row.rule === null ? (row.by?.name ?? "A person") : `By rule: ${row.rule}`}</span>
      </p>
      <p className="flex flex-wrap gap-x-2 text-[13px] text-muted-foreground">
        <span>
          <Time iso={row.appliedAt} style="second" />
        </span>
        <EntryLink seq={row.appliedSeq} />
        {row.liftedAt === null ? (
          <span className="font-medium text-foreground">in place</span>
        ) : (
          <>
            <span>
              ended <Time iso={row.liftedAt} style="second" />
              {row.liftedBy === null ? "" : ` by ${row.liftedBy.name}`}
            </span>
            {row.liftedSeq === null ? null : <EntryLink seq={row.liftedSeq} />}
          </>
        )}
      </p>
      <p className="flex flex-wrap gap-x-3 text-[13px]">
        {row.incidents.map(({ id, title }) => (
          <Link key={id} href={`/incidents/${id}`} className="link">
            Incident: {title}
          </Link>
        ))}
        {opens && row.incidents.length === 0 ? (
          <Link href={`/incidents/new?containment=${row.id}`} className="link">
            Open an incident from it
          </Link>
        ) : null}
      </p>
    </li>
  );
}

function EntryLink({ seq }: { readonly seq: number }) {
  return (
    <Link href={`/ledger/${seq}`} className="link">
      entry {seq}
    </Link>
  );
}
