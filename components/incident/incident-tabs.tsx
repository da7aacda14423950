import { TabNav } from "@/components/layout/tab-nav";

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

/** The parts of an incident's page. */
export function IncidentTabs({
  incidentId,
  current,
}: {
  readonly incidentId: string;
  readonly current: IncidentTab;
}) {
  return (
    <TabNav
      label="Parts of this incident"
      href={`/incidents/${incidentId}`}
      tabs={TABS}
      current={current}
    />
  );
}
