import { parseBody } from "@/lib/domain/ledger/body";
import type { EntryBody } from "@/lib/domain/ledger/event";
import { ApprovalStatement } from "@/lib/domain/manifest/approval";
import type { ApprovalView, HistoryItem } from "@/lib/domain/manifest/view";
import { db } from "../db";

type ApprovalRow = {
  readonly id: string;
  readonly personId: string;
  readonly assurance: string;
  readonly digest: string;
  readonly statement: unknown;
  readonly at: Date;
  readonly seq: bigint;
};

/** The signatures under a manifest, with the names of today. */
export async function approvalViews(
  rows: readonly ApprovalRow[],
): Promise<readonly ApprovalView[]> {
  const names = await namesById(rows.map(({ personId }) => personId));
  return rows.flatMap(({ statement, ...row }) => {
    const read = ApprovalStatement.safeParse(statement);
    if (!read.success) return [];
    return [
      {
        id: row.id,
        personId: row.personId,
        personName: names.get(row.personId) ?? row.personId,
        stage: read.data.stage,
        assurance: row.assurance === "passkey" ? ("passkey" as const) : ("password" as const),
        digest: row.digest,
        attestation: read.data.attestation,
        at: row.at.toISOString(),
        seq: row.seq.toString(),
      },
    ];
  });
}

/** What the ledger says happened to a manifest, oldest first. */
export async function historyOf(manifestId: string): Promise<readonly HistoryItem[]> {
  const rows = await db.ledgerEntry.findMany({
    where: { manifestId, kind: { startsWith: "manifest." } },
    select: { seq: true, canonical: true },
    orderBy: { seq: "asc" },
  });
  const entries = rows.flatMap(({ seq, canonical }) => {
    const body = parseBody(canonical);
    return body === null ? [] : [{ seq, body }];
  });
  const names = await namesById(entries.flatMap(({ body }) => body.personId ?? []));
  return entries.map(({ seq, body }) => ({
    at: body.at,
    kind: body.kind,
    title: titleOf(body),
    personName: body.personId === null ? null : (names.get(body.personId) ?? body.personId),
    seq: seq.toString(),
  }));
}

function titleOf(body: EntryBody): string {
  switch (body.kind) {
    case "manifest.drafted":
      return body.reviewId === null ? "Drafted" : "Drafted to amend for a review";
    case "manifest.submitted":
      return "Submitted for approval";
    case "manifest.returned":
      return "Returned with reasons";
    case "manifest.withdrawn":
      return "Withdrawn by its owner";
    case "manifest.approval-signed":
      return body.stage === "first" ? "First signature" : "Signed";
    case "manifest.approved":
      return "Approved: in force";
    case "manifest.revoked":
      return "Revoked";
    case "manifest.token-issued":
      return "Token issued for a new key";
    default:
      return body.kind;
  }
}

async function namesById(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const people = await db.person.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true },
  });
  return new Map(people.map((person) => [person.id, person.name]));
}
