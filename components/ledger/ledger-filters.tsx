"use client";

import { useRouter, useSearchParams } from "next/navigation";
import { useId } from "react";
import { useHref } from "@/components/layout/data-table";
import { FilterBar } from "@/components/layout/filter-bar";
import { Input } from "@/components/ui/input";
import { KIND_LABEL } from "@/lib/domain/ledger/describe";
import type { Named } from "@/lib/domain/ledger/view";
import { OUTCOMES, REASONS } from "@/lib/domain/policy/reasons";

const OUTCOME_WORDS = { allow: "allowed", hold: "held", block: "blocked", deny: "denied" } as const;

/** Search and filters of the ledger; all of them live in the address. */
export function LedgerFilters({
  agents,
  people,
  timeZone,
}: {
  readonly agents: readonly Named[];
  readonly people: readonly Named[];
  readonly timeZone: string;
}) {
  return (
    <FilterBar
      search="Words, names, ids or number"
      filters={[
        { name: "kind", label: "What", options: KINDS },
        { name: "outcome", label: "Outcome", options: OUTCOME_OPTIONS },
        { name: "reason", label: "Reason", options: REASON_OPTIONS },
        { name: "agent", label: "Agent", options: agents.map(toOption) },
        { name: "person", label: "Person", options: people.map(toOption) },
      ]}
    >
      <DateRange timeZone={timeZone} />
    </FilterBar>
  );
}

const KINDS = [
  { value: "acts", label: "all but decisions" },
  ...Object.entries(KIND_LABEL).map(([value, label]) => ({ value, label })),
];
const OUTCOME_OPTIONS = OUTCOMES.map((value) => ({ value, label: OUTCOME_WORDS[value] }));
const REASON_OPTIONS = Object.keys(REASONS).map((value) => ({ value, label: value }));

function toOption({ id, name }: Named) {
  return { value: id, label: name };
}

function DateRange({ timeZone }: { readonly timeZone: string }) {
  const router = useRouter();
  const params = useSearchParams();
  const hrefWith = useHref();
  const id = useId();
  return (
    <fieldset className="flex flex-wrap items-center gap-2">
      <legend className="sr-only">Days, in {timeZone}</legend>
      {(["from", "to"] as const).map((name) => (
        <span key={name} className="flex items-center gap-1.5">
          <label htmlFor={`${id}-${name}`} className="text-[13px] text-muted-foreground">
            {name === "from" ? "From" : "to"}
          </label>
          <Input
            id={`${id}-${name}`}
            type="date"
            className="w-36"
            // Typed in parts: the address changes when the date is whole.
            key={params.get(name) ?? ""}
            defaultValue={params.get(name) ?? ""}
            onChange={(event) =>
              router.replace(hrefWith({ [name]: event.target.value || null, page: null }), {
                scroll: false,
              })
            }
          />
        </span>
      ))}
      <span className="text-xs text-muted-foreground">{timeZone}</span>
    </fieldset>
  );
}
