import { ShieldCheck } from "lucide-react";
import Link from "next/link";
import { ContainmentBadge } from "@/components/agent/badges";
import { EmptyState } from "@/components/layout/empty-state";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import type { PortfolioRow } from "@/lib/domain/behaviour/view";
import { strictness } from "@/lib/domain/containment/rules";

/** What is contained now, the strictest first. */
export function ContainedCard({ rows }: { readonly rows: readonly PortfolioRow[] }) {
  const contained = rows
    .filter(({ containment }) => containment !== null)
    .toSorted((a, b) => strictness(b.containment) - strictness(a.containment));
  return (
    <Card>
      <CardHeader>
        <CardTitle>Contained now</CardTitle>
        <CardDescription>By a rule or a person; only a person lifts it.</CardDescription>
      </CardHeader>
      {contained.length === 0 ? (
        <EmptyState
          icon={ShieldCheck}
          title="No agent is contained"
          description="All agents in production are decided by their manifests alone."
        />
      ) : (
        <CardContent className="p-0">
          <ul className="divide-y">
            {contained.map(({ agentId, name, containment }) => (
              <li key={agentId} className="flex items-baseline gap-3 px-4 py-2 text-sm">
                <Link href={`/agents/${agentId}`} className="link min-w-0 flex-1 wrap-anywhere">
                  {name}
                </Link>
                {containment === null ? null : <ContainmentBadge level={containment} />}
              </li>
            ))}
          </ul>
        </CardContent>
      )}
    </Card>
  );
}
