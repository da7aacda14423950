import { Activity } from "lucide-react";
import { Bars } from "@/components/charts/bars";
import { StackedArea } from "@/components/charts/stacked-area";
import { ThresholdLine } from "@/components/charts/threshold-line";
import { EmptyState } from "@/components/layout/empty-state";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import type { AgentActivity, AgentView, DayOutcomes } from "@/lib/domain/agent/view";
import { formatCount, formatInstant, formatNumber, formatPercent } from "@/lib/format";

const SERIES = [
  { key: "allow", label: "Allowed", color: "var(--allow)" },
  { key: "hold", label: "Held", color: "var(--hold)" },
  { key: "block", label: "Blocked", color: "var(--block)" },
  { key: "deny", label: "Denied", color: "var(--chart-5)" },
] as const;

/** Signals of the risk formula, as people read them. */
const SIGNAL_WORDS: Readonly<Record<string, string>> = {
  refusals: "Refusals",
  novelty: "Novelty",
  volume: "Volume",
  proofs: "Bad proofs",
};

/** What the agent did and how its risk moved, in the last 30 days. */
export function ActivityCharts({
  agent,
  activity,
  timeZone,
}: {
  readonly agent: Pick<AgentView, "inForce" | "riskScore">;
  readonly activity: AgentActivity;
  readonly timeZone: string;
}) {
  return (
    <div className="grid gap-4 xl:grid-cols-2">
      <Requests days={activity.days} />
      <Risk agent={agent} activity={activity} timeZone={timeZone} />
      {activity.risk.length > 0 ? <Factors factors={activity.factors} /> : null}
    </div>
  );
}

function Factors({ factors }: { readonly factors: AgentActivity["factors"] }) {
  const title = "What the risk score is made of";
  if (factors.every(({ points }) => points === 0)) {
    return <NoFigures title={title} words="No signal adds to the score at present." />;
  }
  return (
    <Bars
      title={title}
      summary={factorsInWords(factors)}
      nameLabel="Signal"
      valueLabel="Points"
      bars={factors.map(({ signal, points }) => ({
        name: SIGNAL_WORDS[signal] ?? signal,
        value: points,
      }))}
    />
  );
}

function Requests({ days }: { readonly days: readonly DayOutcomes[] }) {
  const total = sum(days, "allow") + sum(days, "hold") + sum(days, "block") + sum(days, "deny");
  if (total === 0) {
    return (
      <NoFigures
        title="Requests by outcome"
        words="It has asked for nothing in the last 30 days."
      />
    );
  }
  return (
    <StackedArea
      title="Requests by outcome"
      summary={requestsInWords(days, total)}
      xLabel="Day"
      series={SERIES}
      points={days.map(({ day, ...values }) => ({ x: shortDay(day), values }))}
    />
  );
}

function Risk({
  agent,
  activity,
  timeZone,
}: {
  readonly agent: Pick<AgentView, "inForce" | "riskScore">;
  readonly activity: AgentActivity;
  readonly timeZone: string;
}) {
  const { risk } = activity;
  if (risk.length === 0) {
    return <NoFigures title="Risk score" words="It has not been scored yet." />;
  }
  const limits = agent.inForce?.risk;
  const thresholds = limits
    ? [
        { value: limits.review, label: "Held for review from", color: "var(--hold)" },
        { value: limits.contain, label: "Blocked from", color: "var(--block)" },
      ]
    : [];
  return (
    <ThresholdLine
      title="Risk score"
      summary={riskInWords(risk.map(({ score }) => score))}
      xLabel={`Scored at (${timeZone})`}
      yLabel="Risk score"
      max={100}
      points={risk.map(({ at, score }) => ({ x: shortInstant(at, timeZone), y: score }))}
      thresholds={thresholds}
    />
  );
}

function NoFigures({ title, words }: { readonly title: string; readonly words: string }) {
  return (
    <Card>
      <CardHeader>
        <CardTitle>{title}</CardTitle>
      </CardHeader>
      <CardContent>
        <EmptyState icon={Activity} title="No figures yet" description={words} />
      </CardContent>
    </Card>
  );
}

function sum(days: readonly DayOutcomes[], outcome: "allow" | "hold" | "block" | "deny"): number {
  return days.reduce((total, day) => total + day[outcome], 0);
}

function requestsInWords(days: readonly DayOutcomes[], total: number): string {
  const parts = SERIES.map(
    ({ key, label }) =>
      `${formatNumber(sum(days, key))} ${label.toLowerCase()} (${formatPercent(sum(days, key) / total)})`,
  );
  return `${formatCount(total, "request")} in 30 days: ${parts.join(", ")}.`;
}

function riskInWords(scores: readonly number[]): string {
  const [first, last] = [scores[0] ?? 0, scores.at(-1) ?? 0];
  const moved = last > first ? "up from" : "down from";
  const direction = first === last ? "as at" : moved;
  return `Now ${last} of 100, ${direction} ${first} at the first of the last ${formatCount(scores.length, "score")}; highest ${Math.max(...scores)}.`;
}

function factorsInWords(factors: AgentActivity["factors"]): string {
  const most = [...factors].sort((a, b) => b.points - a.points)[0];
  if (most === undefined) return "";
  return `Most points come from ${(SIGNAL_WORDS[most.signal] ?? most.signal).toLowerCase()}: ${formatNumber(most.points, 1)}.`;
}

/** Without year and zone, which the heading names: there is little room under a chart. */
function shortInstant(iso: string, timeZone: string): string {
  return formatInstant(iso, timeZone)
    .replace(/ \d{4},/, ",")
    .replace(/(\d\d:\d\d).*$/, "$1");
}

/** `2026-11-24` → `24 Nov`. The day is already in the reader's zone. */
function shortDay(day: string): string {
  return formatInstant(`${day}T12:00:00Z`, "UTC", "date").replace(/ \d{4}$/, "");
}
