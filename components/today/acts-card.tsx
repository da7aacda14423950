import Link from "next/link";
import { Time } from "@/components/layout/time";
import { Badge } from "@/components/ui/badge";
import {
  Card,
  CardAction,
  CardContent,
  CardDescription,
  CardHeader,
  CardTitle,
} from "@/components/ui/card";
import type { TodayView } from "@/lib/domain/today/view";
import { formatCount } from "@/lib/format";

/** What people and rules did lately, from the ledger; what is new since the reader's last visit is marked. */
export function ActsCard({ acts, since, newActs }: Pick<TodayView, "acts" | "since" | "newActs">) {
  return (
    <Card>
      <CardHeader>
        <CardTitle>Since your last visit</CardTitle>
        <CardDescription>
          {since === null ? (
            "This is your first visit. The latest acts:"
          ) : (
            <>
              {newActs === 0 ? "Nothing" : formatCount(newActs, "act")} since <Time iso={since} />
            </>
          )}
        </CardDescription>
        <CardAction>
          <Link
            href="/ledger?kind=acts"
            className="text-[13px] text-muted-foreground underline-offset-2 hover:underline"
          >
            All acts
          </Link>
        </CardAction>
      </CardHeader>
      <CardContent className="p-0">
        {acts.length === 0 ? (
          <p className="p-4 text-[13px] text-muted-foreground">Nobody has done anything yet.</p>
        ) : (
          <ol className="divide-y">
            {acts.map((act) => (
              <li key={act.seq}>
                <Link
                  href={`/ledger/${act.seq}`}
                  className="grid gap-0.5 px-4 py-2 -outline-offset-2 hover:bg-muted/50"
                >
                  <span className="flex flex-wrap items-baseline gap-x-1.5">
                    <span className="font-medium">{act.who}</span>
                    {act.isNew ? <Badge tone="info">New</Badge> : null}
                  </span>
                  <span className="text-[13px] wrap-anywhere">
                    {act.what}
                    {act.agent === null ? "" : ` (${act.agent.name})`}
                  </span>
                  <Time iso={act.at} relative className="text-[13px] text-muted-foreground" />
                </Link>
              </li>
            ))}
          </ol>
        )}
      </CardContent>
    </Card>
  );
}
