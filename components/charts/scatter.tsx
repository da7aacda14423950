"use client";

import { useRouter } from "next/navigation";
import {
  CartesianGrid,
  ResponsiveContainer,
  ScatterChart,
  Scatter as ScatterSeries,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { ChartFrame, ChartLegend } from "@/components/charts/frame";
import { AXIS, FIRST_SIZE, GRID, TOOLTIP } from "@/components/charts/style";
import { dayTicks, shortDay, shortInstant } from "@/components/charts/time-axis";

type ScatterPoint = {
  /** epoch ms */
  readonly at: number;
  readonly y: number;
  /** what it is, in a few words */
  readonly label: string;
  /** where a click leads; must differ from point to point */
  readonly href: string;
};

type ScatterProps = {
  readonly title: string;
  readonly summary: string;
  readonly pointLabel: string;
  readonly groupLabel: string;
  readonly yLabel: string;
  readonly timeZone: string;
  readonly max: number;
  readonly groups: readonly {
    readonly label: string;
    readonly color: string;
    /** told apart without colour too */
    readonly shape: "circle" | "diamond" | "square" | "cross";
    readonly points: readonly ScatterPoint[];
  }[];
};

/** Single events over time by one figure; a click on one opens it, and the table links each. */
export function Scatter(props: ScatterProps) {
  const { title, summary, pointLabel, groupLabel, yLabel, timeZone, max, groups } = props;
  const router = useRouter();
  const all = groups.flatMap(({ label, points }) =>
    points.map((point) => ({ ...point, group: label })),
  );
  const times = all.map(({ at }) => at);
  const [from, to] = [Math.min(...times), Math.max(...times)];
  const table = {
    columns: [pointLabel, groupLabel, `At (${timeZone})`, yLabel],
    rows: all
      .toSorted((a, b) => b.y - a.y)
      .map(({ at, y, label, href, group }) => [
        { text: label, href },
        group,
        shortInstant(at, timeZone),
        y.toFixed(2),
      ]),
  };
  return (
    <ChartFrame
      title={title}
      summary={summary}
      table={table}
      legend={<ChartLegend items={groups} />}
    >
      <ResponsiveContainer initialDimension={FIRST_SIZE}>
        <ScatterChart
          accessibilityLayer={false}
          role="img"
          title={title}
          desc={summary}
          margin={{ top: 4, right: 8, bottom: 0, left: 0 }}
        >
          <CartesianGrid {...GRID} />
          <XAxis
            type="number"
            dataKey="at"
            domain={[from, to]}
            ticks={dayTicks(from, to)}
            tickFormatter={(at: number) => shortDay(at, timeZone)}
            minTickGap={28}
            {...AXIS}
          />
          <YAxis type="number" dataKey="y" name={yLabel} domain={[0, max]} width={38} {...AXIS} />
          <Tooltip
            isAnimationActive={false}
            cursor={false}
            content={({ payload }) => (
              <PointTip href={hrefOf(payload[0]?.payload)} points={all} timeZone={timeZone} />
            )}
          />
          {groups.map(({ label, color, shape, points }) => (
            <ScatterSeries
              key={label}
              name={label}
              data={[...points]}
              fill={color}
              fillOpacity={0.7}
              shape={shape}
              className="cursor-pointer"
              isAnimationActive={false}
              onClick={(point: unknown) => {
                const href = hrefOf(point);
                if (href !== null) router.push(href);
              }}
            />
          ))}
        </ScatterChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}

function hrefOf(point: unknown): string | null {
  if (typeof point !== "object" || point === null || !("href" in point)) return null;
  return typeof point.href === "string" ? point.href : null;
}

function PointTip({
  href,
  points,
  timeZone,
}: {
  readonly href: string | null;
  readonly points: readonly (ScatterPoint & { readonly group: string })[];
  readonly timeZone: string;
}) {
  const point = points.find((one) => one.href === href);
  if (point === undefined) return null;
  return (
    <div style={TOOLTIP.contentStyle}>
      <p className="font-medium">{point.label}</p>
      <p>
        {point.group} · {point.y.toFixed(2)} · {shortInstant(point.at, timeZone)}
      </p>
      <p className="text-muted-foreground">Click to open it</p>
    </div>
  );
}
