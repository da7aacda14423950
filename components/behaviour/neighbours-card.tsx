import Link from "next/link";
import { RequestLine } from "@/components/behaviour/request-line";
import { Badge } from "@/components/ui/badge";
import {
  Card,
  CardAction,
  CardContent,
  CardDescription,
  CardHeader,
  CardTitle,
} from "@/components/ui/card";
import type { NeighbourView } from "@/lib/domain/behaviour/view";

/** What the agent asked just before and just after. */
export function NeighboursCard({
  agentId,
  seq,
  neighbours,
}: {
  readonly agentId: string;
  readonly seq: number;
  readonly neighbours: readonly NeighbourView[];
}) {
  const before = neighbours.filter((one) => one.seq < seq);
  const after = neighbours.filter((one) => one.seq > seq);
  return (
    <Card className="overflow-hidden">
      <CardHeader>
        <CardTitle>Before and after</CardTitle>
        <CardDescription>The agent’s nearest requests, oldest first.</CardDescription>
        <CardAction>
          <Link href={`/agents/${agentId}?tab=decisions`} className="link text-[13px]">
            All its decisions
          </Link>
        </CardAction>
      </CardHeader>
      <CardContent className="p-0">
        {neighbours.length === 0 ? (
          <p className="p-4 text-[13px] text-muted-foreground">It made no other request.</p>
        ) : (
          <ol className="divide-y">
            {before.map((one) => (
              <Neighbour key={one.seq} neighbour={one} />
            ))}
            <li className="bg-accent px-4 py-1.5 text-[13px] font-medium text-accent-foreground">
              This request
            </li>
            {after.map((one) => (
              <Neighbour key={one.seq} neighbour={one} />
            ))}
          </ol>
        )}
      </CardContent>
    </Card>
  );
}

function Neighbour({ neighbour }: { readonly neighbour: NeighbourView }) {
  return (
    <RequestLine line={neighbour}>
      {neighbour.sameTrace ? <Badge tone="outline">Same task</Badge> : null}
    </RequestLine>
  );
}
