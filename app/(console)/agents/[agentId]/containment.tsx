import { ContainmentControl } from "@/components/agent/containment-control";
import { ContainmentsCard } from "@/components/containment/containments-card";
import { DrillsCard } from "@/components/containment/drills-card";
import { PendingLiftNotice } from "@/components/containment/pending-lift";
import { StartDrill } from "@/components/containment/start-drill";
import type { AgentView } from "@/lib/domain/agent/view";
import { needsTwo } from "@/lib/domain/containment/lifting";
import { strictness } from "@/lib/domain/containment/rules";
import { agentContainments, listDrills, pendingLift } from "@/lib/server/containment/queries";
import type { SessionCtx } from "@/lib/server/session";
import { acknowledgeDrillAction, endDrillAction, startDrillAction } from "../../incidents/actions";
import { applyContainmentAction, liftContainmentAction } from "../actions";

type PartProps = { readonly ctx: SessionCtx; readonly agent: AgentView };

/** Stop and lift. The right to stop is never taken from who sponsors the agent, whatever their training. */
export async function ContainmentActs({ ctx, agent }: PartProps) {
  if (agent.status === "retired") return null;
  const pending = await pendingLift(ctx, agent.id);
  const { roles, id } = ctx.actor;
  const level = agent.containment?.level ?? null;
  const office = agent.sponsorships.find(({ person, toAt }) => toAt === null && person.id === id);
  const sponsors = office !== undefined && roles.includes("sponsor");
  const stops = sponsors || roles.includes("compliance") || roles.includes("admin");
  const first = sponsors && office.training.competent;
  const second = pending !== null && roles.includes("compliance");
  const lifts = (first || second) && agent.owner.id !== id;
  return (
    <ContainmentControl
      name={agent.name}
      current={level}
      two={needsTwo(agent.tier)}
      apply={
        stops && strictness(level) < strictness("stopped")
          ? applyContainmentAction.bind(null, agent.id)
          : null
      }
      lift={lifts ? liftContainmentAction.bind(null, { agentId: agent.id, from: level }) : null}
    />
  );
}

/** Shown while one of two has signed a lift. */
export async function LiftNotice({ ctx, agent }: PartProps) {
  const pending = await pendingLift(ctx, agent.id);
  return pending === null ? null : <PendingLiftNotice lift={pending} />;
}

/** What contained the agent so far, and its drills. */
export async function ContainmentTab({ ctx, agent }: PartProps) {
  const [rows, drills] = await Promise.all([
    agentContainments(ctx, agent.id),
    listDrills(ctx, agent.id),
  ]);
  const { roles, id } = ctx.actor;
  const oversees = roles.includes("compliance") || roles.includes("admin");
  const sponsors =
    roles.includes("sponsor") &&
    agent.sponsorships.some(({ person, toAt }) => toAt === null && person.id === id);
  const drillable = agent.status !== "retired" && (oversees || sponsors);
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <ContainmentsCard rows={rows} opens={oversees || sponsors} />
      <DrillsCard
        drills={drills}
        reader={{ id, oversees }}
        acknowledge={acknowledgeDrillAction}
        end={endDrillAction}
        start={
          drillable ? (
            <StartDrill agentId={agent.id} name={agent.name} start={startDrillAction} />
          ) : null
        }
      />
    </div>
  );
}
