import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/lib/utils";

/** Why there is nothing here, and what would bring something. */
export function EmptyState({
  icon: Icon,
  title,
  description,
  action,
  className,
}: {
  readonly icon?: LucideIcon;
  readonly title: ReactNode;
  readonly description?: ReactNode;
  readonly action?: ReactNode;
  readonly className?: string;
}) {
  return (
    <div className={cn("grid justify-items-center gap-1.5 px-4 py-10 text-center", className)}>
      {Icon ? <Icon className="mb-1 size-6 text-muted-foreground" aria-hidden /> : null}
      <p className="text-sm font-medium">{title}</p>
      {description ? (
        <div className="max-w-[52ch] text-[13px] text-balance text-muted-foreground">
          {description}
        </div>
      ) : null}
      {action ? <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  );
}
