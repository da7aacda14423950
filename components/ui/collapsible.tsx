import { ChevronRight } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/lib/utils";

/** The browser's own details, dressed: opens without JavaScript, and search in the page finds what it hides. */
export function Details({
  summary,
  className,
  children,
  ...props
}: Omit<ComponentProps<"details">, "summary"> & { readonly summary: ReactNode }) {
  return (
    <details className={cn("group/details min-w-0", className)} {...props}>
      <summary className="flex list-none items-center gap-1.5 rounded-sm py-1 text-sm font-medium select-none [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden
          className="size-4 shrink-0 text-muted-foreground transition-transform group-open/details:rotate-90"
        />
        {summary}
      </summary>
      <div className="pt-2 pl-5.5">{children}</div>
    </details>
  );
}
