import type { Metadata } from "next";
import { PageHeader } from "@/components/layout/page-header";
import { ManifestPageActions } from "@/components/manifest/manifest-page-actions";
import { ManifestReader } from "@/components/manifest/manifest-reader";
import { ReturnReason } from "@/components/manifest/return-reason";
import { StateBadge } from "@/components/manifest/state-badge";
import { can } from "@/lib/domain/access/permissions";
import { MODULES } from "@/lib/domain/training/competence";
import type { Ctx } from "@/lib/server/context";
import { compareWithInForce, getBacktest, getManifest } from "@/lib/server/manifest/queries";
import { requirePermission } from "@/lib/server/session";
import { sponsorshipViews } from "@/lib/server/sponsor/queries";
import {
  approveManifestAction,
  prepareApprovalAction,
  returnManifestAction,
  revokeManifestAction,
  runBacktestAction,
  withdrawManifestAction,
} from "../actions";
import { orNotFound } from "../or-not-found";

export const metadata: Metadata = { title: "Manifest" };

export default async function ManifestPage({ params }: PageProps<"/manifests/[manifestId]">) {
  const ctx = await requirePermission("manifest:read");
  const { manifestId } = await params;
  const view = await orNotFound(getManifest(ctx, manifestId));
  const [comparison, backtest] = await Promise.all([
    compareWithInForce(ctx, manifestId),
    getBacktest(ctx, manifestId),
  ]);
  const ownsAgent =
    can(ctx.actor, "manifest:draft") &&
    view.agent.ownerId === ctx.actor.id &&
    view.agent.status !== "retired";
  return (
    <>
      <PageHeader
        title={`${view.agent.name}, version ${view.version}`}
        badges={<StateBadge state={view.state} inForce={view.inForce} />}
        breadcrumb={[
          { label: "Manifests", href: "/manifests" },
          { label: `${view.agent.name} v${view.version}` },
        ]}
        actions={<ManifestPageActions view={view} ownsAgent={ownsAgent} />}
      />
      <ReturnReason view={view} />
      <ManifestReader
        view={view}
        comparison={comparison}
        backtest={backtest}
        reader={{
          id: ctx.actor.id,
          name: ctx.person.name,
          isSponsor: can(ctx.actor, "manifest:approve"),
          mayReadRequests: can(ctx.actor, "ledger:detail"),
          missingModules: view.can.approve ? [] : await missingModules(ctx, view.agent.id),
        }}
        actions={{
          runBacktest: runBacktestAction,
          prepare: prepareApprovalAction,
          approve: approveManifestAction,
          returnToOwner: returnManifestAction,
          revoke: revokeManifestAction,
          withdraw: withdrawManifestAction,
        }}
      />
    </>
  );
}

/** What the reader still has to learn for this agent, where they are assigned to it. */
async function missingModules(ctx: Ctx, agentId: string): Promise<readonly string[]> {
  const mine = (await sponsorshipViews(ctx, agentId)).find(
    ({ person, toAt }) => person.id === ctx.actor.id && toAt === null,
  );
  const missing: readonly string[] = mine?.training.missing ?? [];
  return MODULES.filter(({ id }) => missing.includes(id)).map(({ title }) => title);
}
