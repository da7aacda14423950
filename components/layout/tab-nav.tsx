import Link from "next/link";
import { cn } from "@/lib/utils";

type Tab = { readonly id: string; readonly label: string };

/** The parts of one thing's page. They are links, so that each part has an address of its own; the first is the plain address. */
export function TabNav({
  label,
  href,
  tabs,
  current,
}: {
  readonly label: string;
  readonly href: string;
  readonly tabs: readonly Tab[];
  readonly current: string;
}) {
  return (
    <nav aria-label={label} className="mb-4 overflow-x-auto border-b">
      <ul className="flex min-w-max gap-1">
        {tabs.map((tab, index) => (
          <li key={tab.id}>
            <Link
              href={index === 0 ? href : `${href}?tab=${tab.id}`}
              aria-current={tab.id === current ? "page" : undefined}
              className={cn(
                "inline-flex h-9 items-center border-b-2 border-transparent px-2.5 text-sm font-medium whitespace-nowrap text-muted-foreground -outline-offset-2 hover:text-foreground",
                "aria-[current=page]:border-primary aria-[current=page]:text-foreground",
              )}
            >
              {tab.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
