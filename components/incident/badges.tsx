import { Badge, type BadgeTone } from "@/components/ui/badge";
import type { ClockState } from "@/lib/domain/incident/clock";
import { DORA_RESULT_WORDS, type DoraResult } from "@/lib/domain/incident/dora";

const CLOCKS: Readonly<Record<ClockState, readonly [string, BadgeTone]>> = {
  waiting: ["Not running yet", "neutral"],
  running: ["Running", "hold"],
  overdue: ["Overdue", "block"],
  met: ["Sent in time", "allow"],
  late: ["Sent late", "block"],
};

export function ClockBadge({ state }: { readonly state: ClockState }) {
  const [words, tone] = CLOCKS[state];
  return <Badge tone={tone}>{words}</Badge>;
}

const RESULT_TONE: Readonly<Record<DoraResult, BadgeTone>> = {
  "not-an-incident": "neutral",
  "not-major": "info",
  major: "block",
};

export function ResultBadge({ result }: { readonly result: DoraResult | null }) {
  if (result === null) return <Badge tone="hold">Not assessed</Badge>;
  return <Badge tone={RESULT_TONE[result]}>{DORA_RESULT_WORDS[result]}</Badge>;
}

export function IncidentStateBadge({ state }: { readonly state: "open" | "closed" }) {
  return state === "open" ? <Badge tone="hold">Open</Badge> : <Badge tone="neutral">Closed</Badge>;
}
