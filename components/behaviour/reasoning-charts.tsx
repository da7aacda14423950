import { NoFigures } from "@/components/behaviour/no-figures";
import { Scatter } from "@/components/charts/scatter";
import type { ReasoningPoint } from "@/lib/domain/behaviour/view";
import { formatCount } from "@/lib/format";

const GROUPS = [
  { outcome: "allow", label: "Allowed", color: "var(--chart-1)", shape: "circle" },
  { outcome: "hold", label: "Held", color: "var(--hold)", shape: "diamond" },
  { outcome: "block", label: "Blocked", color: "var(--block)", shape: "square" },
  { outcome: "deny", label: "Denied", color: "var(--chart-5)", shape: "cross" },
] as const;

const KINDS = {
  reasoning: {
    title: "Reasoning against the manifest",
    yLabel: "Distance",
    words: "How far the stated reasoning lies from the goal and the cluster’s purpose",
    of: ({ reasoningDistance }: ReasoningPoint) => reasoningDistance,
  },
  act: {
    title: "Words against acts",
    yLabel: "Distance",
    words: "How far the stated reasoning lies from what is asked",
    of: ({ actDistance }: ReasoningPoint) => actDistance,
  },
} as const;

/** Every request by how far its words lie from the manifest or from its act; each point opens the request. */
export function ReasoningChart({
  kind,
  points,
  timeZone,
}: {
  readonly kind: keyof typeof KINDS;
  readonly points: readonly ReasoningPoint[];
  readonly timeZone: string;
}) {
  const { title, yLabel, words, of } = KINDS[kind];
  if (points.length === 0) {
    return <NoFigures title={title} words="No reasoning was measured in the last 30 days." />;
  }
  const groups = GROUPS.map(({ outcome, ...look }) => ({
    ...look,
    points: points
      .filter((point) => point.outcome === outcome)
      .map((point) => ({
        at: Date.parse(point.at),
        y: of(point),
        label: labelOf(point),
        href: `/requests/${point.seq}`,
      })),
  })).filter(({ points: some }) => some.length > 0);
  return (
    <Scatter
      title={title}
      summary={`${words}: 0 near, 1 far. ${inWords(points, of)}`}
      pointLabel="Request"
      groupLabel="Outcome"
      yLabel={yLabel}
      timeZone={timeZone}
      max={1}
      groups={groups}
    />
  );
}

const labelOf = ({ seq, action, resourceType }: ReasoningPoint): string =>
  `${seq}: ${`${action ?? "a request"} ${resourceType ?? ""}`.trim().replaceAll("-", " ")}`;

/** Which model measured it is said: a lexical fallback sees less than sentence embeddings. */
function inWords(points: readonly ReasoningPoint[], of: (point: ReasoningPoint) => number): string {
  const sorted = points.toSorted((a, b) => of(a) - of(b));
  const middle = sorted[Math.floor(sorted.length / 2)];
  const farthest = sorted.at(-1);
  if (middle === undefined || farthest === undefined) return "";
  const models = [...new Set(points.map(({ model }) => model))];
  const lexical = models.every((model) => model.startsWith("lexical"));
  return `The newest ${formatCount(points.length, "request")}; the middle one at ${of(middle).toFixed(2)}, the farthest at ${of(farthest).toFixed(2)} (${labelOf(farthest)}). Measured by ${models.join(", ")}${lexical ? ", by words alone: no sentence model could be loaded" : ""}.`;
}
