import { TrendingUp } from "lucide-react";
import Link from "next/link";
import { Moved } from "@/components/behaviour/moved";
import { EmptyState } from "@/components/layout/empty-state";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { movement } from "@/lib/domain/behaviour/portfolio";
import type { PortfolioRow } from "@/lib/domain/behaviour/view";

const SHOWN = 8;

/** Whose score moved since last week, those that rose most first. */
export function MoversCard({ movers }: { readonly movers: readonly PortfolioRow[] }) {
  return (
    <Card>
      <CardHeader>
        <CardTitle>Movers since last week</CardTitle>
        <CardDescription>Risk score seven days ago and now.</CardDescription>
      </CardHeader>
      {movers.length === 0 ? (
        <EmptyState
          icon={TrendingUp}
          title="Nothing moved"
          description="No score differs from that of a week ago, or none was measured then."
        />
      ) : (
        <CardContent className="p-0">
          <ol className="divide-y">
            {movers.slice(0, SHOWN).map((row) => (
              <li key={row.agentId} className="flex items-baseline gap-3 px-4 py-2 text-sm">
                <Link
                  href={`/agents/${row.agentId}?tab=behaviour`}
                  className="link min-w-0 flex-1 wrap-anywhere"
                >
                  {row.name}
                </Link>
                <span className="whitespace-nowrap text-muted-foreground tabular-nums">
                  {row.scoreBefore} → <span className="text-foreground">{row.score}</span>
                </span>
                <Moved by={movement(row)} className="w-10 justify-end" />
              </li>
            ))}
          </ol>
          {movers.length > SHOWN ? (
            <p className="border-t px-4 py-2 text-[13px]">
              <Link href="/portfolio?sort=-moved#agents" className="link">
                All {movers.length} by movement
              </Link>
            </p>
          ) : null}
        </CardContent>
      )}
    </Card>
  );
}
