import { THROTTLE_SHARE, THROTTLED_REQUESTS_PER_MINUTE } from "@/lib/domain/containment/level";
import type { Budgets } from "@/lib/domain/manifest/manifest";

export const PERIODS = ["minute", "hour", "day"] as const;
export type Period = (typeof PERIODS)[number];
export const MEASURES = ["requests", "records", "spend"] as const;
export type Measure = (typeof MEASURES)[number];

/** `limit`: requests, records, or spend in minor units. */
export type Limit = { readonly measure: Measure; readonly period: Period; readonly limit: number };

export type CompiledBudgets = {
  readonly normal: readonly Limit[];
  /** under the containment level `throttle` */
  readonly throttled: readonly Limit[];
  /** ISO 4217; null where the manifest has no spend budget */
  readonly currency: string | null;
};

/** An amount of money in minor units (hundredths), as a whole number. */
export function toMinor(amount: number): number {
  return Math.round(amount * 100);
}

export function compileBudgets(budgets: Budgets): CompiledBudgets {
  const normal = MEASURES.flatMap((measure) =>
    PERIODS.flatMap((period): Limit[] => {
      const limit = budgets[measure]?.[period];
      if (limit === undefined) return [];
      return [{ measure, period, limit: measure === "spend" ? toMinor(limit) : limit }];
    }),
  );
  return { normal, throttled: throttle(normal), currency: budgets.spend?.currency ?? null };
}

/**
 * Firm policy gives a throttled agent without a budget per minute a fixed one. So under throttle, and only there,
 * writing a generous budget per minute into a manifest that had none can allow more than before.
 */
function throttle(limits: readonly Limit[]): Limit[] {
  const cut = limits.map((limit) => ({ ...limit, limit: share(limit.limit) }));
  const perMinute = (limit: Limit): boolean =>
    limit.measure === "requests" && limit.period === "minute";
  if (cut.some(perMinute)) return cut;
  return [{ measure: "requests", period: "minute", limit: THROTTLED_REQUESTS_PER_MINUTE }, ...cut];
}

/** A tenth, rounded down, but 1 where the budget allowed anything: to throttle is to slow down, not to stop. */
function share(limit: number): number {
  return Math.min(limit, Math.max(1, Math.floor(limit * THROTTLE_SHARE)));
}
