import { parseBody } from "@/lib/domain/ledger/body";
import { describeEntry, KIND_LABEL, peopleIn } from "@/lib/domain/ledger/describe";
import type { EntryBody, EventKind } from "@/lib/domain/ledger/event";
import type { Act, Need, NeedSection } from "@/lib/domain/today/view";
import { formatNumber } from "@/lib/format";
import type { Ctx } from "../context";
import { db } from "../db";
import { latestCheckpoint } from "../ledger/queries";

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

/** What comes by the thousand, or concerns nobody but the one who did it. */
const NO_NEWS: readonly EventKind[] = [
  "decision",
  "decision.outcome",
  "risk.rescored",
  "manifest.token-issued",
  "person.profile-changed",
  "person.passkey-added",
  "person.passkey-removed",
  "person.password-changed",
  "person.sessions-ended",
];

/** The latest acts of people and rules, newest first, those after `since` marked as new. */
export async function latestActs(
  since: Date | null,
): Promise<{ readonly acts: readonly Act[]; readonly newActs: number }> {
  const kind = { notIn: [...NO_NEWS] };
  const [entries, newActs] = await Promise.all([
    db.ledgerEntry.findMany({
      where: { kind },
      orderBy: { seq: "desc" },
      take: ACTS_SHOWN,
      select: { seq: true, canonical: true },
    }),
    since === null ? 0 : db.ledgerEntry.count({ where: { kind, at: { gt: since } } }),
  ]);
  const read = entries.flatMap(({ seq, canonical }) => {
    const body = parseBody(canonical);
    return body === null ? [] : [{ seq: Number(seq), body }];
  });
  const names = await namesIn(read.map(({ body }) => body));
  const nameOf = (id: string) => names.get(id) ?? id;
  const acts = read.map(({ seq, body }): Act => {
    const agentId = "agentId" in body ? body.agentId : null;
    return {
      seq,
      at: body.at,
      who: body.personId === null ? "A rule" : nameOf(body.personId),
      what: [KIND_LABEL[body.kind], describeEntry(body, nameOf)].filter(Boolean).join(": "),
      agent: agentId === null ? null : { id: agentId, name: nameOf(agentId) },
      isNew: since !== null && new Date(body.at) > since,
    };
  });
  return { acts, newActs };
}

/** What the people and agents in the bodies are called. */
async function namesIn(bodies: readonly EntryBody[]): Promise<ReadonlyMap<string, string>> {
  const ids = bodies.flatMap((body) => [
    ...peopleIn(body),
    ...("agentId" in body && body.agentId !== null ? [body.agentId] : []),
  ]);
  const named = { where: { id: { in: ids } }, select: { id: true, name: true } };
  const found = await Promise.all([db.person.findMany(named), db.agent.findMany(named)]);
  return new Map(found.flat().map(({ id, name }) => [id, name]));
}
