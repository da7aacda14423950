/** Risk tiers, lowest first. */
export const TIERS = ["low", "moderate", "high", "critical"] as const;
export type Tier = (typeof TIERS)[number];

/** Data classes, lowest first. */
export const DATA_CLASSES = ["public", "internal", "confidential", "restricted"] as const;
export type DataClass = (typeof DATA_CLASSES)[number];

export const AGENT_KINDS = ["assistive", "embedded"] as const;
export type AgentKind = (typeof AGENT_KINDS)[number];

/** Time that a sponsor has to resolve a review, in minutes (firm policy). */
export const REVIEW_SLA_MINUTES: Readonly<Record<Tier, number>> = {
  low: 24 * 60,
  moderate: 8 * 60,
  high: 4 * 60,
  critical: 60,
};

/** -1, 0 or 1 as `a` is lower than, equal to or higher than `b`. */
export function compareDataClass(a: DataClass, b: DataClass): number {
  return Math.sign(DATA_CLASSES.indexOf(a) - DATA_CLASSES.indexOf(b));
}

export function compareTier(a: Tier, b: Tier): number {
  return Math.sign(TIERS.indexOf(a) - TIERS.indexOf(b));
}

/** A tier as the database holds it. It checks the list, so an unknown word is a surprise and counts as the strictest. */
export function asTier(value: string): Tier {
  return TIERS.find((tier) => tier === value) ?? "critical";
}

/** A kind as the database holds it; an unknown word counts as the one with the stricter controls. */
export function asKind(value: string): AgentKind {
  return value === "assistive" ? "assistive" : "embedded";
}
