import type { ReactNode } from "react";

/** A page that says one thing: what happened, and the way on. */
export function MessagePage({
  code,
  title,
  children,
  actions,
}: {
  readonly code?: string;
  readonly title: string;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}) {
  return (
    <div className="mx-auto grid w-full max-w-xl gap-3 px-4 py-16">
      {code ? <p className="text-[13px] font-medium text-muted-foreground">{code}</p> : null}
      <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
      <div className="grid gap-2 text-sm text-muted-foreground">{children}</div>
      {actions ? <div className="mt-2 flex flex-wrap gap-2">{actions}</div> : null}
    </div>
  );
}
