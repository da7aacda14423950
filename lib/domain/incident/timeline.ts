import type { Outcome } from "@/lib/domain/policy/reasons";

/** One entry of the ledger as the timeline reads it. */
export type TimelineEntry = {
  readonly seq: number;
  /** ISO 8601 */
  readonly at: string;
  readonly kind: string;
  readonly label: string;
  readonly summary: string;
  /** null: an agent or a rule */
  readonly who: string | null;
  readonly outcome: Outcome | null;
  readonly reason: string | null;
  /** the person's words; null where there are none, or the reader may not read them */
  readonly words: string | null;
};

/** Entries as one line; `count` of them from `seq` to `lastSeq`. */
export type TimelineItem = TimelineEntry & {
  readonly count: number;
  readonly lastSeq: number;
  readonly lastAt: string;
};

/** Decisions of the same outcome and reason that follow each other become one line; every other entry has its own. */
export function timelineOf(entries: readonly TimelineEntry[]): readonly TimelineItem[] {
  const items: TimelineItem[] = [];
  for (const entry of entries) {
    const last = items.at(-1);
    if (last !== undefined && isAlike(last, entry)) {
      items[items.length - 1] = {
        ...last,
        count: last.count + 1,
        lastSeq: entry.seq,
        lastAt: entry.at,
      };
    } else {
      items.push({ ...entry, count: 1, lastSeq: entry.seq, lastAt: entry.at });
    }
  }
  return items;
}

function isAlike(a: TimelineEntry, b: TimelineEntry): boolean {
  return (
    a.kind === "decision" &&
    b.kind === "decision" &&
    a.outcome === b.outcome &&
    a.reason === b.reason
  );
}
