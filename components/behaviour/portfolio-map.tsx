import { TIER_WORDS } from "@/components/agent/badges";
import { Matrix, type MatrixCell } from "@/components/charts/matrix";
import { TIERS, type Tier } from "@/lib/domain/agent/tier";
import { BANDS, type Band, bandLabel, bandOf } from "@/lib/domain/behaviour/portfolio";
import type { PortfolioRow } from "@/lib/domain/behaviour/view";
import { formatCount } from "@/lib/format";

/** The colour of a band: what lies high is what a person looks at first. */
const COLORS = [
  "var(--allow)",
  "var(--chart-5)",
  "var(--chart-3)",
  "var(--hold)",
  "var(--block)",
] as const;

/** All agents by tier and risk; each cell leads to its agents in the table. */
export function PortfolioMap({ rows }: { readonly rows: readonly PortfolioRow[] }) {
  return (
    <Matrix
      title="Tier against risk score"
      summary={inWords(rows)}
      rowLabel="Tier"
      columnLabel="Risk score"
      columns={BANDS.map((band) => ({ label: bandLabel(band) }))}
      rows={TIERS.toReversed().map((tier) => ({
        label: TIER_WORDS[tier],
        cells: BANDS.map((band, index) =>
          cellOf(rows, { tier, band, color: COLORS[index] ?? COLORS[0] }),
        ),
      }))}
      roomy
    />
  );
}

function cellOf(
  rows: readonly PortfolioRow[],
  at: { readonly tier: Tier; readonly band: Band; readonly color: string },
): MatrixCell {
  const { tier, band, color } = at;
  const here = rows.filter((row) => row.tier === tier && bandOf(row.score).from === band.from);
  const contained = here.filter(({ containment }) => containment !== null).length;
  const where = `of tier ${tier} with a score of ${band.from} to ${band.to}`;
  if (here.length === 0) {
    return { value: 0, text: "", words: `No agent ${where}`, weight: 0, color };
  }
  const names = here.map(({ name }) => name).join(", ");
  return {
    value: here.length,
    text: String(here.length),
    note: contained > 0 ? `${contained} contained` : (here[0]?.name ?? ""),
    words: `${formatCount(here.length, "agent")} ${where}${contained > 0 ? `, ${contained} contained` : ""}: ${names}`,
    weight: 0.35 + 0.65 * (band.from / 80),
    color,
    href: `/portfolio?tier=${tier}&band=${band.from}#agents`,
  };
}

function inWords(rows: readonly PortfolioRow[]): string {
  const high = rows.filter(({ score }) => score >= 60);
  const grave = high.filter(({ tier }) => tier === "high" || tier === "critical");
  const contained = rows.filter(({ containment }) => containment !== null);
  return [
    `${formatCount(rows.length, "agent")} in production.`,
    high.length === 0
      ? "None scores 60 or more."
      : `${formatCount(high.length, "scores", "score")} 60 or more${grave.length > 0 ? `, of which ${formatCount(grave.length, "is", "are")} of tier high or critical` : ""}.`,
    contained.length === 0
      ? "None is contained."
      : `${formatCount(contained.length, "is", "are")} contained.`,
    "The bands are for reading only: what happens at which score is in each manifest.",
  ].join(" ");
}
