import { Stat } from "@/components/layout/stat";
import type { BacktestView, ComparisonView, ManifestView } from "@/lib/domain/manifest/view";
import { formatNumber } from "@/lib/format";
import { riskTone } from "./agent-standing";

/** The page in four figures, each leading to what it counts. */
export function AtAGlance({
  view,
  comparison,
  backtest,
}: {
  readonly view: ManifestView;
  readonly comparison: ComparisonView | null;
  readonly backtest: BacktestView | null;
}) {
  const wider = comparison === null ? null : comparison.counts.widening + comparison.counts.unclear;
  const errors = view.findings.filter(({ severity }) => severity !== "note").length;
  return (
    <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">
      <Stat
        label="Widenings"
        value={wider ?? "–"}
        tone={wider !== null && wider > 0 ? "block" : "neutral"}
        note={
          comparison?.inForce
            ? `against version ${comparison.inForce.version}`
            : "nothing is in force"
        }
        href="#changes"
      />
      <Stat
        label="Newly allowed"
        value={backtest === null ? "–" : formatNumber(backtest.result.counts.allowed)}
        tone={backtest !== null && backtest.result.counts.allowed > 0 ? "hold" : "neutral"}
        note={backtest === null ? "no backtest yet" : "requests of the last 30 days"}
        href="#backtest"
      />
      <Stat
        label="Findings"
        value={errors}
        tone={errors > 0 ? "hold" : "neutral"}
        note="of the static check, to weigh"
        href="#findings"
      />
      <Stat
        label="Risk score"
        value={view.agent.riskScore}
        tone={riskTone(view)}
        note={`${view.agent.openReviews} open ${view.agent.openReviews === 1 ? "review" : "reviews"}`}
        href="#standing"
      />
    </div>
  );
}
