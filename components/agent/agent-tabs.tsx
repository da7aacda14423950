import Link from "next/link";
import { cn } from "@/lib/utils";

const AGENT_TABS = [
  { id: "overview", label: "Overview" },
  { id: "behaviour", label: "Behaviour" },
  { id: "decisions", label: "Decisions" },
  { id: "manifests", label: "Manifests" },
  { id: "keys", label: "Keys" },
  { id: "sponsors", label: "Sponsors" },
  { id: "containment", label: "Containment" },
  { id: "settings", label: "Settings" },
] as const;
export type AgentTab = (typeof AGENT_TABS)[number]["id"];

/** The tab that an address asks for; anything unknown is the overview. */
export function asTab(value: unknown): AgentTab {
  return AGENT_TABS.find(({ id }) => id === value)?.id ?? "overview";
}

/** The parts of an agent's page. They are links, so that each part has an address of its own. */
export function AgentTabs({
  agentId,
  current,
}: {
  readonly agentId: string;
  readonly current: AgentTab;
}) {
  return (
    <nav aria-label="Parts of this agent" className="mb-4 overflow-x-auto border-b">
      <ul className="flex min-w-max gap-1">
        {AGENT_TABS.map(({ id, label }) => (
          <li key={id}>
            <Link
              href={id === "overview" ? `/agents/${agentId}` : `/agents/${agentId}?tab=${id}`}
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
