import {
  CircleHelp,
  Equal,
  type LucideIcon,
  MoveDownRight,
  MoveUpRight,
  TriangleAlert,
} from "lucide-react";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { CHANGE_KINDS, type Change, type ChangeKind } from "@/lib/domain/manifest/change";
import { formatCount } from "@/lib/format";
import { cn } from "@/lib/utils";
import { changeInWords } from "./change-in-words";

type Look = {
  readonly icon: LucideIcon;
  readonly tone: BadgeTone;
  readonly word: string;
  readonly heading: string;
  readonly frame: string;
};

const LOOKS: Readonly<Record<ChangeKind, Look>> = {
  widening: {
    icon: MoveUpRight,
    tone: "block",
    word: "Widens",
    heading: "Widens what the agent may do",
    frame: "border-l-block bg-block-soft/40",
  },
  unclear: {
    icon: CircleHelp,
    tone: "hold",
    word: "May widen",
    heading: "Can't be told from the text: take it as a widening",
    frame: "border-l-hold bg-hold-soft/40",
  },
  narrowing: {
    icon: MoveDownRight,
    tone: "allow",
    word: "Narrows",
    heading: "Narrows what the agent may do",
    frame: "border-l-allow",
  },
  neutral: {
    icon: Equal,
    tone: "neutral",
    word: "No effect",
    heading: "Changes nothing that the agent may do",
    frame: "border-l-input",
  },
};

/** The differences, widenings first and never among the others. */
export function ChangeList({
  changes,
  currency,
}: {
  readonly changes: readonly Change[];
  /** of the manifest's spend, where it has one */
  readonly currency: string | undefined;
}) {
  const grouped = CHANGE_KINDS.map((kind) => ({
    kind,
    changes: changes.filter((change) => change.kind === kind),
  })).filter((group) => group.changes.length > 0);
  return (
    <div className="grid gap-5">
      {grouped.map((group) => {
        const look = LOOKS[group.kind];
        return (
          <section key={group.kind} className="grid gap-2" aria-label={look.heading}>
            <h3 className="flex flex-wrap items-center gap-2 text-sm font-semibold">
              <Badge tone={look.tone}>
                <look.icon aria-hidden />
                {look.word}
              </Badge>
              {look.heading}
              <span className="font-normal text-muted-foreground">
                {formatCount(group.changes.length, "change")}
              </span>
            </h3>
            <ul className="grid gap-2">
              {group.changes.map((change) => (
                <ChangeItem
                  key={`${change.path}-${change.title}`}
                  change={change}
                  look={look}
                  currency={currency}
                />
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

function ChangeItem({
  change,
  look,
  currency,
}: {
  readonly change: Change;
  readonly look: Look;
  readonly currency: string | undefined;
}) {
  return (
    <li className={cn("grid gap-1.5 rounded-md border border-l-4 px-3 py-2 text-sm", look.frame)}>
      <p className="font-medium wrap-anywhere">
        <span className="sr-only">{look.word}: </span>
        {change.title}
      </p>
      <dl className="grid gap-x-4 gap-y-1 text-[13px] sm:grid-cols-2">
        <div className="min-w-0">
          <dt className="text-muted-foreground">Before</dt>
          <Side path={change.path} text={change.before} currency={currency} />
        </div>
        <div className="min-w-0">
          <dt className="text-muted-foreground">After</dt>
          <Side path={change.path} text={change.after} currency={currency} />
        </div>
      </dl>
      <p className="text-[13px] text-muted-foreground">{change.why}</p>
    </li>
  );
}

function Side({
  path,
  text,
  currency,
}: {
  readonly path: string;
  readonly text: string | null;
  readonly currency: string | undefined;
}) {
  if (text === null) return <dd>nothing</dd>;
  const words = changeInWords(path, text, currency);
  if (words === null) return <dd className="wrap-anywhere">{text}</dd>;
  return (
    <dd className="wrap-anywhere">
      {words}
      <span className="block font-mono text-xs text-muted-foreground">{text}</span>
    </dd>
  );
}

/** In one line: how much wider, how much narrower. Words, so that no colour has to be read. */
export function ChangeSummary({
  counts,
  first,
  decided,
}: {
  readonly counts: Readonly<Record<ChangeKind, number>>;
  /** there is nothing before it to compare with */
  readonly first: boolean;
  /** it was approved once, so that all this is the past */
  readonly decided: boolean;
}) {
  const wider = counts.widening + counts.unclear;
  if (first) {
    return (
      <p className="flex items-start gap-2 text-sm font-medium text-block">
        <TriangleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
        {decided
          ? "It was the agent's first manifest: everything that it allowed was new authority."
          : "The agent has no manifest in force: everything that this one allows is new authority."}
      </p>
    );
  }
  if (wider === 0) {
    return (
      <p className="text-sm">
        Nothing in it widens what the agent may do.{" "}
        {counts.narrowing > 0
          ? `${formatCount(counts.narrowing, "change")} take authority away.`
          : ""}
      </p>
    );
  }
  return (
    <p className="flex items-start gap-2 text-sm font-medium text-block">
      <TriangleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
      {formatCount(wider, "change")} {wider === 1 ? "widens" : "widen"} or may widen what the agent
      may do{counts.narrowing > 0 ? `, ${counts.narrowing} narrow it` : ""}.
    </p>
  );
}
