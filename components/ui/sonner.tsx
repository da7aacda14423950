"use client";

import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import { Toaster as Sonner } from "sonner";

/** For what happens elsewhere or later. The result of a form stands in the form itself. */
export function Toaster() {
  return (
    <Sonner
      position="bottom-right"
      icons={{
        success: <CircleCheck className="size-4 text-allow" aria-hidden />,
        error: <CircleAlert className="size-4 text-block" aria-hidden />,
        warning: <TriangleAlert className="size-4 text-hold" aria-hidden />,
        info: <Info className="size-4 text-info" aria-hidden />,
      }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-full items-start gap-2.5 rounded-lg border bg-popover p-3.5 text-sm text-popover-foreground shadow-lg",
          title: "font-medium",
          description: "text-[13px] text-muted-foreground",
          actionButton: "ml-auto shrink-0 text-sm font-medium text-primary underline",
        },
      }}
    />
  );
}
