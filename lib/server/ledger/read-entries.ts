import { db } from "../db";

const CHUNK = 2000;

/** How many entries the ledger has; also the position that the next one will get. */
export async function ledgerSize(): Promise<number> {
  const last = await db.ledgerEntry.findFirst({ orderBy: { seq: "desc" }, select: { seq: true } });
  return last ? Number(last.seq) + 1 : 0;
}

/** Entries `start` (included) to `end` (excluded) in order, in chunks that fit in memory. Numbers that are missing are left out. */
export async function* readEntries(start: number, end: number) {
  for (let from = start; from < end; from += CHUNK) {
    yield await db.ledgerEntry.findMany({
      where: { seq: { gte: from, lt: Math.min(from + CHUNK, end) } },
      orderBy: { seq: "asc" },
    });
  }
}

/** Leaf hashes of entries `start` (included) to `end` (excluded), in order. */
export async function readLeaves(start: number, end: number): Promise<Uint8Array[]> {
  const rows = await db.ledgerEntry.findMany({
    where: { seq: { gte: start, lt: end } },
    orderBy: { seq: "asc" },
    select: { leafHash: true },
  });
  return rows.map((row) => row.leafHash);
}
