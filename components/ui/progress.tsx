"use client";

import { Progress as ProgressPrimitive } from "radix-ui";
import { cn } from "@/lib/utils";

const FILL = {
  primary: "bg-primary",
  allow: "bg-allow",
  hold: "bg-hold",
  block: "bg-block",
};

/** `value` of `max`, said in words by `label`. */
export function Progress({
  value,
  max = 100,
  label,
  tone = "primary",
  className,
}: {
  readonly value: number;
  readonly max?: number;
  readonly label: string;
  readonly tone?: keyof typeof FILL;
  readonly className?: string;
}) {
  const share = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0;
  return (
    <ProgressPrimitive.Root
      value={Math.round(share * 100)}
      aria-label={label}
      className={cn("h-1.5 w-full overflow-hidden rounded-full bg-secondary", className)}
    >
      <ProgressPrimitive.Indicator
        className={cn("h-full rounded-full", FILL[tone])}
        style={{ width: `${share * 100}%` }}
      />
    </ProgressPrimitive.Root>
  );
}
