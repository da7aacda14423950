import { can } from "@/lib/domain/access/permissions";
import { base64url } from "@/lib/domain/crypto/sha256";
import { AppError } from "@/lib/domain/errors";
import { parseBody } from "@/lib/domain/ledger/body";
import { formatVerifierKey } from "@/lib/domain/ledger/note";
import type {
  DetailView,
  EntryPage,
  EntryView,
  HeadView,
  Named,
  ProofView,
} from "@/lib/domain/ledger/view";
import { Prisma } from "@/prisma/generated/client";
import { authorise, type Ctx } from "../context";
import { db } from "../db";
import { entryRow, namesOf } from "./entry-row";
import { conditions, type LedgerFilter } from "./filter";
import { proveInclusion } from "./inclusion";
import { logVerifier } from "./log-key";

const PAGE_SIZE = 50;

/**
 * A page of entries, newest first unless `filter.oldestFirst`. Details are searched only where the reader may read them.
 * Throws AppError("forbidden").
 */
export async function listEntries(ctx: Ctx, filter: LedgerFilter): Promise<EntryPage> {
  authorise(ctx, "ledger:read");
  const where = conditions(filter, can(ctx.actor, "ledger:detail"));
  const order = Prisma.raw(filter.oldestFirst ? "ASC" : "DESC");
  const [rows, counts] = await Promise.all([
    db.$queryRaw<{ seq: bigint; canonical: string }[]>`
      SELECT e."seq", e."canonical" FROM "LedgerEntry" e WHERE ${where}
      ORDER BY e."seq" ${order} LIMIT ${PAGE_SIZE} OFFSET ${(filter.page - 1) * PAGE_SIZE}`,
    db.$queryRaw<{ total: bigint }[]>`
      SELECT count(*) AS total FROM "LedgerEntry" e WHERE ${where}`,
  ]);
  const entries = rows.map((row) => ({ seq: Number(row.seq), body: parseBody(row.canonical) }));
  const names = await namesOf(entries.map(({ body }) => body));
  return {
    rows: entries.map(({ seq, body }) => entryRow(seq, body, names)),
    total: Number(counts[0]?.total ?? 0),
    page: filter.page,
    pageSize: PAGE_SIZE,
  };
}

/** One entry with all that is known of it and its proof. Throws AppError("forbidden" | "not-found"). */
export async function getEntry(ctx: Ctx, seq: number): Promise<EntryView> {
  authorise(ctx, "ledger:read");
  const entry = await db.ledgerEntry.findUnique({ where: { seq } });
  if (entry === null) throw new AppError("not-found", `the ledger has no entry ${seq}`);
  const body = parseBody(entry.canonical);
  const [names, detail, proof, next] = await Promise.all([
    namesOf([body]),
    readDetail(ctx, seq, body === null || body.commitment !== null),
    readProof(seq),
    db.ledgerEntry.findUnique({ where: { seq: seq + 1 }, select: { seq: true } }),
  ]);
  return {
    row: entryRow(seq, body, names),
    body,
    canonical: entry.canonical,
    leafHash: base64url(entry.leafHash),
    detail,
    proof,
    names: Object.fromEntries(names),
    previous: seq > 0 ? seq - 1 : null,
    next: next === null ? null : seq + 1,
  };
}

async function readDetail(ctx: Ctx, seq: number, committed: boolean): Promise<DetailView> {
  if (!committed) return { state: "none" };
  if (!can(ctx.actor, "ledger:detail")) return { state: "withheld" };
  const row = await db.ledgerDetail.findUnique({ where: { seq } });
  return row === null
    ? { state: "erased" }
    : { state: "present", detail: row.detail, salt: base64url(row.salt) };
}

async function readProof(seq: number): Promise<ProofView | null> {
  const checkpoint = await newestCheckpoint();
  if (checkpoint === null || seq >= Number(checkpoint.size)) return null;
  const size = Number(checkpoint.size);
  const hashes = await proveInclusion({ index: seq, size, root: checkpoint.rootHash });
  return {
    note: checkpoint.note,
    verifierKey: formatVerifierKey(logVerifier()),
    size,
    createdAt: checkpoint.createdAt.toISOString(),
    hashes: hashes.map(base64url),
  };
}

function newestCheckpoint() {
  return db.checkpoint.findFirst({ orderBy: { size: "desc" } });
}

/** The newest signed head, or null before the first. Throws AppError("forbidden"). */
export async function latestCheckpoint(ctx: Ctx): Promise<HeadView | null> {
  authorise(ctx, "ledger:read");
  const checkpoint = await newestCheckpoint();
  if (checkpoint === null) return null;
  return {
    size: Number(checkpoint.size),
    root: base64url(checkpoint.rootHash),
    createdAt: checkpoint.createdAt.toISOString(),
    note: checkpoint.note,
    verifierKey: formatVerifierKey(logVerifier()),
  };
}

/** The newest checkpoint as it is published, for anyone: it holds sizes and hashes, nothing of the entries. */
export async function publishedCheckpoint(): Promise<string | null> {
  return (await newestCheckpoint())?.note ?? null;
}

/** Whom the ledger's filters offer. Throws AppError("forbidden"). */
export async function ledgerFilterOptions(
  ctx: Ctx,
): Promise<{ readonly agents: readonly Named[]; readonly people: readonly Named[] }> {
  authorise(ctx, "ledger:read");
  const named = { select: { id: true, name: true }, orderBy: { name: "asc" } } as const;
  const [agents, people] = await Promise.all([db.agent.findMany(named), db.person.findMany(named)]);
  return { agents, people };
}
