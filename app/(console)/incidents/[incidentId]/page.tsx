import type { Metadata } from "next";
import Link from "next/link";
import { TierBadge } from "@/components/agent/badges";
import { ActionsCard } from "@/components/incident/actions-card";
import { AiActForm } from "@/components/incident/ai-act-form";
import { IncidentStateBadge, ResultBadge } from "@/components/incident/badges";
import { ClocksCard } from "@/components/incident/clocks-card";
import { CloseCard } from "@/components/incident/close-card";
import { DoraForm } from "@/components/incident/dora-form";
import { FactsCard } from "@/components/incident/facts-card";
import { asIncidentTab, IncidentTabs } from "@/components/incident/incident-tabs";
import { ReportsCard } from "@/components/incident/reports-card";
import { RootCauseCard } from "@/components/incident/root-cause-card";
import { TimelineCard } from "@/components/incident/timeline-card";
import { PageHeader } from "@/components/layout/page-header";
import { Time } from "@/components/layout/time";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { can } from "@/lib/domain/access/permissions";
import { ruleInWords } from "@/lib/domain/containment/triggers";
import type { IncidentView } from "@/lib/domain/incident/view";
import { actionOwners, getIncident } from "@/lib/server/incident/queries";
import { requirePermission, type SessionCtx } from "@/lib/server/session";
import { orNotFound } from "../../manifests/or-not-found";
import {
  addActionAction,
  assessUnderAiActAction,
  assessUnderDoraAction,
  closeIncidentAction,
  completeActionAction,
  recordReportAction,
  stateFactsAction,
  stateRootCauseAction,
} from "../actions";

export const metadata: Metadata = { title: "Incident" };

export default async function IncidentPage({
  params,
  searchParams,
}: PageProps<"/incidents/[incidentId]">) {
  const ctx = await requirePermission("incident:read");
  const [{ incidentId }, { tab }] = await Promise.all([params, searchParams]);
  const incident = await orNotFound(getIncident(ctx, incidentId));
  const current = asIncidentTab(tab);
  return (
    <>
      <PageHeader
        title={incident.title}
        breadcrumb={[{ label: "Incidents", href: "/incidents" }, { label: incident.title }]}
        badges={
          <>
            <IncidentStateBadge state={incident.state} />
            <ResultBadge result={incident.dora?.assessment.result ?? null} />
          </>
        }
        description={
          <>
            Opened by {incident.openedBy.name}, <Time iso={incident.openedAt} />
            {incident.obstacle === null || incident.state === "closed"
              ? ""
              : ". You read it: compliance, an administrator or a sponsor of the agent works on it"}
            .
          </>
        }
      />
      <IncidentTabs incidentId={incident.id} current={current} />
      {current === "overview" ? <Overview ctx={ctx} incident={incident} /> : null}
      {current === "dora" ? (
        <DoraForm
          key={incident.version}
          incident={incident}
          act={mayAct(incident, ctx) ? assessUnderDoraAction : null}
        />
      ) : null}
      {current === "ai-act" ? (
        <AiActForm
          key={incident.version}
          incident={incident}
          act={mayAct(incident, ctx) ? assessUnderAiActAction : null}
        />
      ) : null}
      {current === "timeline" ? (
        <TimelineCard items={incident.timeline} cut={incident.timelineCut} />
      ) : null}
    </>
  );
}

function mayAct(incident: IncidentView, ctx: SessionCtx): boolean {
  return incident.obstacle === null && can(ctx.actor, "incident:manage");
}

type Part = { readonly ctx: SessionCtx; readonly incident: IncidentView };

async function Overview({ ctx, incident }: Part) {
  const may = mayAct(incident, ctx);
  const owners = may ? await actionOwners(ctx) : [];
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <div className="grid min-w-0 gap-4">
        <ClocksCard clocks={incident.clocks} />
        <FactsCard
          key={incident.version}
          incident={incident}
          zone={ctx.timeZone}
          state={may ? stateFactsAction : null}
        />
        <ReportsCard
          incident={incident}
          zone={ctx.timeZone}
          record={may ? recordReportAction : null}
        />
      </div>
      <div className="grid min-w-0 gap-4">
        <Summary incident={incident} />
        <RootCauseCard
          key={incident.version}
          incident={incident}
          state={may ? stateRootCauseAction : null}
        />
        <ActionsCard
          incidentId={incident.id}
          actions={incident.actions}
          acts={may ? { owners, add: addActionAction, complete: completeActionAction } : null}
        />
        <CloseCard incident={incident} close={may ? closeIncidentAction : null} />
      </div>
    </div>
  );
}

function Summary({ incident }: { readonly incident: IncidentView }) {
  const { agent, containment } = incident;
  return (
    <Card>
      <CardHeader>
        <CardTitle>What is known</CardTitle>
      </CardHeader>
      <CardContent className="grid gap-3 text-sm">
        <p className="max-w-[72ch] whitespace-pre-line wrap-anywhere">{incident.summary}</p>
        {agent === null ? null : (
          <p className="flex flex-wrap items-center gap-1.5">
            Agent{" "}
            <Link href={`/agents/${agent.id}?tab=containment`} className="link">
              {agent.name}
            </Link>
            <TierBadge tier={agent.tier} />
          </p>
        )}
        {containment === null ? null : (
          <p>
            From a containment at {containment.level}
            {containment.rule === null ? "" : ` by rule (${ruleInWords(containment.rule)})`},{" "}
            {containment.lifted ? "ended since" : "still in place"};{" "}
            <Link href={`/ledger/${containment.seq}`} className="link">
              entry {containment.seq}
            </Link>
          </p>
        )}
      </CardContent>
    </Card>
  );
}
