import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { PageHeader } from "@/components/layout/page-header";
import { ManifestEditor } from "@/components/manifest/editor/manifest-editor";
import { ReturnReason } from "@/components/manifest/return-reason";
import { StateBadge } from "@/components/manifest/state-badge";
import { getManifest } from "@/lib/server/manifest/queries";
import { requirePermission } from "@/lib/server/session";
import { loadDraftAction, saveDraftAction, submitManifestAction } from "../../actions";
import { orNotFound } from "../../or-not-found";

export const metadata: Metadata = { title: "Edit manifest" };

export default async function EditManifestPage({
  params,
}: PageProps<"/manifests/[manifestId]/edit">) {
  const ctx = await requirePermission("manifest:draft");
  const { manifestId } = await params;
  const view = await orNotFound(getManifest(ctx, manifestId));
  // Submitted, approved or someone else's: the reading page says so and what can be done.
  if (!view.can.edit) redirect(`/manifests/${view.id}`);
  return (
    <>
      <PageHeader
        title={`${view.agent.name}, version ${view.version}`}
        badges={<StateBadge state={view.state} />}
        breadcrumb={[
          { label: "Manifests", href: "/manifests" },
          { label: `${view.agent.name} v${view.version}`, href: `/manifests/${view.id}` },
          { label: "Edit" },
        ]}
        description="The form and the JSON are one document: change either. It is saved as you type and gives no authority until it is approved."
      />
      <ReturnReason view={view} />
      <ManifestEditor
        key={view.id}
        manifest={{
          id: view.id,
          version: view.version,
          agentId: view.agent.id,
          agentName: view.agent.name,
          tier: view.agent.tier,
          sponsorName: view.sponsor?.name ?? null,
        }}
        saved={{ text: view.text, revision: view.revision, at: view.updatedAt }}
        now={ctx.now.toISOString()}
        actions={{ save: saveDraftAction, load: loadDraftAction, submit: submitManifestAction }}
      />
    </>
  );
}
