import { z } from "zod";

/** The PostgreSQL channel on which it is told. */
export const LEDGER_CHANNEL = "countersign_ledger";

/** What is told when entries were appended: their first and last position, and their kinds. */
export const LedgerNews = z.object({
  from: z.number().int().nonnegative(),
  to: z.number().int().nonnegative(),
  kinds: z.array(z.string().max(64)).max(64),
});
export type LedgerNews = z.infer<typeof LedgerNews>;

/** Read a notification; null where it is not one. */
export function parseNews(text: string): LedgerNews | null {
  try {
    const parsed = LedgerNews.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Two pieces of news as one. */
export function mergeNews(a: LedgerNews, b: LedgerNews): LedgerNews {
  return {
    from: Math.min(a.from, b.from),
    to: Math.max(a.to, b.to),
    kinds: [...new Set([...a.kinds, ...b.kinds])],
  };
}
