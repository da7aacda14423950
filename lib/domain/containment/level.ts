/** Containment levels, mildest first. Quarantine and stopped refuse every request. */
export const CONTAINMENT_LEVELS = [
  "observe",
  "throttle",
  "confirm-all",
  "quarantine",
  "stopped",
] as const;
export type ContainmentLevel = (typeof CONTAINMENT_LEVELS)[number];

/** Under `throttle`, each budget of the manifest counts as this share of itself, and an agent without a
 * per-minute request budget gets THROTTLED_REQUESTS_PER_MINUTE (firm policy). */
export const THROTTLE_SHARE = 0.1;
export const THROTTLED_REQUESTS_PER_MINUTE = 6;

/** What the level does, in words for a person. */
export const CONTAINMENT_MEANING: Readonly<Record<ContainmentLevel, string>> = {
  observe: "Requests are decided as usual; the agent is marked for attention.",
  throttle: "Budgets are cut to a tenth.",
  "confirm-all": "Every request that the manifest allows waits for a person.",
  quarantine: "Every request is refused until a sponsor lifts it.",
  stopped: "Every request is refused; the agent counts as switched off.",
};
