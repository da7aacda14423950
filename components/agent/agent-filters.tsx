import { CONTAINMENT_WORDS, KIND_WORDS, STATUS_WORDS, TIER_WORDS } from "@/components/agent/badges";
import { FilterBar } from "@/components/layout/filter-bar";
import type { Named } from "@/lib/domain/agent/view";

const options = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }));
const named = ({ id, name }: Named) => ({ value: id, label: name });

/** Search and filters of the catalogue; all of them live in the address. */
export function AgentFilters({
  sponsors,
  legalEntities,
}: {
  readonly sponsors: readonly Named[];
  readonly legalEntities: readonly Named[];
}) {
  return (
    <FilterBar
      search="Name, description, person or id"
      filters={[
        { name: "tier", label: "Tier", options: options(TIER_WORDS) },
        { name: "status", label: "Status", options: options(STATUS_WORDS) },
        { name: "kind", label: "Kind", options: options(KIND_WORDS) },
        {
          name: "sponsor",
          label: "Sponsor",
          options: [{ value: "none", label: "nobody" }, ...sponsors.map(named)],
        },
        { name: "legalEntity", label: "Entity", options: legalEntities.map(named) },
        {
          name: "contained",
          label: "Contained",
          options: [
            { value: "yes", label: "yes" },
            { value: "no", label: "no" },
            ...options(CONTAINMENT_WORDS),
          ],
        },
      ]}
    />
  );
}
