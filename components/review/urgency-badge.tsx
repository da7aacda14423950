import { Time } from "@/components/layout/time";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import type { Resolution, Urgency } from "@/lib/domain/review/review";

const URGENCY: Readonly<Record<Urgency, readonly [string, BadgeTone]>> = {
  overdue: ["Overdue", "block"],
  soon: ["Due soon", "hold"],
  ok: ["In time", "neutral"],
};

/** How much a review presses, and when it is due. */
export function DueTime({ urgency, dueAt }: { readonly urgency: Urgency; readonly dueAt: string }) {
  const [words, tone] = URGENCY[urgency];
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5 whitespace-nowrap">
      <Badge tone={tone}>{words}</Badge>
      <Time iso={dueAt} relative className="text-[13px] text-muted-foreground tabular-nums" />
    </span>
  );
}

const RESOLUTION_WORDS: Readonly<Record<Resolution, string>> = {
  uphold: "Upheld",
  override: "Allowed once",
  "confirm-target": "Target confirmed",
  amend: "Amendment drafted",
  stop: "Agent stopped",
};

const RESOLUTION_TONE: Readonly<Record<Resolution, BadgeTone>> = {
  uphold: "deny",
  override: "allow",
  "confirm-target": "allow",
  amend: "info",
  stop: "block",
};

/** How a review ended. */
export function ResolutionBadge({ resolution }: { readonly resolution: Resolution }) {
  return <Badge tone={RESOLUTION_TONE[resolution]}>{RESOLUTION_WORDS[resolution]}</Badge>;
}
