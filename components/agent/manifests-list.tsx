import { FileText, Plus } from "lucide-react";
import Link from "next/link";
import { EmptyState } from "@/components/layout/empty-state";
import { Time } from "@/components/layout/time";
import { StateBadge } from "@/components/manifest/state-badge";
import { Button } from "@/components/ui/button";
import { Card, CardAction, CardHeader, CardTitle } from "@/components/ui/card";
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "@/components/ui/table";
import type { AgentView } from "@/lib/domain/agent/view";

/** All versions of the agent's manifest. `mayDraft`: the reader writes its manifests. */
export function ManifestsList({
  agent,
  mayDraft,
}: {
  readonly agent: Pick<AgentView, "id" | "manifests" | "inForce">;
  readonly mayDraft: boolean;
}) {
  const draft = mayDraft ? (
    <Button size="sm" asChild>
      <Link href={`/agents/${agent.id}/manifests/new`}>
        <Plus aria-hidden />
        Write a manifest
      </Link>
    </Button>
  ) : null;
  return (
    <Card className="overflow-hidden">
      <CardHeader>
        <CardTitle>Manifests</CardTitle>
        <CardAction>{draft}</CardAction>
      </CardHeader>
      {agent.manifests.length === 0 ? (
        <EmptyState
          icon={FileText}
          title="No manifest yet"
          description="The owner writes it, the sponsor approves it. Until then every request is refused."
        />
      ) : (
        <Table label="Manifests">
          <TableHeader>
            <tr>
              <TableHead>Version</TableHead>
              <TableHead>State</TableHead>
              <TableHead>Goal</TableHead>
              <TableHead>Author</TableHead>
              <TableHead>Submitted</TableHead>
              <TableHead>Approved</TableHead>
              <TableHead>Ended</TableHead>
            </tr>
          </TableHeader>
          <TableBody>
            {agent.manifests.map((manifest) => (
              <TableRow key={manifest.id}>
                <TableCell className="whitespace-nowrap">
                  <Link href={`/manifests/${manifest.id}`} className="link font-medium">
                    Version {manifest.version}
                  </Link>
                </TableCell>
                <TableCell>
                  <StateBadge state={manifest.state} inForce={manifest.id === agent.inForce?.id} />
                </TableCell>
                <TableCell className="max-w-96 min-w-48">
                  <span className="line-clamp-2">{manifest.goal || "–"}</span>
                </TableCell>
                <TableCell className="whitespace-nowrap">{manifest.author.name}</TableCell>
                <DateCell iso={manifest.submittedAt} />
                <DateCell iso={manifest.approvedAt} />
                <DateCell iso={manifest.endedAt} />
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </Card>
  );
}

function DateCell({ iso }: { readonly iso: string | null }) {
  return (
    <TableCell className="whitespace-nowrap">
      {iso === null ? (
        <span className="text-muted-foreground">–</span>
      ) : (
        <Time iso={iso} style="date" />
      )}
    </TableCell>
  );
}
