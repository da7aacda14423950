import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { type AgentTab, AgentTabs, asTab } from "@/components/agent/agent-tabs";
import { AttestForm } from "@/components/agent/attest-form";
import { ContainmentBadge, StatusBadge, TierBadge } from "@/components/agent/badges";
import { DecisionsList } from "@/components/agent/decisions-list";
import { EditForm } from "@/components/agent/edit-form";
import { KeysPanel } from "@/components/agent/keys-panel";
import { LifecycleCard } from "@/components/agent/lifecycle-card";
import { ManifestsList } from "@/components/agent/manifests-list";
import { AgentNotices, Overview } from "@/components/agent/overview";
import { OutcomesChart } from "@/components/behaviour/outcomes-chart";
import { RiskChart } from "@/components/behaviour/risk-chart";
import { EmptyState } from "@/components/layout/empty-state";
import { LiveRefresh } from "@/components/layout/live-refresh";
import { PageHeader } from "@/components/layout/page-header";
import { AssignDialog } from "@/components/sponsor/assign-dialog";
import { OfficeCard, SponsorshipHistory } from "@/components/sponsor/sponsors-panel";
import { RecordTrainingDialog } from "@/components/training/record-training-dialog";
import { can } from "@/lib/domain/access/permissions";
import type { AgentView } from "@/lib/domain/agent/view";
import { AppError } from "@/lib/domain/errors";
import { agentDecisions } from "@/lib/server/agent/activity";
import { agentFormOptions, getAgent } from "@/lib/server/agent/queries";
import { outcomesOverTime } from "@/lib/server/behaviour/queries";
import { riskOverTime } from "@/lib/server/behaviour/risk";
import { newestPosition } from "@/lib/server/live";
import { requirePermission, type SessionCtx } from "@/lib/server/session";
import { sponsorCandidates } from "@/lib/server/sponsor/queries";
import {
  addKeyAction,
  assignSponsorAction,
  attestFactsAction,
  editAgentAction,
  putIntoProductionAction,
  recordTrainingAction,
  retireAgentAction,
  revokeKeyAction,
} from "../actions";
import { BehaviourTab } from "./behaviour-tab";
import { ContainmentActs, ContainmentTab, LiftNotice } from "./containment";

