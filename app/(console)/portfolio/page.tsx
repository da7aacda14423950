import type { Metadata } from "next";
import { TIER_WORDS } from "@/components/agent/badges";
import { ContainedCard } from "@/components/behaviour/contained-card";
import { MoversCard } from "@/components/behaviour/movers-card";
import { OutcomesChart } from "@/components/behaviour/outcomes-chart";
import { PortfolioMap } from "@/components/behaviour/portfolio-map";
import { PortfolioTable } from "@/components/behaviour/portfolio-table";
import { FilterBar } from "@/components/layout/filter-bar";
import { LiveRefresh } from "@/components/layout/live-refresh";
import { PageHeader } from "@/components/layout/page-header";
import { TIERS } from "@/lib/domain/agent/tier";
import {
  BANDS,
  bandLabel,
  movers,
  PORTFOLIO_PAGE,
  portfolioFilter,
  portfolioPage,
} from "@/lib/domain/behaviour/portfolio";
import { outcomesOverTime, portfolio } from "@/lib/server/behaviour/queries";
import { newestPosition } from "@/lib/server/live";
import { requirePermission } from "@/lib/server/session";

export const metadata: Metadata = { title: "Portfolio" };

/** What can change this page. */
const LIVE_KINDS = [
  "risk.rescored",
  "risk.factor-explained",
  "containment.applied",
  "containment.lifted",
  "firm.stopped",
  "agent.produced",
  "agent.retired",
];

const FILTERS = [
  {
    name: "tier",
    label: "Tier",
    options: TIERS.map((tier) => ({ value: tier, label: TIER_WORDS[tier] })),
  },
  {
    name: "band",
    label: "Score",
    options: BANDS.map((band) => ({ value: String(band.from), label: bandLabel(band) })),
  },
  { name: "contained", label: "Contained", options: [{ value: "yes", label: "Yes" }] },
];

export default async function PortfolioPage({ searchParams }: PageProps<"/portfolio">) {
  const ctx = await requirePermission("agent:read");
  const after = await newestPosition();
  const [asked, rows, outcomes] = await Promise.all([
    searchParams,
    portfolio(ctx),
    outcomesOverTime(ctx, { agentId: null }),
  ]);
  const filter = portfolioFilter(asked);
  const page = portfolioPage(rows, filter);
  return (
    <>
      <PageHeader
        title="Portfolio"
        description="All agents in production: where the risk lies, what moved, and what is contained."
        actions={<LiveRefresh kinds={LIVE_KINDS} after={after} />}
      />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="grid min-w-0 gap-4">
          <PortfolioMap rows={rows} />
          <OutcomesChart outcomes={outcomes} whose="All agents" />
        </div>
        <div className="grid min-w-0 gap-4">
          <MoversCard movers={movers(rows)} />
          <ContainedCard rows={rows} />
        </div>
      </div>
      <section aria-labelledby="agents" className="mt-6 grid gap-3">
        <h2 id="agents" className="text-base font-semibold">
          Agents
        </h2>
        <FilterBar filters={FILTERS} />
        <PortfolioTable
          rows={page.rows}
          info={{
            page: filter.page,
            pageSize: PORTFOLIO_PAGE,
            total: page.total,
            sort: filter.sort,
          }}
          filtered={filter.tier !== null || filter.band !== null || filter.contained}
        />
      </section>
    </>
  );
}
