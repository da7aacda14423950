import { ListChecks } from "lucide-react";
import Link from "next/link";
import { EmptyState } from "@/components/layout/empty-state";
import { Time } from "@/components/layout/time";
import { OutcomeBadge } from "@/components/ledger/outcome-badge";
import { Badge } from "@/components/ui/badge";
import { Card, CardAction, CardHeader, CardTitle } from "@/components/ui/card";
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "@/components/ui/table";
import type { DecisionPage, DecisionRow } from "@/lib/domain/agent/view";

/** Decisions from the newest back, each with its place in the ledger. `newest`: it is the first page. */
export function DecisionsList({
  agentId,
  page: { rows, older },
  newest,
}: {
  readonly agentId: string;
  readonly page: DecisionPage;
  readonly newest: boolean;
}) {
  const here = `/agents/${agentId}?tab=decisions`;
  return (
    <Card className="overflow-hidden">
      <CardHeader>
        <CardTitle>{newest ? "Latest decisions" : "Earlier decisions"}</CardTitle>
        <CardAction>
          <Link href={`/ledger?agent=${agentId}&kind=decision`} className="link text-sm">
            All in the ledger
          </Link>
        </CardAction>
      </CardHeader>
      {rows.length === 0 ? (
        <EmptyState
          icon={ListChecks}
          title={newest ? "Nothing decided yet" : "Nothing was decided before that"}
          description={
            newest
              ? "Each request that the agent makes will stand here, with its outcome and the reason."
              : undefined
          }
        />
      ) : (
        <Table label="Decisions">
          <TableHeader>
            <tr>
              <TableHead>When</TableHead>
              <TableHead>Outcome</TableHead>
              <TableHead>Request</TableHead>
              <TableHead>Why</TableHead>
              <TableHead className="text-right">Entry</TableHead>
            </tr>
          </TableHeader>
          <TableBody>
            {rows.map((decision) => (
              <DecisionLine key={decision.seq} decision={decision} />
            ))}
          </TableBody>
        </Table>
      )}
      {newest && older === null ? null : (
        <nav
          aria-label="Pages of decisions"
          className="flex flex-wrap justify-between gap-3 border-t px-4 py-2 text-sm"
        >
          {newest ? (
            <span className="text-muted-foreground">The newest {rows.length}</span>
          ) : (
            <Link href={here} scroll={false} className="link">
              Back to the newest
            </Link>
          )}
          {older === null ? (
            <span className="text-muted-foreground">These are the oldest</span>
          ) : (
            <Link href={`${here}&before=${older}`} rel="next" scroll={false} className="link">
              Older decisions
            </Link>
          )}
        </nav>
      )}
    </Card>
  );
}

function DecisionLine({ decision }: { readonly decision: DecisionRow }) {
  const { action, resourceType, cluster } = decision;
  return (
    <TableRow>
      <TableCell className="min-w-26 md:whitespace-nowrap">
        <Time iso={decision.at} style="second" />
      </TableCell>
      <TableCell>
        <span className="flex flex-wrap gap-1">
          <OutcomeBadge outcome={decision.outcome} />
          {decision.simulated ? <Badge tone="outline">Simulated</Badge> : null}
        </span>
      </TableCell>
      <TableCell className="whitespace-nowrap">
        {action === null ? (
          <span className="text-muted-foreground">Not read</span>
        ) : (
          <>
            <Link href={`/requests/${decision.seq}`} className="link">
              {action} {resourceType}
            </Link>
            {cluster ? (
              <span className="block text-xs text-muted-foreground">{cluster}</span>
            ) : null}
          </>
        )}
      </TableCell>
      <TableCell className="min-w-60">
        <span className="font-medium">{decision.reasonTitle}</span>
        <code className="ml-2 text-xs text-muted-foreground">{decision.reason}</code>
        {decision.reviewId ? (
          <Link href={`/reviews/${decision.reviewId}`} className="link ml-2 text-xs">
            Review
          </Link>
        ) : null}
        {decision.sentence ? (
          <span className="block text-[13px] text-muted-foreground">{decision.sentence}</span>
        ) : null}
      </TableCell>
      <TableCell className="text-right">
        <Link href={`/ledger/${decision.seq}`} className="link">
          {decision.seq}
        </Link>
      </TableCell>
    </TableRow>
  );
}
