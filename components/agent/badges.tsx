import { Badge, type BadgeTone } from "@/components/ui/badge";
import type { KeyState } from "@/lib/domain/agent/key";
import type { AgentStatus } from "@/lib/domain/agent/lifecycle";
import type { AgentKind, Tier } from "@/lib/domain/agent/tier";
import type { ContainmentLevel } from "@/lib/domain/containment/level";

const TIER_TONE: Readonly<Record<Tier, BadgeTone>> = {
  low: "neutral",
  moderate: "info",
  high: "hold",
  critical: "block",
};

export function TierBadge({ tier }: { readonly tier: Tier }) {
  return <Badge tone={TIER_TONE[tier]}>{TIER_WORDS[tier]}</Badge>;
}

export const TIER_WORDS: Readonly<Record<Tier, string>> = {
  low: "Low",
  moderate: "Moderate",
  high: "High",
  critical: "Critical",
};

export const STATUS_WORDS: Readonly<Record<AgentStatus, string>> = {
  registered: "Registered",
  production: "In production",
  retired: "Retired",
};
const STATUS_TONE: Readonly<Record<AgentStatus, BadgeTone>> = {
  registered: "outline",
  production: "allow",
  retired: "neutral",
};

export function StatusBadge({ status }: { readonly status: AgentStatus }) {
  return <Badge tone={STATUS_TONE[status]}>{STATUS_WORDS[status]}</Badge>;
}

export const KIND_WORDS: Readonly<Record<AgentKind, string>> = {
  assistive: "Assistive",
  embedded: "Embedded",
};

export const CONTAINMENT_WORDS: Readonly<Record<ContainmentLevel, string>> = {
  observe: "Observed",
  throttle: "Throttled",
  "confirm-all": "Confirming all",
  quarantine: "Quarantined",
  stopped: "Stopped",
};
const CONTAINMENT_TONE: Readonly<Record<ContainmentLevel, BadgeTone>> = {
  observe: "info",
  throttle: "hold",
  "confirm-all": "hold",
  quarantine: "block",
  stopped: "block",
};

export function ContainmentBadge({ level }: { readonly level: ContainmentLevel }) {
  return <Badge tone={CONTAINMENT_TONE[level]}>{CONTAINMENT_WORDS[level]}</Badge>;
}

const KEY_WORDS: Readonly<Record<KeyState, readonly [string, BadgeTone]>> = {
  active: ["Active", "allow"],
  "not-yet": ["Not yet valid", "hold"],
  expired: ["Expired", "neutral"],
  revoked: ["Revoked", "deny"],
  suspect: ["Under suspicion", "block"],
};

export function KeyBadge({ state }: { readonly state: KeyState }) {
  const [words, tone] = KEY_WORDS[state];
  return <Badge tone={tone}>{words}</Badge>;
}

/** A person's training, as far as this agent asks for it. */
export function TrainingBadge({ competent }: { readonly competent: boolean }) {
  return competent ? (
    <Badge tone="allow">Trained</Badge>
  ) : (
    <Badge tone="block">Training missing</Badge>
  );
}
