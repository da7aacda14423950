import type { Metadata } from "next";
import { PageHeader } from "@/components/layout/page-header";
import { EntryTable } from "@/components/ledger/entry-table";
import { LedgerFilters } from "@/components/ledger/ledger-filters";
import { SignedHead } from "@/components/ledger/signed-head";
import { VerifyLedger } from "@/components/ledger/verify-ledger";
import { can } from "@/lib/domain/access/permissions";
import { LedgerFilter } from "@/lib/server/ledger/filter";
import { latestCheckpoint, ledgerFilterOptions, listEntries } from "@/lib/server/ledger/queries";
import { requirePermission } from "@/lib/server/session";

export const metadata: Metadata = { title: "Ledger" };

const FILTERS = ["q", "kind", "outcome", "reason", "agent", "person", "from", "to"] as const;

export default async function LedgerPage({ searchParams }: PageProps<"/ledger">) {
  const ctx = await requirePermission("ledger:read");
  const params = await searchParams;
  const filter = LedgerFilter.parse({
    ...params,
    agentId: params["agent"],
    personId: params["person"],
    timeZone: ctx.timeZone,
    oldestFirst: params["sort"] === "seq",
  });
  const [page, options, head] = await Promise.all([
    listEntries(ctx, filter),
    ledgerFilterOptions(ctx),
    latestCheckpoint(ctx),
  ]);
  return (
    <>
      <PageHeader
        title="Ledger"
        description="Every decision and every human act, in the order in which they happened. Entries are never changed; signed heads prove it to anyone."
      />
      <div className="mb-4 grid gap-2">
        {can(ctx.actor, "ledger:verify") ? <VerifyLedger action="/ledger/verify" /> : null}
        <SignedHead head={head} />
      </div>
      <LedgerFilters {...options} timeZone={ctx.timeZone} />
      <EntryTable
        page={page}
        oldestFirst={filter.oldestFirst}
        filtered={FILTERS.some((name) => params[name] !== undefined)}
      />
    </>
  );
}
