import { z } from "zod";
import { DecisionDetail } from "@/lib/domain/policy/decision-detail";
import { REASONS, type ReasonCode } from "@/lib/domain/policy/reasons";
import { db } from "../db";

/** What the ledger says of a decision. Immutable, so that it may be read outside of the verb's transaction. */
export type Decided = {
  readonly seq: bigint;
  readonly at: Date;
  readonly agentId: string;
  readonly outcome: string;
  readonly reason: string;
  readonly manifestId: string | null;
  readonly manifestVersion: number | null;
  readonly cluster: string | null;
  readonly rule: number | null;
  readonly action: string | null;
  readonly resourceType: string | null;
  readonly reviewId: string | null;
  /** null where the detail was erased */
  readonly detail: DecisionDetail | null;
};

const Body = z.object({
  at: z.string(),
  agentId: z.string(),
  outcome: z.string(),
  reason: z.string(),
  manifestId: z.string().nullable(),
  manifestVersion: z.number().nullable(),
  cluster: z.string().nullable(),
  rule: z.number().nullable(),
  action: z.string().nullable(),
  resourceType: z.string().nullable(),
  reviewId: z.string().nullable(),
});

type Row = { readonly seq: bigint; readonly canonical: string };

/** Decisions of these ledger positions, with their details where `withDetail`. Entries of other kinds are left out. */
export async function readDecided(
  rows: readonly Row[],
  withDetail: boolean,
): Promise<readonly Decided[]> {
  const details = withDetail
    ? await db.ledgerDetail.findMany({
        where: { seq: { in: rows.map(({ seq }) => seq) } },
        select: { seq: true, detail: true },
      })
    : [];
  const bySeq = new Map(details.map(({ seq, detail }) => [seq, detail]));
  return rows.flatMap(({ seq, canonical }) => {
    const body = Body.safeParse(JSON.parse(canonical));
    if (!body.success) return [];
    const detail = DecisionDetail.safeParse(bySeq.get(seq));
    return [
      {
        ...body.data,
        seq,
        at: new Date(body.data.at),
        detail: detail.success ? detail.data : null,
      },
    ];
  });
}

/** The decision at one position with its detail; null where there is none. */
async function decidedAt(seq: bigint): Promise<Decided | null> {
  const row = await db.ledgerEntry.findUnique({
    where: { seq },
    select: { seq: true, canonical: true },
  });
  if (row === null) return null;
  return (await readDecided([row], true))[0] ?? null;
}

/** The decision behind a review; null for an unknown review. */
export async function decidedFor(reviewId: string): Promise<Decided | null> {
  const review = await db.review.findUnique({ where: { id: reviewId }, select: { seq: true } });
  return review === null ? null : decidedAt(review.seq);
}

/** A reason code as the database holds it. An unknown one counts as a never-rule: nothing can lift it. */
export function asReason(value: string): ReasonCode {
  return isReason(value) ? value : "never_rule";
}

function isReason(value: string): value is ReasonCode {
  return Object.hasOwn(REASONS, value);
}
