"use client";

import {
  Area,
  AreaChart,
  CartesianGrid,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { ChartFrame, ChartLegend } from "@/components/charts/frame";
import { AXIS, FIRST_SIZE, GRID, TOOLTIP } from "@/components/charts/style";

type AreaSeries = {
  readonly key: string;
  readonly label: string;
  /** a CSS colour, as a rule `var(--…)` */
  readonly color: string;
};

type Stack = {
  readonly title: string;
  readonly summary: string;
  /** heading of the first column of the table, e.g. `Day` */
  readonly xLabel: string;
  /** from the bottom of the stack upwards */
  readonly series: readonly AreaSeries[];
  /** `x` must differ from point to point */
  readonly points: readonly {
    readonly x: string;
    readonly values: Readonly<Record<string, number>>;
  }[];
};

/** Parts of a whole over time, e.g. requests a day by outcome. */
export function StackedArea({ title, summary, xLabel, series, points }: Stack) {
  const data = points.map(({ x, values }) => ({ x, ...values }));
  const table = {
    columns: [xLabel, ...series.map(({ label }) => label)],
    rows: points.map(({ x, values }) => [x, ...series.map(({ key }) => values[key] ?? 0)]),
  };
  return (
    <ChartFrame
      title={title}
      summary={summary}
      table={table}
      legend={<ChartLegend items={series} />}
    >
      <ResponsiveContainer initialDimension={FIRST_SIZE}>
        <AreaChart
          data={data}
          accessibilityLayer={false}
          role="img"
          title={title}
          desc={summary}
          margin={{ top: 4, right: 4, bottom: 0, left: 0 }}
        >
          <CartesianGrid vertical={false} {...GRID} />
          <XAxis dataKey="x" minTickGap={28} {...AXIS} />
          <YAxis allowDecimals={false} width={38} {...AXIS} />
          <Tooltip {...TOOLTIP} />
          {series.map(({ key, label, color }) => (
            <Area
              key={key}
              dataKey={key}
              name={label}
              stackId="all"
              type="linear"
              stroke="none"
              fill={color}
              fillOpacity={0.75}
              isAnimationActive={false}
            />
          ))}
        </AreaChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}
