import { NoFigures } from "@/components/behaviour/no-figures";
import { Matrix } from "@/components/charts/matrix";
import type { ClusterFlow } from "@/lib/domain/behaviour/view";
import { formatCount, formatPercent } from "@/lib/format";

/** From which task cluster it goes to which, within its traces: of the steps out of each, how many go where. */
export function FlowChart({ flow: { clusters, links } }: { readonly flow: ClusterFlow }) {
  const title = "Steps from cluster to cluster";
  if (links.length === 0) {
    return (
      <NoFigures
        title={title}
        words="No trace of the last 30 days has two steps. Agents that send a trace id are drawn here."
      />
    );
  }
  const names = [
    ...new Set([
      ...clusters.map(({ cluster }) => cluster),
      ...links.flatMap(({ from, to }) => [from, to]),
    ]),
  ];
  const stepsOf = (from: string, to: string) =>
    links.find((link) => link.from === from && link.to === to)?.steps ?? 0;
  const most = links[0];
  const total = links.reduce((all, { steps }) => all + steps, 0);
  return (
    <Matrix
      title={title}
      summary={`${formatCount(total, "step")} within traces in 30 days.${most === undefined ? "" : ` The most travelled way is ${most.from} to ${most.to}, ${formatPercent(most.steps / total, 0)} of them.`} The darker, the larger the share of steps out of the row’s cluster.`}
      rowLabel="From ↓ to →"
      columnLabel="To"
      columns={names.map((label) => ({ label }))}
      rows={names.map((from) => {
        const out = names.reduce((all, to) => all + stepsOf(from, to), 0);
        return {
          label: from,
          cells: names.map((to) => {
            const steps = stepsOf(from, to);
            const share = out === 0 ? 0 : steps / out;
            return {
              value: steps,
              text: steps === 0 ? "" : String(steps),
              words:
                steps === 0
                  ? `${from} to ${to}: never`
                  : `${from} to ${to}: ${formatCount(steps, "step")}, ${formatPercent(share)} of those out of ${from}`,
              weight: share,
              color: "var(--chart-1)",
            };
          }),
        };
      })}
    />
  );
}
