"use client";

import { FilterBar } from "@/components/layout/filter-bar";
import { STATE_WORDS } from "./state-badge";

const FILTERS = [
  { name: "state", label: "State", options: STATE_WORDS },
  { name: "mine", label: "Agents", options: [{ value: "1", label: "mine" }] },
];

/** Search and filters of the list, kept in the address. */
export function ManifestFilters() {
  return <FilterBar search="Search by agent or id" filters={FILTERS} />;
}
