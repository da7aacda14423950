import type { Metadata } from "next";
import { PageHeader } from "@/components/layout/page-header";
import { ManifestPageActions } from "@/components/manifest/manifest-page-actions";
import { ManifestReader } from "@/components/manifest/manifest-reader";
import { ReturnReason } from "@/components/manifest/return-reason";
import { StateBadge } from "@/components/manifest/state-badge";
import { can } from "@/lib/domain/access/permissions";
import { compareWithInForce, getBacktest, getManifest } from "@/lib/server/manifest/queries";
import { requirePermission } from "@/lib/server/session";
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
          name: ctx.person.name,
          mayReadRequests: can(ctx.actor, "ledger:detail"),
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
