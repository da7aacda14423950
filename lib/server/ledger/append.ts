import { randomBytes } from "node:crypto";
import type { Json } from "@/lib/domain/crypto/canonical-json";
import { hex } from "@/lib/domain/crypto/sha256";
import { type EntryBody, LedgerEvent } from "@/lib/domain/ledger/event";
import { canonicalBody, commitment, leafHash } from "@/lib/domain/ledger/leaf";
import { LEDGER_CHANNEL } from "@/lib/domain/ledger/news";

/** One thing to record. `detail` holds all free text and personal data; the body only commits to it. */
export type Recorded = { readonly event: LedgerEvent; readonly detail?: Json };

export type Stamped = Recorded & {
  readonly at: Date;
  /** the person who acted; null for agents and rules */
  readonly personId: string | null;
};

/** Runs one SQL statement inside the caller's transaction. Both Prisma and plain `pg` can serve. */
export type Query = <Row>(sql: string, values: readonly unknown[]) => Promise<readonly Row[]>;

/** Serialises every writer of the ledger, in all processes. */
export const LEDGER_LOCK = 727_073_690;

export const STATE_CHANNEL = "countersign_state";

const SALT_BYTES = 32;

/** Events on which no decision depends. Everything else bumps the state epoch: an unknown kind is assumed to matter. */
const WITHOUT_EFFECT: ReadonlySet<LedgerEvent["kind"]> = new Set([
  "decision",
  "decision.outcome",
  "ledger.verified",
  "manifest.drafted",
  "manifest.submitted",
  "manifest.returned",
  "manifest.withdrawn",
  "manifest.approval-signed",
  "review.escalated",
  "containment.lift-signed",
  "containment.drill-started",
  "containment.drill-acknowledged",
  "containment.drilled",
  "incident.opened",
  "incident.facts-stated",
  "incident.assessed",
  "incident.root-cause-stated",
  "incident.action-added",
  "incident.action-done",
  "incident.reported",
  "incident.closed",
  "person.added",
  "person.profile-changed",
  "person.sessions-ended",
  "person.passkey-added",
  "person.passkey-removed",
  "person.password-changed",
]);

/** Waits for the ledger lock; then the next position is known and nobody else can take it. */
export async function lockLedger(query: Query): Promise<bigint> {
  await query("SELECT 1 AS held FROM pg_advisory_xact_lock($1::bigint)", [LEDGER_LOCK]);
  // A statement of its own: its snapshot must be taken after the lock is held.
  const rows = await query<{ next: string | bigint }>(
    'SELECT coalesce(max("seq") + 1, 0)::bigint AS next FROM "LedgerEntry"',
    [],
  );
  return BigInt(rows[0]?.next ?? 0);
}

/**
 * Appends entries from position `first` on, under the ledger lock that the caller holds.
 * Throws ZodError where an event is not one of lib/domain/ledger/event.ts: nothing is written then.
 */
export async function append(
  query: Query,
  first: bigint,
  records: readonly Stamped[],
): Promise<void> {
  if (records.length === 0) return;
  const entries = { seq: [] as string[], canonical: [] as string[], leaf: [] as string[] };
  const details = { seq: [] as string[], salt: [] as string[], detail: [] as string[] };
  records.forEach((record, index) => {
    const seq = (first + BigInt(index)).toString();
    const salt = record.detail === undefined ? null : randomBytes(SALT_BYTES);
    const body: EntryBody = {
      ...LedgerEvent.parse(record.event),
      v: 1,
      at: record.at.toISOString(),
      personId: record.personId,
      commitment: salt && record.detail !== undefined ? commitment(salt, record.detail) : null,
    };
    const canonical = canonicalBody(body);
    entries.seq.push(seq);
    entries.canonical.push(canonical);
    entries.leaf.push(hex(leafHash(canonical)));
    if (salt) {
      details.seq.push(seq);
      details.salt.push(hex(salt));
      details.detail.push(JSON.stringify(record.detail));
    }
  });
  await query(
    `INSERT INTO "LedgerEntry" ("seq", "canonical", "leafHash")
     SELECT s, c, decode(l, 'hex') FROM unnest($1::bigint[], $2::text[], $3::text[]) AS e(s, c, l)`,
    [entries.seq, entries.canonical, entries.leaf],
  );
  if (details.seq.length > 0) {
    await query(
      `INSERT INTO "LedgerDetail" ("seq", "salt", "detail")
       SELECT s, decode(t, 'hex'), d::jsonb FROM unnest($1::bigint[], $2::text[], $3::text[]) AS e(s, t, d)`,
      [details.seq, details.salt, details.detail],
    );
  }
  await announce(query, first, records);
}

/** Wakes the gateways (state) and the pages (ledger). Delivered at commit, or not at all. */
async function announce(query: Query, first: bigint, records: readonly Stamped[]): Promise<void> {
  if (records.some((record) => !WITHOUT_EFFECT.has(record.event.kind))) {
    const rows = await query<{ epoch: string | bigint }>(
      'UPDATE "StateEpoch" SET "epoch" = "epoch" + 1 WHERE "id" = 1 RETURNING "epoch"',
      [],
    );
    await query("SELECT 1 AS sent FROM pg_notify($1, $2)", [
      STATE_CHANNEL,
      String(rows[0]?.epoch ?? ""),
    ]);
  }
  const kinds = [...new Set(records.map((record) => record.event.kind))];
  const note = { from: Number(first), to: Number(first) + records.length - 1, kinds };
  await query("SELECT 1 AS sent FROM pg_notify($1, $2)", [LEDGER_CHANNEL, JSON.stringify(note)]);
}
