import Link from "next/link";
import { Time } from "@/components/layout/time";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import type { HistoryView } from "@/lib/domain/review/view";

/** What happened to the review so far, oldest first, each entry leading to the ledger. */
export function HistoryCard({ history }: { readonly history: readonly HistoryView[] }) {
  return (
    <Card>
      <CardHeader>
        <CardTitle>What happened so far</CardTitle>
      </CardHeader>
      <CardContent>
        <ol className="grid gap-3">
          {history.map((item) => (
            <li key={item.key} className="grid gap-0.5 border-l-2 pl-3">
              <p>
                <strong className="font-medium">{item.who}</strong> {item.what}.
              </p>
              {item.words === null ? null : (
                <blockquote className="max-w-[72ch] whitespace-pre-line text-pretty wrap-anywhere">
                  “{item.words}”
                </blockquote>
              )}
              <p className="flex flex-wrap gap-x-2 text-[13px] text-muted-foreground">
                <Time iso={item.at} style="second" />
                {item.seq === null ? null : (
                  <Link href={`/ledger/${item.seq}`} className="underline-offset-2 hover:underline">
                    entry {item.seq}
                  </Link>
                )}
              </p>
            </li>
          ))}
        </ol>
      </CardContent>
    </Card>
  );
}
