import { ArrowDown, ArrowUp } from "lucide-react";
import { cn } from "@/lib/utils";

/** How far a score moved, with an arrow; `null`: not measured before. */
export function Moved({
  by,
  className,
}: {
  readonly by: number | null;
  readonly className?: string;
}) {
  if (by === null) return <span className="text-muted-foreground">not measured</span>;
  if (by === 0) return <span className="text-muted-foreground">unchanged</span>;
  const Icon = by > 0 ? ArrowUp : ArrowDown;
  return (
    <span
      className={cn(
        "inline-flex items-center gap-0.5 whitespace-nowrap tabular-nums",
        by > 0 ? "text-block" : "text-allow",
        className,
      )}
    >
      <Icon aria-hidden className="size-3.5" />
      <span className="sr-only">{by > 0 ? "risen by" : "fallen by"}</span>
      {Math.abs(by)}
    </span>
  );
}
