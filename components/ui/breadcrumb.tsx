import { ChevronRight } from "lucide-react";
import Link from "next/link";

export type Crumb = { readonly label: string; readonly href?: string };

/** The way here. The last crumb is this page. */
export function Breadcrumb({ crumbs }: { readonly crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb">
      <ol className="flex flex-wrap items-center gap-x-1 gap-y-0.5 text-[13px] text-muted-foreground">
        {crumbs.map((crumb, index) => {
          const last = index === crumbs.length - 1;
          return (
            <li
              key={`${crumb.label}-${crumb.href ?? ""}`}
              className="flex min-w-0 items-center gap-1"
            >
              {crumb.href && !last ? (
                <Link
                  href={crumb.href}
                  className="rounded-sm hover:text-foreground hover:underline"
                >
                  {crumb.label}
                </Link>
              ) : (
                <span aria-current={last ? "page" : undefined} className="truncate">
                  {crumb.label}
                </span>
              )}
              {last ? null : <ChevronRight className="size-3.5 shrink-0" aria-hidden />}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
