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
import { dayTicks, shortDay, shortInstant } from "@/components/charts/time-axis";

/** Thresholds told apart without colour too. */
const DASHES = ["6 4", "2 3"] as const;

type TimeLineProps = {
  readonly title: string;
  readonly summary: string;
  readonly timeZone: string;
  readonly max: number;
  /** the end of the axis, epoch ms: the last value holds until then */
  readonly until: number;
  readonly series: readonly {
    readonly key: string;
    readonly label: string;
    readonly color: string;
    readonly dashed?: boolean;
  }[];
  /** oldest first */
  readonly points: readonly {
    readonly at: number;
    readonly values: Readonly<Record<string, number>>;
    readonly href: string;
  }[];
  readonly thresholds: readonly {
    readonly value: number;
    readonly label: string;
    readonly color: string;
  }[];
  readonly marks: readonly TimeMark[];
};

/** What happened at an instant. */
export type TimeMark = {
  readonly at: number;
  /** one letter, stands above its line */
  readonly sign: string;
  /** what the sign stands for */
  readonly group: string;
  readonly label: string;
  readonly color: string;
  readonly href: string;
};

/** Figures that hold until they change, over time, with thresholds across and what happened on the same axis. */
export function TimeLine(props: TimeLineProps) {
  const { title, summary, timeZone, max, until, series, points, thresholds, marks } = props;
  const data = points.map(({ at, values }) => ({ at, ...values }));
  const last = data.at(-1);
  if (last !== undefined && last.at < until) data.push({ ...last, at: until });
  const from = Math.min(...points.map(({ at }) => at), ...marks.map(({ at }) => at), until);
  return (
    <ChartFrame
      title={title}
      summary={summary}
      table={tableOf(props)}
      legend={<ChartLegend items={legendOf(props)} />}
      height={260}
    >
      <ResponsiveContainer initialDimension={FIRST_SIZE}>
        <LineChart
          data={data}
          accessibilityLayer={false}
          role="img"
          title={title}
          desc={summary}
          margin={{ top: 18, right: 10, bottom: 0, left: 0 }}
        >
          <CartesianGrid vertical={false} {...GRID} />
          <XAxis
            type="number"
            dataKey="at"
            domain={[from, until]}
            ticks={dayTicks(from, until)}
            tickFormatter={(at: number) => shortDay(at, timeZone)}
            minTickGap={28}
            {...AXIS}
          />
          <YAxis domain={[0, max]} width={38} {...AXIS} />
          <Tooltip {...TOOLTIP} labelFormatter={(at) => shortInstant(Number(at), timeZone)} />
          {thresholds.map(({ value, label, color }, index) => (
            <ReferenceLine
              key={label}
              y={value}
              stroke={color}
              strokeWidth={1.5}
              strokeDasharray={DASHES[index % DASHES.length]}
            />
          ))}
          {marks.map(({ at, sign, color, href }) => (
            <ReferenceLine
              key={href}
              x={at}
              stroke={color}
              strokeOpacity={0.75}
              label={{ value: sign, position: "top", fill: color, fontSize: 11, fontWeight: 600 }}
            />
          ))}
          {series.map(({ key, label, color, dashed }) => (
            <Line
              key={key}
              dataKey={key}
              name={label}
              type="stepAfter"
              stroke={color}
              strokeWidth={dashed ? 1.5 : 2}
              strokeDasharray={dashed ? "4 3" : "0"}
              dot={false}
              isAnimationActive={false}
            />
          ))}
        </LineChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}

function legendOf({ series, thresholds, marks }: TimeLineProps) {
  const signs = new Map(marks.map(({ sign, group, color }) => [sign, { group, color }]));
  return [
    ...series.map(({ label, color }) => ({ label, color })),
    ...thresholds.map(({ value, label, color }) => ({ label: `${label} (${value})`, color })),
    ...[...signs].map(([sign, { group, color }]) => ({ label: `${sign}: ${group}`, color })),
  ];
}

/** Values and marks in one order of time, newest first. */
function tableOf({ timeZone, series, points, marks }: TimeLineProps) {
  const rows = [
    ...points.map(({ at, values, href }) => ({
      at,
      row: [
        { text: shortInstant(at, timeZone), href },
        ...series.map(({ key }) => values[key] ?? null),
        "",
      ],
    })),
    ...marks.map(({ at, label, href }) => ({
      at,
      row: [{ text: shortInstant(at, timeZone), href }, ...series.map(() => null), label],
    })),
  ];
  return {
    columns: [`At (${timeZone})`, ...series.map(({ label }) => label), "What happened"],
    rows: rows.toSorted((a, b) => b.at - a.at).map(({ row }) => row),
  };
}
