import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "@/lib/utils";

const TONES = {
  neutral: "text-foreground",
  info: "text-info",
  allow: "text-allow",
  hold: "text-hold",
  block: "text-block",
  deny: "text-deny",
};

/** One figure with its name and what it means. With `href`, the whole tile leads to what it counts. */
export function Stat({
  label,
  value,
  note,
  tone = "neutral",
  href,
  className,
}: {
  readonly label: ReactNode;
  readonly value: ReactNode;
  readonly note?: ReactNode;
  readonly tone?: keyof typeof TONES;
  readonly href?: string;
  readonly className?: string;
}) {
  const body = (
    <>
      <span className="text-[13px] text-muted-foreground">{label}</span>
      <span className={cn("text-2xl leading-tight font-semibold tracking-tight", TONES[tone])}>
        {value}
      </span>
      {note ? <span className="text-xs text-muted-foreground">{note}</span> : null}
    </>
  );
  const classes = cn("grid content-start gap-0.5 rounded-lg border bg-card px-4 py-3", className);
  if (href === undefined) return <div className={classes}>{body}</div>;
  return (
    <Link href={href} className={cn(classes, "hover:border-input hover:bg-muted/50")}>
      {body}
    </Link>
  );
}
