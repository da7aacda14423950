import { Plus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { AgentFilters } from "@/components/agent/agent-filters";
import { AgentsTable } from "@/components/agent/agents-table";
import { PageHeader } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import { can } from "@/lib/domain/access/permissions";
import { agentFormOptions, listAgents } from "@/lib/server/agent/queries";
import { requirePermission } from "@/lib/server/session";

export const metadata: Metadata = { title: "Agents" };

const FILTERS = ["q", "tier", "status", "kind", "sponsor", "owner", "legalEntity", "contained"];

export default async function AgentsPage({
  searchParams,
}: {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}) {
  const ctx = await requirePermission("agent:read");
  const asked = await searchParams;
  const [page, options] = await Promise.all([listAgents(ctx, asked), agentFormOptions(ctx)]);
  const register = can(ctx.actor, "agent:register") ? (
    <Button asChild>
      <Link href="/agents/new">
        <Plus aria-hidden />
        Register an agent
      </Link>
    </Button>
  ) : null;
  return (
    <>
      <PageHeader
        title="Agents"
        description="Every non-human identity that acts in the firm’s name, and the person who answers for it."
        actions={register}
      />
      <AgentFilters sponsors={options.sponsors} legalEntities={options.legalEntities} />
      <AgentsTable
        rows={page.rows}
        info={page}
        filtered={FILTERS.some((name) => asked[name] !== undefined)}
        start={register}
      />
    </>
  );
}
