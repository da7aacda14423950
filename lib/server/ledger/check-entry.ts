import { canonicalJson, type Json } from "@/lib/domain/crypto/canonical-json";
import { constantTimeEqual } from "@/lib/domain/crypto/sha256";
import { commitment, leafHash } from "@/lib/domain/ledger/leaf";
import type { ProblemCode } from "@/lib/domain/ledger/report";
import type { LedgerDetail, LedgerEntry } from "@/prisma/generated/client";

export type DetailTally = { present: number; erased: number; none: number };

const COLUMNS = [
  "kind",
  "agentId",
  "personId",
  "sponsorId",
  "manifestId",
  "outcome",
  "reason",
] as const;

/** One entry against its own text and its detail. Gives the leaf that the text hashes to; counts the detail in `tally`. */
export function checkEntry(
  entry: LedgerEntry,
  detail: LedgerDetail | undefined,
  tally: DetailTally,
): { readonly leaf: Uint8Array; readonly codes: readonly ProblemCode[] } {
  const codes: ProblemCode[] = [];
  const leaf = leafHash(entry.canonical);
  if (!constantTimeEqual(leaf, entry.leafHash)) codes.push("leaf");
  const body = readObject(entry.canonical);
  if (body === null || canonicalJson(body) !== entry.canonical) codes.push("not-canonical");
  if (body !== null && !columnsAgree(entry, body)) codes.push("columns");
  const detailProblem = checkDetail(body?.["commitment"] ?? null, detail, tally);
  if (detailProblem) codes.push(detailProblem);
  return { leaf, codes };
}

type JsonObject = { readonly [member: string]: Json | undefined };

function readObject(canonical: string): JsonObject | null {
  try {
    const value: JsonObject | null = JSON.parse(canonical);
    return typeof value === "object" && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

/** Computed here again and not in SQL: whoever can change a column can change the function that generates it. */
function columnsAgree(entry: LedgerEntry, body: JsonObject): boolean {
  return (
    (entry.at?.toISOString() ?? null) === (body["at"] ?? null) &&
    COLUMNS.every((column) => entry[column] === (body[column] ?? null))
  );
}

function checkDetail(
  committed: Json,
  detail: LedgerDetail | undefined,
  tally: DetailTally,
): ProblemCode | null {
  if (committed === null) {
    tally.none++;
    return detail === undefined ? null : "detail-unexpected";
  }
  if (detail === undefined) {
    tally.erased++;
    return null;
  }
  tally.present++;
  return isCommitted(detail, committed) ? null : "detail-changed";
}

function isCommitted(detail: LedgerDetail, committed: Json): boolean {
  try {
    return commitment(detail.salt, detail.detail) === committed;
  } catch {
    return false;
  }
}
