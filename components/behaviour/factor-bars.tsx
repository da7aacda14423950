import { NoFigures } from "@/components/behaviour/no-figures";
import { Bars } from "@/components/charts/bars";
import type { AssessmentView } from "@/lib/domain/behaviour/view";
import { formatNumber } from "@/lib/format";

const IN_FORCE = { key: "inForce", label: "Points in force", color: "var(--chart-1)" };
const RAW = { key: "raw", label: "Without explanations", color: "var(--chart-5)" };

/** What the score is made of now. */
export function FactorBars({ assessment }: { readonly assessment: AssessmentView | null }) {
  const title = "What the score is made of";
  const factors = assessment?.factors ?? [];
  const first = factors[0];
  if (assessment === null || first === undefined) {
    return <NoFigures title={title} words="No factor adds to the score at present." />;
  }
  const explained = factors.some((factor) => factor.explained);
  return (
    <Bars
      title={title}
      summary={`${assessment.score} points in force${explained ? `, ${assessment.rawScore} without explanations` : ""}. Most come from ${first.label.toLowerCase()}: ${formatNumber(first.points, 1)}.`}
      nameLabel="Factor"
      series={explained ? [IN_FORCE, RAW] : [IN_FORCE]}
      bars={factors.map(({ label, points, adjustedPoints }) => ({
        name: label,
        values: { inForce: adjustedPoints, raw: points },
      }))}
    />
  );
}
