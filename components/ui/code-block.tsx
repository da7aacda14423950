"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/lib/utils";

/** Copies `text`, and says that it did. */
export function CopyButton({
  text,
  label = "Copy",
  className,
}: {
  readonly text: string;
  readonly label?: string;
  readonly className?: string;
}) {
  const [said, setSaid] = useState<"" | "Copied" | "Could not copy">("");
  useEffect(() => {
    if (said === "") return;
    const timer = setTimeout(() => setSaid(""), 2000);
    return () => clearTimeout(timer);
  }, [said]);
  return (
    <Button
      variant="ghost"
      size="sm"
      className={className}
      onClick={() => {
        // The clipboard is refused outside a secure context; the reader must learn it.
        Promise.resolve()
          .then(() => navigator.clipboard.writeText(text))
          .then(
            () => setSaid("Copied"),
            () => setSaid("Could not copy"),
          );
      }}
    >
      {said === "Copied" ? <Check aria-hidden /> : <Copy aria-hidden />}
      <span aria-live="polite">{said || label}</span>
    </Button>
  );
}

/** Code or JSON, scrolled inside its own frame, with a copy button. */
export function CodeBlock({
  code,
  label,
  wrap = false,
  className,
}: {
  readonly code: string;
  readonly label: string;
  readonly wrap?: boolean;
  readonly className?: string;
}) {
  return (
    <figure className={cn("min-w-0 overflow-hidden rounded-lg border bg-muted/60", className)}>
      <figcaption className="flex items-center justify-between gap-2 border-b py-0.5 pr-1 pl-3 text-xs text-muted-foreground">
        {label}
        <CopyButton text={code} />
      </figcaption>
      <section
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (axe scrollable-region-focusable).
        tabIndex={0}
        className="max-h-96 overflow-auto -outline-offset-2"
      >
        <pre
          className={cn(
            "p-3 font-mono text-xs leading-relaxed",
            wrap && "break-all whitespace-pre-wrap",
          )}
        >
          <code>{code}</code>
        </pre>
      </section>
    </figure>
  );
}
