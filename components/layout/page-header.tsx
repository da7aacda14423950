import type { ReactNode } from "react";
import { Breadcrumb, type Crumb } from "@/components/ui/breadcrumb";

/** The one h1 of a page, with the way here and what can be done. */
export function PageHeader({
  title,
  description,
  breadcrumb,
  badges,
  actions,
}: {
  readonly title: ReactNode;
  readonly description?: ReactNode;
  readonly breadcrumb?: readonly Crumb[];
  readonly badges?: ReactNode;
  readonly actions?: ReactNode;
}) {
  return (
    <header className="mb-5 grid gap-2">
      {breadcrumb ? <Breadcrumb crumbs={breadcrumb} /> : null}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="grid min-w-0 gap-1">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
            <h1 className="min-w-0 text-xl font-semibold tracking-tight text-balance wrap-anywhere">
              {title}
            </h1>
            {badges}
          </div>
          {description ? (
            <div className="max-w-[72ch] text-sm text-muted-foreground">{description}</div>
          ) : null}
        </div>
        {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
      </div>
    </header>
  );
}
