import { parseBody } from "@/lib/domain/ledger/body";
import { KIND_LABEL } from "@/lib/domain/ledger/describe";
import type { Act, Need, NeedSection } from "@/lib/domain/today/view";
import { formatNumber } from "@/lib/format";
import type { Ctx } from "../context";
import { db } from "../db";
import { latestCheckpoint, listEntries } from "../ledger/queries";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Checkpoints are made every minute: a gap of an hour means that the worker stands still. */
const CHECKPOINT_LATE_MS = HOUR_MS;
const VERIFY_EVERY_MS = 7 * DAY_MS;

/** What is wrong with the ledger's own evidence, if anything: no fresh checkpoint, no fresh verification, a problem found. */
export async function ledgerState(ctx: Ctx): Promise<NeedSection> {
  const [head, verified, entries] = await Promise.all([
    latestCheckpoint(ctx),
    db.ledgerEntry.findFirst({
      where: { kind: "ledger.verified" },
      orderBy: { seq: "desc" },
      select: { canonical: true },
    }),
    db.ledgerEntry.count(),
  ]);
  const body = verified === null ? null : parseBody(verified.canonical);
  const last = body?.kind === "ledger.verified" ? body : null;
  const needs =
    entries === 0
      ? []
      : [checkpointNeed(head, entries, ctx.now), verificationNeed(last, ctx.now)].flatMap(
          (need) => need ?? [],
        );
  return {
    kind: "ledger",
    title: "The ledger's evidence",
    needs,
    total: needs.length,
    href: "/ledger",
    empty: `${formatNumber(entries)} entries; signed within the hour, verified within the week, no problem found.`,
  };
}

const AT_LEDGER = { href: "/ledger", due: false } as const;

function checkpointNeed(
  head: { readonly size: number; readonly createdAt: string } | null,
  entries: number,
  now: Date,
): Need | null {
  if (head !== null && now.getTime() - Date.parse(head.createdAt) <= CHECKPOINT_LATE_MS)
    return null;
  return {
    ...AT_LEDGER,
    id: "checkpoint",
    title: "No recent checkpoint",
    detail:
      head === null
        ? "no signed head covers the ledger yet"
        : `the newest signed head covers ${formatNumber(head.size)} of ${formatNumber(entries)} entries`,
    urgency: "soon",
    at: head?.createdAt ?? null,
  };
}

function verificationNeed(
  last: { readonly problems: number; readonly at: string } | null,
  now: Date,
): Need | null {
  if (last !== null && last.problems > 0) {
    return {
      ...AT_LEDGER,
      id: "problems",
      title: "The last verification found problems",
      detail: `${formatNumber(last.problems)} found: look at them now`,
      urgency: "overdue",
      at: last.at,
    };
  }
  if (last !== null && now.getTime() - Date.parse(last.at) <= VERIFY_EVERY_MS) return null;
  return {
    ...AT_LEDGER,
    id: "verify",
    title: "Verify the ledger",
    detail: last === null ? "nobody has verified it yet" : "nobody has verified it for a week",
    urgency: null,
    at: last?.at ?? null,
  };
}

const ACTS_SHOWN = 12;

/** The latest human acts and acts of rules, newest first, those after `since` marked as new. */
export async function latestActs(
  ctx: Ctx,
  since: Date | null,
): Promise<{ readonly acts: readonly Act[]; readonly newActs: number }> {
  const [page, newActs] = await Promise.all([
    listEntries(ctx, {
      page: 1,
      kind: "acts",
      agentId: null,
      personId: null,
      outcome: null,
      reason: null,
      from: null,
      to: null,
      timeZone: "UTC",
      q: null,
      oldestFirst: false,
    }),
    since === null
      ? 0
      : db.ledgerEntry.count({ where: { kind: { not: "decision" }, at: { gt: since } } }),
  ]);
  const acts = page.rows.slice(0, ACTS_SHOWN).map((row): Act => {
    const { seq, at, kind, agent, person, summary } = row;
    return {
      seq,
      at: at ?? "",
      who: person?.name ?? "A rule",
      what: kind === null ? summary : [KIND_LABEL[kind], summary].filter(Boolean).join(": "),
      agent,
      isNew: since !== null && at !== null && new Date(at) > since,
    };
  });
  return { acts, newActs };
}
