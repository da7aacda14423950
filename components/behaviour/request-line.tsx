import Link from "next/link";
import type { ReactNode } from "react";
import { Time } from "@/components/layout/time";
import { OutcomeBadge } from "@/components/ledger/outcome-badge";
import type { Outcome } from "@/lib/domain/policy/reasons";
import { cn } from "@/lib/utils";

type Line = {
  readonly seq: number;
  readonly at: string;
  readonly cluster: string | null;
  readonly action: string | null;
  readonly resourceType: string | null;
  readonly outcome: Outcome;
};

/** One request in a list. `here`: it is the one that the page is about. */
export function RequestLine({
  line,
  here = false,
  children,
}: {
  readonly line: Line;
  readonly here?: boolean;
  readonly children?: ReactNode;
}) {
  const { seq, at, cluster, action, resourceType, outcome } = line;
  const asked =
    action === null ? "a request that can’t be read" : `${action} ${resourceType ?? ""}`;
  return (
    <li
      aria-current={here ? "true" : undefined}
      className={cn(
        "grid grid-cols-[4.5rem_minmax(0,1fr)] items-baseline gap-x-3 gap-y-0.5 px-4 py-2 sm:grid-cols-[4.5rem_minmax(0,1fr)_auto]",
        here && "bg-accent text-accent-foreground",
      )}
    >
      <OutcomeBadge outcome={outcome} />
      <span className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5">
        {here ? (
          <strong className="font-medium">{asked.trim()}</strong>
        ) : (
          <Link href={`/requests/${seq}`} className="link">
            {asked.trim()}
          </Link>
        )}
        {cluster === null ? null : (
          <span className="text-[13px] text-muted-foreground">{cluster}</span>
        )}
        {children}
      </span>
      <Time
        iso={at}
        style="second"
        className="col-start-2 text-[13px] whitespace-nowrap text-muted-foreground tabular-nums sm:col-start-3"
      />
    </li>
  );
}
