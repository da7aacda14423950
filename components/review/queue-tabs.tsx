"use client";

import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useHref } from "@/components/layout/data-table";
import type { ReviewCounts } from "@/lib/domain/review/view";
import { formatNumber } from "@/lib/format";
import { cn } from "@/lib/utils";

type Tab = { readonly label: string; readonly value: string | null; readonly count?: number };

/** Whose reviews, and which: kept in the address, so that a queue can be bookmarked. */
export function QueueTabs({
  mine,
  all,
}: {
  /** null where no agent concerns the reader */
  readonly mine: ReviewCounts | null;
  readonly all: ReviewCounts;
}) {
  // The counts are of open reviews.
  const open = useSearchParams().get("state") === null;
  const counted = (counts: ReviewCounts) => (open ? { count: counts.open } : {});
  return (
    <div className="mb-3 flex flex-wrap gap-x-6 gap-y-2">
      <LinkTabs
        label="State"
        param="state"
        tabs={[
          { label: "Open", value: null },
          { label: "Resolved", value: "resolved" },
          { label: "All", value: "all" },
        ]}
      />
      {mine === null ? null : (
        <LinkTabs
          label="Whose"
          param="mine"
          tabs={[
            { label: "Everyone's", value: null, ...counted(all) },
            { label: "Of my agents", value: "yes", ...counted(mine) },
          ]}
        />
      )}
    </div>
  );
}

function LinkTabs({
  label,
  param,
  tabs,
}: {
  readonly label: string;
  readonly param: string;
  readonly tabs: readonly Tab[];
}) {
  const current = useSearchParams().get(param);
  const hrefWith = useHref();
  return (
    <nav aria-label={label} className="flex gap-1 border-b">
      {tabs.map((tab) => {
        const here = current === tab.value;
        return (
          <Link
            key={tab.label}
            href={hrefWith({ [param]: tab.value, page: null })}
            scroll={false}
            aria-current={here ? "true" : undefined}
            className={cn(
              "-mb-px inline-flex h-9 items-center gap-1.5 border-b-2 border-transparent px-2.5 text-sm font-medium whitespace-nowrap text-muted-foreground hover:text-foreground",
              here && "border-primary text-foreground",
            )}
          >
            {tab.label}
            {tab.count === undefined ? null : (
              <span className="text-[13px] font-normal text-muted-foreground tabular-nums">
                {formatNumber(tab.count)}
              </span>
            )}
          </Link>
        );
      })}
    </nav>
  );
}
