import { ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import { buttonVariants } from "@/components/ui/button";
import { cn } from "@/lib/utils";

/** Previous and next, with where we are. `href` null where there is nothing there. */
export function Pagination({
  summary,
  previousHref,
  nextHref,
  className,
}: {
  readonly summary: string;
  readonly previousHref: string | null;
  readonly nextHref: string | null;
  readonly className?: string;
}) {
  return (
    <nav
      aria-label="Pages"
      className={cn("flex flex-wrap items-center justify-between gap-2", className)}
    >
      <p className="text-[13px] text-muted-foreground">{summary}</p>
      {previousHref === null && nextHref === null ? null : (
        <div className="flex items-center gap-1.5">
          <PageLink href={previousHref} rel="prev">
            <ChevronLeft aria-hidden />
            Previous
          </PageLink>
          <PageLink href={nextHref} rel="next">
            Next
            <ChevronRight aria-hidden />
          </PageLink>
        </div>
      )}
    </nav>
  );
}

function PageLink({
  href,
  rel,
  children,
}: {
  readonly href: string | null;
  readonly rel: "prev" | "next";
  readonly children: React.ReactNode;
}) {
  const classes = buttonVariants({ variant: "outline", size: "sm" });
  if (href === null) {
    return (
      <span className={cn(classes, "border-border text-muted-foreground hover:bg-card")}>
        {children}
      </span>
    );
  }
  return (
    <Link href={href} rel={rel} scroll={false} className={classes}>
      {children}
    </Link>
  );
}
