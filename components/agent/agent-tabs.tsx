import { TabNav } from "@/components/layout/tab-nav";

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

/** The parts of an agent's page. */
export function AgentTabs({
  agentId,
  current,
}: {
  readonly agentId: string;
  readonly current: AgentTab;
}) {
  return (
    <TabNav
      label="Parts of this agent"
      href={`/agents/${agentId}`}
      tabs={AGENT_TABS}
      current={current}
    />
  );
}
