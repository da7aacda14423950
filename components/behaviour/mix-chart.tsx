import { NoFigures } from "@/components/behaviour/no-figures";
import { Bars } from "@/components/charts/bars";
import type { ActionMix, MixRow } from "@/lib/domain/behaviour/view";
import { formatCount, formatPercent } from "@/lib/format";

const SHOWN = 10;
const SERIES = [
  { key: "now", label: "Last 7 days", color: "var(--chart-1)" },
  { key: "before", label: "The 30 days before", color: "var(--chart-5)" },
] as const;

/** What the agent does now against what it did before, as shares of its requests. */
export function MixChart({ mix }: { readonly mix: ActionMix }) {
  const title = "Mix of actions against its baseline";
  if (mix.rows.length === 0) {
    return <NoFigures title={title} words="It has done nothing that could be compared." />;
  }
  const shown = mix.rows.slice(0, SHOWN);
  return (
    <Bars
      title={title}
      summary={inWords(mix)}
      nameLabel="Act"
      series={SERIES}
      unit="%"
      bars={shown.map((row) => ({
        name: actOf(row),
        values: { now: percent(row.nowShare), before: percent(row.baselineShare) },
      }))}
    />
  );
}

const percent = (share: number): number => Math.round(share * 1000) / 10;

function actOf({ cluster, action, resourceType }: MixRow): string {
  const act = `${action} ${resourceType}`.trim().replaceAll("-", " ");
  return cluster === "" ? act : `${cluster}: ${act}`;
}

function inWords({ rows, currentDays, baselineDays }: ActionMix): string {
  if (rows.every(({ baseline }) => baseline === 0)) {
    return `There is no baseline yet: nothing was asked in the ${baselineDays} days before the last ${currentDays}.`;
  }
  const far = rows.toSorted((a, b) => gap(b) - gap(a))[0];
  const fresh = rows.filter(({ now, baseline }) => now > 0 && baseline === 0);
  return [
    far === undefined
      ? ""
      : `Furthest from its baseline: ${actOf(far)}, ${formatPercent(far.nowShare)} of requests against ${formatPercent(far.baselineShare)}.`,
    fresh.length === 0
      ? "Nothing is new."
      : `${formatCount(fresh.length, "act is", "acts are")} new: ${fresh.slice(0, 3).map(actOf).join("; ")}.`,
    rows.length > SHOWN ? `The ${SHOWN} most frequent of ${rows.length} acts are drawn.` : "",
  ]
    .filter(Boolean)
    .join(" ");
}

const gap = ({ nowShare, baselineShare }: MixRow): number => Math.abs(nowShare - baselineShare);
