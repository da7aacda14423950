import { BehaviourView } from "@/components/behaviour/behaviour-view";
import { can } from "@/lib/domain/access/permissions";
import type { AgentView } from "@/lib/domain/agent/view";
import {
  actionMix,
  budgetBurn,
  clusterFlow,
  outcomesOverTime,
} from "@/lib/server/behaviour/queries";
import { currentAssessment, riskOverTime } from "@/lib/server/behaviour/risk";
import { reasoningPoints } from "@/lib/server/behaviour/surroundings";
import type { SessionCtx } from "@/lib/server/session";
import { explainFactorAction } from "../actions";

/** How the agent behaves, from the rollups that the worker keeps. */
export async function BehaviourTab({
  ctx,
  agent,
}: {
  readonly ctx: SessionCtx;
  readonly agent: AgentView;
}) {
  const whose = { agentId: agent.id };
  const [assessment, risk, outcomes, mix, flow, burn, reasoning] = await Promise.all([
    currentAssessment(ctx, agent.id),
    riskOverTime(ctx, whose),
    outcomesOverTime(ctx, whose),
    actionMix(ctx, whose),
    clusterFlow(ctx, whose),
    budgetBurn(ctx, whose),
    reasoningPoints(ctx, whose),
  ]);
  return (
    <BehaviourView
      agentId={agent.id}
      figures={{ assessment, risk, outcomes, mix, flow, burn, reasoning }}
      reader={{ timeZone: ctx.timeZone, now: ctx.now.toISOString() }}
      explain={mayExplain(ctx, agent) ? explainFactorAction : null}
    />
  );
}

/** The trained sponsor or deputy of this agent; the verb asks the same. */
function mayExplain(ctx: SessionCtx, agent: AgentView): boolean {
  const office = agent.sponsorships.find(
    ({ person, toAt }) => toAt === null && person.id === ctx.actor.id,
  );
  return can(ctx.actor, "risk:explain") && office?.training.competent === true;
}
