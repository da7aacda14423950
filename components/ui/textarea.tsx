import type { ComponentProps } from "react";
import { controlClasses } from "@/components/ui/input";
import { cn } from "@/lib/utils";

export function Textarea({ className, rows = 4, ...props }: ComponentProps<"textarea">) {
  return (
    <textarea
      rows={rows}
      className={cn(
        controlClasses,
        "read-only:bg-muted field-sizing-content min-h-20 py-2 leading-normal",
        className,
      )}
      {...props}
    />
  );
}