type Props = {
  readonly params: Promise<{ readonly agentId: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
};

export const metadata: Metadata = { title: "Agent" };

/** What can change these parts of the page; the others are forms and lists that change by hand. */
const LIVE: Partial<Readonly<Record<AgentTab, readonly string[]>>> = {
  overview: ["risk.rescored", "containment.applied", "containment.lifted", "firm.stopped"],
  behaviour: [
    "decision",
    "decision.outcome",
    "risk.rescored",
    "risk.factor-explained",
    "containment.applied",
    "containment.lifted",
    "manifest.approved",
  ],
  decisions: ["decision"],
};

async function readAgent(ctx: SessionCtx, agentId: string): Promise<AgentView> {
  try {
    return await getAgent(ctx, agentId);
  } catch (error) {
    if (error instanceof AppError && error.code === "not-found") notFound();
    throw error;
  }
}

export default async function AgentPage({ params, searchParams }: Props) {
  const ctx = await requirePermission("agent:read");
  const after = await newestPosition();
  const [{ agentId }, { tab, before }] = await Promise.all([params, searchParams]);
  const agent = await readAgent(ctx, agentId);
  const current = asTab(tab);
  const live = LIVE[current];
  return (
    <>
      <PageHeader
        title={agent.name}
        breadcrumb={[{ label: "Agents", href: "/agents" }, { label: agent.name }]}
        badges={
          <>
            <TierBadge tier={agent.tier} />
            <StatusBadge status={agent.status} />
            {agent.containment ? <ContainmentBadge level={agent.containment.level} /> : null}
          </>
        }
        actions={
          <>
            {live ? <LiveRefresh kinds={live} after={after} /> : null}
            <ContainmentActs ctx={ctx} agent={agent} />
          </>
        }
      />
      <LiftNotice ctx={ctx} agent={agent} />
      <AgentNotices agent={agent} />
      <AgentTabs agentId={agent.id} current={current} />
      <TabContent ctx={ctx} agent={agent} tab={current} before={positionIn(before)} />
    </>
  );
}

/** A ledger position out of the address; null where it is none. */
function positionIn(text: string | string[] | undefined): number | null {
  return typeof text === "string" && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

type PartProps = { readonly ctx: SessionCtx; readonly agent: AgentView };

function TabContent({
  ctx,
  agent,
  tab,
  before,
}: PartProps & { readonly tab: AgentTab; readonly before: number | null }) {
  switch (tab) {
    case "overview":
      return <OverviewTab ctx={ctx} agent={agent} />;
    case "behaviour":
      return <BehaviourTab ctx={ctx} agent={agent} />;
    case "decisions":
      return <DecisionsTab ctx={ctx} agent={agent} before={before} />;
    case "manifests":
      return (
        <ManifestsList
          agent={agent}
          mayDraft={
            can(ctx.actor, "manifest:draft") &&
            agent.owner.id === ctx.actor.id &&
            agent.status !== "retired"
          }
        />
      );
    case "keys":
      return (
        <KeysPanel
          agentId={agent.id}
          keys={agent.keys}
          acts={mayChange(ctx, agent) ? { add: addKeyAction, revoke: revokeKeyAction } : null}
        />
      );
    case "sponsors":
      return <SponsorsTab ctx={ctx} agent={agent} />;
    case "containment":
      return <ContainmentTab ctx={ctx} agent={agent} />;
    case "settings":
      return <SettingsTab ctx={ctx} agent={agent} />;
  }
}

/** The owner of this agent or an administrator, while it is not retired; the verbs ask the same. */
function mayChange(ctx: SessionCtx, agent: AgentView): boolean {
  const admin = ctx.actor.roles.includes("admin");
  const own = agent.owner.id === ctx.actor.id && can(ctx.actor, "agent:edit");
  return agent.status !== "retired" && (admin || own);
}

async function OverviewTab({ ctx, agent }: PartProps) {
  const [risk, outcomes] = await Promise.all([
    riskOverTime(ctx, { agentId: agent.id }),
    outcomesOverTime(ctx, { agentId: agent.id }),
  ]);
  return (
    <div className="grid gap-4">
      <Overview agent={agent} />
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <RiskChart risk={risk} timeZone={ctx.timeZone} until={ctx.now.toISOString()} />
        <OutcomesChart outcomes={outcomes} whose="It" />
      </div>
    </div>
  );
}

async function DecisionsTab({
  ctx,
  agent,
  before,
}: PartProps & { readonly before: number | null }) {
  const page = await agentDecisions(ctx, agent.id, { before });
  return <DecisionsList agentId={agent.id} page={page} newest={before === null} />;
}

async function SponsorsTab({ ctx, agent }: PartProps) {
  const assigns = can(ctx.actor, "sponsor:assign") && agent.status !== "retired";
  const candidates = assigns ? await sponsorCandidates(ctx, agent.id) : [];
  const manages = can(ctx.actor, "people:manage");
  const offices = (["sponsor", "deputy"] as const).map((kind) => ({
    kind,
    sponsorship: agent.sponsorships.find((row) => row.toAt === null && row.kind === kind) ?? null,
  }));
  return (
    <div className="grid gap-4">
      <div className="grid items-start gap-4 md:grid-cols-2">
        {offices.map(({ kind, sponsorship }) => (
          <OfficeCard
            key={kind}
            kind={kind}
            sponsorship={sponsorship}
            action={
              assigns ? (
                <AssignDialog
                  agentId={agent.id}
                  kind={kind}
                  current={sponsorship?.person ?? null}
                  candidates={candidates}
                  assign={assignSponsorAction}
                />
              ) : null
            }
            training={
              manages && sponsorship && sponsorship.person.id !== ctx.actor.id ? (
                <RecordTrainingDialog
                  person={sponsorship.person}
                  missing={sponsorship.training.missing}
                  record={recordTrainingAction}
                />
              ) : null
            }
          />
        ))}
      </div>
      <SponsorshipHistory sponsorships={agent.sponsorships} />
    </div>
  );
}

async function SettingsTab({ ctx, agent }: PartProps) {
  const produces = can(ctx.actor, "agent:produce");
  const edits = mayChange(ctx, agent);
  if (!edits && !produces) {
    return (
      <EmptyState
        title="Nothing for you to set here"
        description={
          agent.status === "retired"
            ? "This agent is retired: nothing about it changes any more."
            : "Its owner and the administrators change what is said about it."
        }
      />
    );
  }
  const { owners, legalEntities } = await agentFormOptions(ctx);
  return (
    <div className="grid gap-4">
      <div className="grid items-start gap-4 md:grid-cols-2">
        <LifecycleCard
          agent={agent}
          produce={produces ? putIntoProductionAction : null}
          retire={can(ctx.actor, "agent:retire") ? retireAgentAction : null}
        />
        {produces && edits ? (
          <AttestForm key={agent.version} agent={agent} attest={attestFactsAction} />
        ) : null}
      </div>
      {edits ? (
        <EditForm
          key={agent.version}
          agent={agent}
          owners={owners}
          legalEntities={legalEntities}
          admin={ctx.actor.roles.includes("admin")}
          edit={editAgentAction}
        />
      ) : null}
    </div>
  );
}
