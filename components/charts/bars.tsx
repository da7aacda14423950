"use client";

import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { ChartFrame, ChartLegend } from "@/components/charts/frame";
import { AXIS, FIRST_SIZE, GRID, TOOLTIP } from "@/components/charts/style";

type Series = {
  readonly key: string;
  readonly label: string;
  /** a CSS colour, as a rule `var(--…)` */
  readonly color: string;
};

type BarsProps = {
  readonly title: string;
  readonly summary: string;
  readonly nameLabel: string;
  readonly series: readonly Series[];
  /** names must differ */
  readonly bars: readonly {
    readonly name: string;
    readonly values: Readonly<Record<string, number>>;
  }[];
  /** of the scale; as far as the longest bar needs where it is absent */
  readonly max?: number;
  /** behind each figure */
  readonly unit?: string;
};

const ROW = 14;
const GAP = 12;

/** Named figures under each other, as lying bars; several series stand beside each other under one name. */
export function Bars({ title, summary, nameLabel, series, bars, max, unit = "" }: BarsProps) {
  const table = {
    columns: [nameLabel, ...series.map(({ label }) => label)],
    rows: bars.map(({ name, values }) => [
      name,
      ...series.map(({ key }) => `${values[key] ?? 0}${unit}`),
    ]),
  };
  return (
    <ChartFrame
      title={title}
      summary={summary}
      table={table}
      height={bars.length * (series.length * ROW + GAP) + 30}
      legend={series.length > 1 ? <ChartLegend items={series} /> : undefined}
    >
      <ResponsiveContainer initialDimension={FIRST_SIZE}>
        <BarChart
          data={bars.map(({ name, values }) => ({ name, ...values }))}
          layout="vertical"
          accessibilityLayer={false}
          role="img"
          title={title}
          desc={summary}
          barGap={1}
          margin={{ top: 0, right: 16, bottom: 0, left: 0 }}
        >
          <CartesianGrid horizontal={false} {...GRID} />
          <XAxis type="number" unit={unit} domain={[0, max ?? "auto"]} {...AXIS} />
          <YAxis type="category" dataKey="name" width={132} interval={0} {...AXIS} />
          <Tooltip {...TOOLTIP} cursor={{ fill: "var(--muted)" }} />
          {series.map(({ key, label, color }) => (
            <Bar
              key={key}
              dataKey={key}
              name={label}
              unit={unit}
              fill={color}
              barSize={ROW - 2}
              radius={[0, 2, 2, 0]}
              isAnimationActive={false}
            />
          ))}
        </BarChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}
