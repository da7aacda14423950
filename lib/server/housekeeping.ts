import { db } from "./db";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How long after their end things are kept (firm policy). Nothing here is evidence: that stands in the ledger. */
const KEPT_MS = {
  /** gateways' clocks may differ: a proof must not be forgotten while one of them would still accept it */
  proof: HOUR_MS,
  minute: HOUR_MS,
  hour: 2 * DAY_MS,
  day: 40 * DAY_MS,
  session: 90 * DAY_MS,
  throttle: 2 * DAY_MS,
} as const;

export type Swept = {
  readonly challenges: number;
  readonly proofs: number;
  readonly budgets: number;
  readonly sessions: number;
  readonly throttles: number;
};

/** Deletes what no request can need any more, and says how many rows. Safe to run at any time and more than once. */
export async function sweep(now: Date): Promise<Swept> {
  const before = (ms: number) => new Date(now.getTime() - ms);
  const bucket = (ms: number) => BigInt(Math.floor((now.getTime() - ms) / 1000));
  const [challenges, proofs, budgets, sessions, throttles] = await Promise.all([
    db.challenge.deleteMany({ where: { expiresAt: { lt: now } } }),
    db.seenProof.deleteMany({ where: { expiresAt: { lt: before(KEPT_MS.proof) } } }),
    db.budgetUsage.deleteMany({
      where: {
        OR: (["minute", "hour", "day"] as const).map((period) => ({
          period,
          bucket: { lt: bucket(KEPT_MS[period]) },
        })),
      },
    }),
    db.signInSession.deleteMany({ where: { expiresAt: { lt: before(KEPT_MS.session) } } }),
    db.signInThrottle.deleteMany({
      where: {
        windowStart: { lt: before(KEPT_MS.throttle) },
        OR: [{ blockedUntil: null }, { blockedUntil: { lt: now } }],
      },
    }),
  ]);
  return {
    challenges: challenges.count,
    proofs: proofs.count,
    budgets: budgets.count,
    sessions: sessions.count,
    throttles: throttles.count,
  };
}
