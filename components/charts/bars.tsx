"use client";

import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { ChartFrame } from "@/components/charts/frame";
import { AXIS, FIRST_SIZE, GRID, TOOLTIP } from "@/components/charts/style";

type BarsProps = {
  readonly title: string;
  readonly summary: string;
  readonly nameLabel: string;
  readonly valueLabel: string;
  readonly bars: readonly { readonly name: string; readonly value: number }[];
  /** of the scale; as far as the longest bar where it is absent */
  readonly max?: number;
};

/** A few named figures beside each other, as lying bars. */
export function Bars({ title, summary, nameLabel, valueLabel, bars, max }: BarsProps) {
  const table = {
    columns: [nameLabel, valueLabel],
    rows: bars.map(({ name, value }) => [name, value]),
  };
  return (
    <ChartFrame title={title} summary={summary} table={table}>
      <ResponsiveContainer initialDimension={FIRST_SIZE}>
        <BarChart
          data={[...bars]}
          layout="vertical"
          accessibilityLayer={false}
          role="img"
          title={title}
          desc={summary}
          margin={{ top: 4, right: 12, bottom: 0, left: 0 }}
        >
          <CartesianGrid horizontal={false} {...GRID} />
          <XAxis type="number" domain={[0, max ?? "dataMax"]} {...AXIS} />
          <YAxis type="category" dataKey="name" width={104} {...AXIS} />
          <Tooltip {...TOOLTIP} cursor={{ fill: "var(--muted)" }} />
          <Bar
            dataKey="value"
            name={valueLabel}
            fill="var(--chart-1)"
            barSize={18}
            radius={[0, 3, 3, 0]}
            isAnimationActive={false}
          />
        </BarChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}
