import { Activity } from "lucide-react";
import { Budgets } from "@/components/behaviour/budgets";
import { FactorBars } from "@/components/behaviour/factor-bars";
import { FactorsOverTime } from "@/components/behaviour/factors-over-time";
import { FlowChart } from "@/components/behaviour/flow-chart";
import { MixChart } from "@/components/behaviour/mix-chart";
import { OutcomesChart } from "@/components/behaviour/outcomes-chart";
import { ReasoningChart } from "@/components/behaviour/reasoning-charts";
import { RiskChart } from "@/components/behaviour/risk-chart";
import { type Explain, WhyCard } from "@/components/behaviour/why-card";
import { EmptyState } from "@/components/layout/empty-state";
import { Card } from "@/components/ui/card";
import type {
  ActionMix,
  AssessmentView,
  BudgetBurn,
  ClusterFlow,
  OutcomesOverTime,
  ReasoningPoint,
  RiskOverTime,
} from "@/lib/domain/behaviour/view";

export type BehaviourFigures = {
  readonly assessment: AssessmentView | null;
  readonly risk: RiskOverTime;
  readonly outcomes: OutcomesOverTime;
  readonly mix: ActionMix;
  readonly flow: ClusterFlow;
  readonly burn: BudgetBurn;
  readonly reasoning: readonly ReasoningPoint[];
};

/** How an agent behaves: the score and its reasons first, then what they were measured from. */
export function BehaviourView({
  agentId,
  figures,
  reader,
  explain,
}: {
  readonly agentId: string;
  readonly figures: BehaviourFigures;
  /** `now`: ISO */
  readonly reader: { readonly timeZone: string; readonly now: string };
  readonly explain: Explain | null;
}) {
  const { assessment, risk, outcomes, mix, flow, burn, reasoning } = figures;
  const { timeZone, now } = reader;
  if (isBlank(figures)) {
    return (
      <Card>
        <EmptyState
          icon={Activity}
          title="There is no behaviour to show"
          description="It has asked for nothing in the last 30 days. From its first request on, its score, its habits and its reasoning stand here within a minute."
        />
      </Card>
    );
  }
  return (
    <div className="grid min-w-0 gap-4">
      <RiskChart risk={risk} timeZone={timeZone} until={now} />
      <div className="grid min-w-0 items-start gap-4 xl:grid-cols-2">
        <WhyCard agentId={agentId} assessment={assessment} explain={explain} />
        <div className="grid min-w-0 gap-4">
          <FactorBars assessment={assessment} />
          <FactorsOverTime points={risk.points} until={now} />
        </div>
      </div>
      <div className="grid min-w-0 items-start gap-4 xl:grid-cols-2">
        <div className="grid min-w-0 gap-4">
          <OutcomesChart outcomes={outcomes} whose="It" />
          <MixChart mix={mix} />
          <FlowChart flow={flow} />
        </div>
        <div className="grid min-w-0 gap-4">
          <ReasoningChart kind="reasoning" points={reasoning} timeZone={timeZone} />
          <ReasoningChart kind="act" points={reasoning} timeZone={timeZone} />
        </div>
      </div>
      <div className="grid min-w-0 items-start gap-4 xl:grid-cols-2">
        <Budgets burn={burn} />
      </div>
    </div>
  );
}

/** Nothing at all is one thing to say, not nine. */
function isBlank({ assessment, risk, outcomes, reasoning }: BehaviourFigures): boolean {
  return (
    assessment === null &&
    risk.points.length === 0 &&
    reasoning.length === 0 &&
    outcomes.buckets.every(({ allow, hold, block, deny }) => allow + hold + block + deny === 0)
  );
}
