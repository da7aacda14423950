import { BacktestResult } from "@/lib/domain/manifest/backtest";

/** An approval may rest on a backtest for this long. */
const FRESH_MS = 60 * 60_000;

/** A stored result; null where it was written by a version that this one can't read. */
export function readResult(stored: unknown): BacktestResult | null {
  const parsed = BacktestResult.safeParse(stored);
  return parsed.success ? parsed.data : null;
}

/** Does the backtest show this document, beside the version in force, and recently? */
export function isFresh(
  backtest: { readonly result: BacktestResult; readonly createdAt: Date },
  current: { readonly digest: string; readonly formerId: string | null; readonly now: Date },
): boolean {
  const age = current.now.getTime() - backtest.createdAt.getTime();
  return (
    backtest.result.manifestDigest === current.digest &&
    backtest.result.previousManifestId === current.formerId &&
    age >= 0 &&
    age <= FRESH_MS
  );
}
