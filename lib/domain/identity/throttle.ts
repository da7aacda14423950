/** How many failures a key may have within a window before it must wait, and for how long (doubling up to `maxWaitSeconds`). */
export type ThrottleLimits = {
  readonly failures: number;
  readonly windowSeconds: number;
  readonly waitSeconds: number;
  readonly maxWaitSeconds: number;
};

/** One account: five guesses, then one minute, two, four … up to fifteen. */
export const ACCOUNT_LIMITS: ThrottleLimits = {
  failures: 5,
  windowSeconds: 15 * 60,
  waitSeconds: 60,
  maxWaitSeconds: 15 * 60,
};

/** One network address: people of one office share it, so it gets more room. */
export const ADDRESS_LIMITS: ThrottleLimits = {
  failures: 40,
  windowSeconds: 15 * 60,
  waitSeconds: 60,
  maxWaitSeconds: 15 * 60,
};

export type ThrottleState = {
  readonly failures: number;
  readonly windowStart: Date;
  readonly blockedUntil: Date | null;
};

type Attempt =
  | { readonly allowed: true; readonly state: ThrottleState }
  | { readonly allowed: false; readonly waitSeconds: number };

/**
 * Counts one attempt before it is judged, so that many at once can't all slip through; a success forgives it afterwards.
 * A blocked attempt is not counted: knocking does not lengthen the wait.
 */
export function countAttempt(
  state: ThrottleState | null,
  limits: ThrottleLimits,
  now: Date,
): Attempt {
  const blockedUntil = state?.blockedUntil ?? null;
  if (blockedUntil !== null && blockedUntil.getTime() > now.getTime()) {
    return {
      allowed: false,
      waitSeconds: Math.ceil((blockedUntil.getTime() - now.getTime()) / 1000),
    };
  }
  // The window runs from the end of the last wait, or else each wait would grant a fresh set of guesses.
  const since = Math.max(state?.windowStart.getTime() ?? 0, blockedUntil?.getTime() ?? 0);
  const fresh = state === null || now.getTime() - since >= limits.windowSeconds * 1000;
  const failures = fresh ? 1 : state.failures + 1;
  const windowStart = fresh ? now : state.windowStart;
  const excess = failures - limits.failures;
  const wait =
    excess < 0
      ? 0
      : Math.min(limits.maxWaitSeconds, limits.waitSeconds * 2 ** Math.min(excess, 20));
  return {
    allowed: true,
    state: {
      failures,
      windowStart,
      blockedUntil: wait === 0 ? null : new Date(now.getTime() + wait * 1000),
    },
  };
}
