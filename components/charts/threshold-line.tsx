"use client";

import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { ChartFrame, ChartLegend } from "@/components/charts/frame";
import { AXIS, FIRST_SIZE, GRID, TOOLTIP } from "@/components/charts/style";

/** `1.5M`: there is little room beside a chart. */
function compact(value: number): string {
  return new Intl.NumberFormat("en-GB", { notation: "compact" }).format(value);
}

// Told apart without colour too.
const DASHES = ["6 4", "2 3"] as const;

type ThresholdLineProps = {
  readonly title: string;
  readonly summary: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly max: number;
  readonly points: readonly { readonly x: string; readonly y: number }[];
  /** lines across the chart, with what begins there */
  readonly thresholds: readonly {
    readonly value: number;
    readonly label: string;
    readonly color: string;
  }[];
};

/** One figure over time against the values from which something happens. */
export function ThresholdLine(props: ThresholdLineProps) {
  const { title, summary, xLabel, yLabel, max, points, thresholds } = props;
  // Two points may read alike (one minute): the axis needs keys that differ.
  const data = points.map(({ x, y }, index) => ({ id: String(index), x, y }));
  const label = (id: unknown): string => points[Number(id)]?.x ?? "";
  const table = {
    columns: [xLabel, yLabel],
    rows: points.map(({ x, y }) => [x, y]).reverse(),
  };
  const legend = [
    { label: yLabel, color: "var(--chart-1)" },
    ...thresholds.map(({ value, label: words, color }) => ({
      label: `${words} (${value})`,
      color,
    })),
  ];
  return (
    <ChartFrame
      title={title}
      summary={summary}
      table={table}
      legend={<ChartLegend items={legend} />}
    >
      <ResponsiveContainer initialDimension={FIRST_SIZE}>
        <LineChart
          data={data}
          accessibilityLayer={false}
          role="img"
          title={title}
          desc={summary}
          margin={{ top: 4, right: 8, bottom: 0, left: 0 }}
        >
          <CartesianGrid vertical={false} {...GRID} />
          <XAxis dataKey="id" tickFormatter={label} minTickGap={40} {...AXIS} />
          <YAxis domain={[0, max]} width={38} tickFormatter={compact} {...AXIS} />
          <Tooltip {...TOOLTIP} labelFormatter={label} />
          {thresholds.map(({ value, label: words, color }, index) => (
            <ReferenceLine
              key={words}
              y={value}
              stroke={color}
              strokeWidth={1.5}
              strokeDasharray={DASHES[index % DASHES.length]}
            />
          ))}
          <Line
            dataKey="y"
            name={yLabel}
            type="linear"
            stroke="var(--chart-1)"
            strokeWidth={2}
            dot={points.length < 3}
            isAnimationActive={false}
          />
        </LineChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}
