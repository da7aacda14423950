import { NoFigures } from "@/components/behaviour/no-figures";
import { TimeLine, type TimeMark } from "@/components/charts/time-line";
import type { RiskMark, RiskOverTime } from "@/lib/domain/behaviour/view";
import { formatCount } from "@/lib/format";

const MARKS: Readonly<Record<RiskMark["kind"], Pick<TimeMark, "sign" | "group" | "color">>> = {
  approved: { sign: "A", group: "manifest approved", color: "var(--info)" },
  contained: { sign: "C", group: "contained", color: "var(--block)" },
  lifted: { sign: "L", group: "containment lifted", color: "var(--allow)" },
  explained: { sign: "E", group: "factor explained", color: "var(--hold)" },
};

const IN_FORCE = { key: "score", label: "Score in force", color: "var(--chart-1)" };
const RAW = {
  key: "raw",
  label: "Without explanations",
  color: "var(--chart-5)",
  dashed: true,
};

/** The risk score over time with the manifest's thresholds, and what people and rules did on the same axis. */
export function RiskChart({
  risk,
  timeZone,
  until,
}: {
  readonly risk: RiskOverTime;
  readonly timeZone: string;
  /** ISO */
  readonly until: string;
}) {
  const { points, marks, thresholds } = risk;
  if (points.length === 0 && marks.length === 0) {
    return <NoFigures title="Risk over time" words="It has not been scored in the last 30 days." />;
  }
  const explained = points.some(({ score, rawScore }) => score !== rawScore);
  return (
    <TimeLine
      title="Risk over time"
      summary={inWords(risk)}
      timeZone={timeZone}
      max={100}
      until={Date.parse(until)}
      series={explained ? [IN_FORCE, RAW] : [IN_FORCE]}
      points={points.map(({ at, score, rawScore, seq }) => ({
        at: Date.parse(at),
        values: { score, raw: rawScore },
        href: `/ledger/${seq}`,
      }))}
      thresholds={
        thresholds === null
          ? []
          : [
              { value: thresholds.review, label: "Held for review from", color: "var(--hold)" },
              { value: thresholds.contain, label: "Blocked from", color: "var(--block)" },
            ]
      }
      marks={marks.map(({ at, kind, label, seq }) => ({
        at: Date.parse(at),
        label,
        href: `/ledger/${seq}`,
        ...MARKS[kind],
      }))}
    />
  );
}

function inWords({ points, marks, thresholds }: RiskOverTime): string {
  const scores = points.map(({ score }) => score);
  const [first, last] = [scores[0], scores.at(-1)];
  if (first === undefined || last === undefined) return "Not scored in the last 30 days.";
  const moved = last > first ? "up from" : "down from";
  const limit = thresholds === null ? "" : standing(last, thresholds);
  const contained = marks.filter(({ kind }) => kind === "contained").length;
  return [
    `Now ${last} of 100, ${first === last ? "as at" : moved} ${first} at the first of ${formatCount(scores.length, "change")} in 30 days; highest ${Math.max(...scores)}.`,
    limit,
    contained > 0 ? `Contained ${formatCount(contained, "time")}.` : "",
  ]
    .filter(Boolean)
    .join(" ");
}

function standing(
  score: number,
  { review, contain }: { readonly review: number; readonly contain: number },
): string {
  if (score >= contain) return `Over the threshold of ${contain}: every request is blocked.`;
  if (score >= review) return `Over the threshold of ${review}: every request waits for a person.`;
  return `Under its manifest’s thresholds of ${review} and ${contain}.`;
}
