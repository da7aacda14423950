import type { Metadata } from "next";
import { CONTAINMENT_WORDS } from "@/components/agent/badges";
import { OpenForm } from "@/components/incident/open-form";
import { PageHeader } from "@/components/layout/page-header";
import { Time } from "@/components/layout/time";
import { wallTime } from "@/lib/domain/incident/calendar";
import { containmentToOpenFrom } from "@/lib/server/containment/queries";
import { incidentAgents } from "@/lib/server/incident/queries";
import { requirePermission } from "@/lib/server/session";
import { orNotFound } from "../../manifests/or-not-found";
import { openIncidentAction } from "../actions";

export const metadata: Metadata = { title: "Open an incident" };

export default async function NewIncidentPage({ searchParams }: PageProps<"/incidents/new">) {
  const ctx = await requirePermission("incident:manage");
  const { containment: containmentId, agent } = await searchParams;
  const [agents, containment] = await Promise.all([
    incidentAgents(ctx),
    typeof containmentId === "string"
      ? orNotFound(containmentToOpenFrom(ctx, containmentId))
      : null,
  ]);
  return (
    <>
      <PageHeader
        title="Open an incident"
        breadcrumb={[{ label: "Incidents", href: "/incidents" }, { label: "Open" }]}
        description={
          containment === null ? (
            "By hand. From a containment it is opened on the agent’s page, so that its time is taken over."
          ) : (
            <>
              From the containment of {containment.agent.name} (
              {CONTAINMENT_WORDS[containment.level].toLowerCase()}) of{" "}
              <Time iso={containment.appliedAt} />.
            </>
          )
        }
      />
      <OpenForm
        agents={agents}
        preset={{
          title:
            containment === null
              ? ""
              : `${containment.agent.name}: ${CONTAINMENT_WORDS[containment.level].toLowerCase()}${containment.rule === null ? "" : `, ${containment.rule}`}`.slice(
                  0,
                  160,
                ),
          agentId: containment?.agent.id ?? (typeof agent === "string" ? agent : ""),
          containmentId: containment?.id ?? null,
          detected: wallTime(
            containment === null ? ctx.now.getTime() : Date.parse(containment.appliedAt),
            ctx.timeZone,
          ),
        }}
        zone={ctx.timeZone}
        open={openIncidentAction}
      />
    </>
  );
}
