import { NoFigures } from "@/components/behaviour/no-figures";
import { Matrix } from "@/components/charts/matrix";
import { shortDay } from "@/components/charts/time-axis";
import { SIGNAL_LABELS, SIGNALS } from "@/lib/domain/behaviour/signal";
import type { RiskPoint } from "@/lib/domain/behaviour/view";
import { formatNumber } from "@/lib/format";

const DAY_MS = 86_400_000;
const DAYS = 14;
const FULL_INK = 30;

/** What each factor added to the score at the end of each of the last days. Older formulas know other signals: left out. */
export function FactorsOverTime({
  points,
  until,
}: {
  readonly points: readonly RiskPoint[];
  /** ISO */
  readonly until: string;
}) {
  const title = "Factors over time";
  const today = Math.floor(Date.parse(until) / DAY_MS) * DAY_MS;
  const days = Array.from({ length: DAYS }, (_, index) => today - (DAYS - 1 - index) * DAY_MS);
  const ends = days.map((day) => points.findLast(({ at }) => Date.parse(at) < day + DAY_MS));
  const rows = SIGNALS.map((signal) => ({
    signal,
    values: ends.map(
      (point) => point?.factors.find((factor) => factor.signal === signal)?.points ?? 0,
    ),
  })).filter(({ values }) => values.some((value) => value > 0));
  if (rows.length === 0) {
    return <NoFigures title={title} words="No signal has added to the score in two weeks." />;
  }
  const longest = rows.toSorted((a, b) => lit(b.values) - lit(a.values))[0];
  return (
    <Matrix
      title={title}
      summary={`Points that each factor added, by the end of each day (UTC) of two weeks. ${longest === undefined ? "" : `Longest: ${SIGNAL_LABELS[longest.signal].toLowerCase()}, on ${lit(longest.values)} of ${DAYS} days.`}`}
      rowLabel="Factor"
      columnLabel="Day"
      columns={days.map((day) => {
        const label = shortDay(day, "UTC");
        return { label, short: label.replace(/ .*/, "") };
      })}
      rows={rows.map(({ signal, values }) => ({
        label: SIGNAL_LABELS[signal],
        cells: values.map((value, index) => ({
          value,
          text: value === 0 ? "" : formatNumber(value, value < 1 ? 1 : 0),
          words: `${SIGNAL_LABELS[signal]}, ${shortDay(days[index] ?? today, "UTC")}: ${formatNumber(value, 1)} points`,
          weight: value / FULL_INK,
          color: "var(--block)",
        })),
      }))}
    />
  );
}

const lit = (values: readonly number[]): number => values.filter((value) => value > 0).length;
