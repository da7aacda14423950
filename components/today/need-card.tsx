import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { Time } from "@/components/layout/time";
import { DueTime } from "@/components/review/urgency-badge";
import { Badge } from "@/components/ui/badge";
import { Card, CardAction, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import type { Need, NeedSection } from "@/lib/domain/today/view";
import { formatNumber } from "@/lib/format";

/** One kind of work with its first few items; every line leads to the place where it is done. */
export function NeedCard({ section }: { readonly section: NeedSection }) {
  const { title, needs, total, href } = section;
  return (
    <Card>
      <CardHeader>
        <CardTitle>
          {title} <span className="font-normal text-muted-foreground">{formatNumber(total)}</span>
        </CardTitle>
        <CardAction>
          <Link
            href={href}
            className="text-[13px] text-muted-foreground underline-offset-2 hover:underline"
          >
            {total > needs.length ? "See all" : "Open the list"}
          </Link>
        </CardAction>
      </CardHeader>
      <CardContent className="p-0">
        <ul className="divide-y">
          {needs.map((need) => (
            <li key={need.id}>
              <NeedLine need={need} />
            </li>
          ))}
        </ul>
      </CardContent>
    </Card>
  );
}

function NeedLine({ need }: { readonly need: Need }) {
  return (
    <Link
      href={need.href}
      className="group grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1 px-4 py-2.5 -outline-offset-2 hover:bg-muted/50"
    >
      <span className="grid gap-0.5">
        <span className="font-medium wrap-anywhere">{need.title}</span>
        {need.detail === "" ? null : (
          <span className="text-[13px] text-pretty text-muted-foreground">{need.detail}</span>
        )}
        <When need={need} />
      </span>
      <ChevronRight
        aria-hidden
        className="size-4 text-muted-foreground group-hover:text-foreground"
      />
    </Link>
  );
}

function When({ need: { urgency, at, due } }: { readonly need: Need }) {
  if (at !== null && due && urgency !== null) return <DueTime urgency={urgency} dueAt={at} />;
  if (urgency === "overdue") return <Badge tone="block">Needs you now</Badge>;
  if (at === null) return null;
  return <Time iso={at} relative className="text-[13px] text-muted-foreground" />;
}
