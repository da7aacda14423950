import Link from "next/link";
import { Time } from "@/components/layout/time";
import { OutcomeBadge } from "@/components/ledger/outcome-badge";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import type { TimelineItem } from "@/lib/domain/incident/timeline";
import { formatCount } from "@/lib/format";

/** What the ledger holds, oldest first; each line leads to its entry. */
export function TimelineCard({
  items,
  cut,
}: {
  readonly items: readonly TimelineItem[];
  readonly cut: boolean;
}) {
  return (
    <Card>
      <CardHeader>
        <CardTitle>Timeline</CardTitle>
        <CardDescription>
          Built from the ledger: the incident’s own entries, and what happened around its agent.
          Allowed requests are left out; alike refusals in a row are one line.
        </CardDescription>
      </CardHeader>
      <CardContent>
        <ol className="grid gap-3 text-sm">
          {items.map((item) => (
            <li key={item.seq} className="grid gap-0.5 border-l-2 pl-3">
              <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
                {item.outcome === null ? null : <OutcomeBadge outcome={item.outcome} />}
                <span>
                  <strong className="font-medium">{item.label}</strong>
                  {item.summary === "" ? "" : `: ${item.summary}`}
                  {item.count > 1 ? ` (${formatCount(item.count, "request")} alike)` : ""}
                </span>
              </p>
              {item.words === null ? null : (
                <blockquote className="max-w-[72ch] whitespace-pre-line text-pretty wrap-anywhere">
                  “{item.words}”
                </blockquote>
              )}
              <p className="flex flex-wrap gap-x-2 text-[13px] text-muted-foreground">
                <Time iso={item.at} style="second" />
                <span>{whoActed(item)}</span>
                <Link href={`/ledger/${item.seq}`} className="link">
                  {item.count > 1 ? `entries ${item.seq} to ${item.lastSeq}` : `entry ${item.seq}`}
                </Link>
              </p>
            </li>
          ))}
        </ol>
        {cut ? (
          <p className="mt-3 text-[13px] text-muted-foreground">
            There is more than is shown: search the ledger for the agent and the time.
          </p>
        ) : null}
      </CardContent>
    </Card>
  );
}

function whoActed({ who, kind }: TimelineItem): string {
  if (who !== null) return who;
  return kind === "decision" ? "the agent asked" : "a rule";
}
