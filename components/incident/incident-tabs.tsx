import Link from "next/link";
import { cn } from "@/lib/utils";

const TABS = [
  { id: "overview", label: "Overview" },
  { id: "dora", label: "DORA" },
  { id: "ai-act", label: "AI Act" },
  { id: "timeline", label: "Timeline" },
] as const;
type IncidentTab = (typeof TABS)[number]["id"];

/** The tab that an address asks for; anything unknown is the overview. */
export function asIncidentTab(value: unknown): IncidentTab {
  return TABS.find(({ id }) => id === value)?.id ?? "overview";
}

/** The parts of an incident's page, each with an address of its own. */
export function IncidentTabs({
  incidentId,
  current,
}: {
  readonly incidentId: string;
  readonly current: IncidentTab;
}) {
  return (
    <nav aria-label="Parts of this incident" className="mb-4 overflow-x-auto border-b">
      <ul className="flex min-w-max gap-1">
        {TABS.map(({ id, label }) => (
          <li key={id}>
            <Link
              href={
                id === "overview"
                  ? `/incidents/${incidentId}`
                  : `/incidents/${incidentId}?tab=${id}`
              }
              aria-current={id === current ? "page" : undefined}
              className={cn(
                "inline-flex h-9 items-center border-b-2 border-transparent px-2.5 text-sm font-medium whitespace-nowrap text-muted-foreground -outline-offset-2 hover:text-foreground",
                "aria-[current=page]:border-primary aria-[current=page]:text-foreground",
              )}
            >
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
