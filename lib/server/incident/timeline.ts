import { can } from "@/lib/domain/access/permissions";
import { type TimelineEntry, type TimelineItem, timelineOf } from "@/lib/domain/incident/timeline";
import { parseBody } from "@/lib/domain/ledger/body";
import { describeEntry, KIND_LABEL, peopleIn } from "@/lib/domain/ledger/describe";
import type { Incident } from "@/prisma/generated/client";
import type { Ctx } from "../context";
import { db } from "../db";

/** How long before its detection the timeline of an incident begins, where nobody has said when it occurred. */
const BEFORE_MS = 3_600_000;
const ENTRIES_MAX = 400;

type Row = { readonly seq: bigint; readonly canonical: string; readonly detail: unknown };

/**
 * What the ledger holds of the incident: its own entries, and what happened around its agent from its beginning to its
 * end. Allowed requests are left out; words are shown to who may read them.
 */
export async function readTimeline(
  ctx: Ctx,
  incident: Incident,
): Promise<{ readonly items: readonly TimelineItem[]; readonly cut: boolean }> {
  const from = new Date(
    Math.min(
      incident.occurredAt?.getTime() ?? Number.POSITIVE_INFINITY,
      incident.detectedAt.getTime() - BEFORE_MS,
    ),
  );
  const to = incident.closedAt ?? ctx.now;
  // Its own entries are never crowded out by those of a busy agent.
  const rows = await db.$queryRaw<Row[]>`
    SELECT x."seq", x."canonical", d."detail" FROM (
      (SELECT "seq", "canonical" FROM "LedgerEntry"
        WHERE "kind" LIKE 'incident.%' AND "canonical"::jsonb->>'incidentId' = ${incident.id}
        ORDER BY "seq" LIMIT ${ENTRIES_MAX})
      UNION
      (SELECT "seq", "canonical" FROM "LedgerEntry"
        WHERE "agentId" = ${incident.agentId} AND "at" BETWEEN ${from} AND ${to}
          AND "kind" NOT LIKE 'incident.%' AND ("outcome" IS NULL OR "outcome" <> 'allow')
        ORDER BY "seq" LIMIT ${ENTRIES_MAX + 1})) x
    LEFT JOIN "LedgerDetail" d ON d."seq" = x."seq" ORDER BY x."seq"`;
  const around = rows.filter(
    ({ canonical }) => parseBody(canonical)?.kind.startsWith("incident.") === false,
  );
  const cut = around.length > ENTRIES_MAX;
  const last = cut ? around.at(-1) : undefined;
  const entries = await asEntries(
    ctx,
    rows.filter((row) => row !== last),
  );
  return { items: timelineOf(entries), cut };
}

async function asEntries(ctx: Ctx, rows: readonly Row[]): Promise<readonly TimelineEntry[]> {
  const read = rows.flatMap(({ seq, canonical, detail }) => {
    const body = parseBody(canonical);
    return body === null ? [] : [{ seq: Number(seq), body, detail }];
  });
  const people = await db.person.findMany({
    where: { id: { in: [...new Set(read.flatMap(({ body }) => peopleIn(body)))] } },
    select: { id: true, name: true },
  });
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const nameOf = (id: string) => names.get(id) ?? id;
  const readsWords = can(ctx.actor, "ledger:detail");
  return read.map(({ seq, body, detail }) => ({
    seq,
    at: body.at,
    kind: body.kind,
    label: KIND_LABEL[body.kind],
    summary: describeEntry(body, nameOf),
    who: body.personId === null ? null : nameOf(body.personId),
    outcome: body.kind === "decision" ? body.outcome : null,
    reason: body.kind === "decision" ? body.reason : null,
    words: readsWords ? wordsOf(detail) : null,
  }));
}

/** Where a detail holds words of a person, or of a rule, they are its reason. */
function wordsOf(detail: unknown): string | null {
  if (typeof detail !== "object" || detail === null || !("reason" in detail)) return null;
  return typeof detail.reason === "string" && detail.reason !== "" ? detail.reason : null;
}
