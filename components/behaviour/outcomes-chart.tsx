import { NoFigures } from "@/components/behaviour/no-figures";
import { StackedArea } from "@/components/charts/stacked-area";
import { shortDay } from "@/components/charts/time-axis";
import type { OutcomesOverTime } from "@/lib/domain/behaviour/view";
import { formatCount, formatNumber, formatPercent } from "@/lib/format";

const SERIES = [
  { key: "allow", label: "Allowed", color: "var(--allow)" },
  { key: "hold", label: "Held", color: "var(--hold)" },
  { key: "block", label: "Blocked", color: "var(--block)" },
  { key: "deny", label: "Denied", color: "var(--chart-5)" },
] as const;

/** Requests by outcome, day by day. `whose`: `It` or `All agents`. */
export function OutcomesChart({
  outcomes: { buckets },
  whose,
}: {
  readonly outcomes: OutcomesOverTime;
  readonly whose: "It" | "All agents";
}) {
  const title = "Requests by outcome";
  const sums = SERIES.map(({ key, label }) => ({
    label,
    sum: buckets.reduce((all, bucket) => all + bucket[key], 0),
  }));
  const total = sums.reduce((all, { sum }) => all + sum, 0);
  if (total === 0) {
    return (
      <NoFigures
        title={title}
        words={`${whose === "It" ? "It has" : "No agent has"} asked for ${whose === "It" ? "nothing" : "anything"} in the last ${buckets.length} days.`}
      />
    );
  }
  const parts = sums.map(
    ({ label, sum }) =>
      `${formatNumber(sum)} ${label.toLowerCase()} (${formatPercent(sum / total)})`,
  );
  return (
    <StackedArea
      title={title}
      summary={`${formatCount(total, "request")} in ${buckets.length} days: ${parts.join(", ")}. Days are those of UTC.`}
      xLabel="Day (UTC)"
      series={SERIES}
      points={buckets.map(({ at, allow, hold, block, deny }) => ({
        x: shortDay(Date.parse(at), "UTC"),
        values: { allow, hold, block, deny },
      }))}
    />
  );
}
