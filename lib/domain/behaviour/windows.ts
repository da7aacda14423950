import type { BehaviourEvent } from "./event";

const DAY_MS = 86_400_000;
/** What is held against the agent's habit. */
export const CURRENT_DAYS = 7;
/** What the habit is learned from, before that. */
export const BASELINE_DAYS = 30;
/** How few requests can be looked at by themselves: an attack of a dozen steps must not drown in a week. */
export const BURST = 12;
const MOST_CURRENT = 2000;

export type Windows = {
  readonly baseline: readonly BehaviourEvent[];
  /** the last seven days; for a young agent the last quarter of its life */
  readonly current: readonly BehaviourEvent[];
};

/**
 * Splits a history (oldest first) at `now`. Denied requests are left out: they speak of proofs and states, may come from
 * somebody else, and have a containment rule of their own. What lies after `now` is not seen.
 */
export function splitHistory(history: readonly BehaviourEvent[], now: number): Windows {
  const decided = history.filter(
    ({ at, outcome }) =>
      outcome !== "deny" && at <= now && at > now - (BASELINE_DAYS + CURRENT_DAYS) * DAY_MS,
  );
  const border = borderOf(decided[0]?.at ?? now, now);
  const from = decided.findIndex(({ at }) => at > border);
  if (from === -1) return { baseline: decided, current: [] };
  return {
    baseline: decided.slice(0, from),
    current: decided.slice(from).slice(-MOST_CURRENT),
  };
}

/** Where the current window begins: seven days ago, or three quarters into a shorter life. */
export function borderOf(firstAt: number, now: number): number {
  return Math.max(now - CURRENT_DAYS * DAY_MS, firstAt + (now - firstAt) * 0.75);
}

/** The parts of the current window that a count is looked at in: the last dozen requests, the last day, the whole week. */
export function scales(
  current: readonly BehaviourEvent[],
  now: number,
): readonly (readonly BehaviourEvent[])[] {
  const dayFrom = firstAfter(current, now - DAY_MS);
  return [current.slice(-BURST), current.slice(dayFrom), current];
}

/** Index of the first event after `at`, by bisection. */
export function firstAfter(events: readonly BehaviourEvent[], at: number): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const event = events[middle];
    if (event !== undefined && event.at <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
