import type { ReactNode } from "react";
import { cn } from "@/lib/utils";

export type Description = {
  readonly term: ReactNode;
  readonly value: ReactNode;
  /** set where two terms read the same */
  readonly key?: string;
};

/** Terms and their values; beside each other where there is room. */
export function DescriptionList({
  items,
  className,
}: {
  readonly items: readonly Description[];
  readonly className?: string;
}) {
  return (
    <dl
      className={cn(
        "grid gap-x-6 gap-y-2.5 text-sm sm:grid-cols-[minmax(8rem,12rem)_minmax(0,1fr)]",
        className,
      )}
    >
      {items.map((item) => (
        <div key={item.key ?? String(item.term)} className="grid gap-0.5 sm:contents">
          <dt className="text-muted-foreground">{item.term}</dt>
          <dd className="min-w-0 wrap-anywhere">{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}
