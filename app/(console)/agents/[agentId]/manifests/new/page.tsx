import type { Metadata } from "next";
import { startDraftAction } from "@/app/(console)/manifests/actions";
import { orNotFound } from "@/app/(console)/manifests/or-not-found";
import { PageHeader } from "@/components/layout/page-header";
import { NewDraftForm } from "@/components/manifest/new-draft-form";
import { getAgent } from "@/lib/server/agent/queries";
import { requirePermission } from "@/lib/server/session";

export const metadata: Metadata = { title: "New manifest" };

export default async function NewManifestPage({
  params,
  searchParams,
}: PageProps<"/agents/[agentId]/manifests/new">) {
  const ctx = await requirePermission("manifest:draft");
  const { agentId } = await params;
  const { from } = await searchParams;
  const agent = await orNotFound(getAgent(ctx, agentId));
  return (
    <>
      <PageHeader
        title="New manifest version"
        breadcrumb={[
          { label: "Agents", href: "/agents" },
          { label: agent.name, href: `/agents/${agent.id}` },
          { label: "New manifest" },
        ]}
        description="A draft gives no authority. You write it, submit it, and the agent's sponsor approves or returns it."
      />
      <NewDraftForm
        agent={{ id: agent.id, name: agent.name }}
        versions={agent.manifests}
        inForceId={agent.inForce?.id ?? null}
        preferred={typeof from === "string" ? from : null}
        obstacle={obstacle(agent, ctx.actor.id)}
        action={startDraftAction}
      />
    </>
  );
}

function obstacle(
  agent: {
    readonly owner: { readonly id: string; readonly name: string };
    readonly status: string;
  },
  readerId: string,
): string | null {
  if (agent.owner.id !== readerId) {
    return `Only the agent's owner writes its manifests. That is ${agent.owner.name}.`;
  }
  return agent.status === "retired" ? "The agent is retired." : null;
}
