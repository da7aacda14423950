import { parseBody } from "@/lib/domain/ledger/body";
import { resolutionInWords } from "@/lib/domain/review/resolve";
import type { HistoryView } from "@/lib/domain/review/view";
import { db } from "../db";

type Reviewed = {
  readonly id: string;
  readonly agentId: string;
  readonly outcome: string;
  readonly seq: bigint;
  readonly asked: number;
  readonly createdAt: Date;
};

/** What happened to a review, oldest first: asked, escalated, resolved, and what came of it. */
export async function historyOf(
  review: Reviewed,
  mayReadDetails: boolean,
): Promise<readonly HistoryView[]> {
  const [acts, grants, drafts] = await Promise.all([
    actsOn(review, mayReadDetails),
    grantsOf(review.id),
    db.manifest.findMany({ where: { reviewId: review.id }, orderBy: { version: "asc" } }),
  ]);
  const opened: HistoryView = {
    key: "opened",
    at: review.createdAt.toISOString(),
    seq: Number(review.seq),
    who: "The agent",
    what:
      review.asked > 1
        ? `asked; the request ${review.outcome === "hold" ? "was held" : "was blocked"}. It has asked ${review.asked} times`
        : `asked; the request ${review.outcome === "hold" ? "was held" : "was blocked"}`,
    words: null,
  };
  const drafted = drafts.map(
    (draft): HistoryView => ({
      key: draft.id,
      at: draft.createdAt.toISOString(),
      seq: null,
      who: "The owner",
      what: `has the draft of version ${draft.version}; it is ${draft.state} now`,
      words: null,
    }),
  );
  return [opened, ...[...acts, ...grants, ...drafted].sort((a, b) => a.at.localeCompare(b.at))];
}

async function actsOn(review: Reviewed, mayReadDetails: boolean): Promise<readonly HistoryView[]> {
  const entries = await db.ledgerEntry.findMany({
    where: {
      agentId: review.agentId,
      kind: { in: ["review.escalated", "review.resolved"] },
      seq: { gt: review.seq },
      canonical: { contains: `"${review.id}"` },
    },
    orderBy: { seq: "asc" },
    select: { seq: true, canonical: true, personId: true },
  });
  const [people, details] = await Promise.all([
    db.person.findMany({
      where: { id: { in: entries.flatMap(({ personId }) => personId ?? []) } },
      select: { id: true, name: true },
    }),
    mayReadDetails
      ? db.ledgerDetail.findMany({ where: { seq: { in: entries.map(({ seq }) => seq) } } })
      : [],
  ]);
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const words = new Map(details.map(({ seq, detail }) => [seq, reasonIn(detail)]));
  return entries.map(({ seq, canonical, personId }) => {
    const body = parseBody(canonical);
    return {
      key: `entry-${seq}`,
      at: body?.at ?? "",
      seq: Number(seq),
      who: personId === null ? "The clock" : (names.get(personId) ?? personId),
      what: inWords(body, review.outcome),
      words: words.get(seq) ?? null,
    };
  });
}

function inWords(body: ReturnType<typeof parseBody>, outcome: string): string {
  if (body?.kind === "review.escalated") {
    return body.cause === "overdue"
      ? "ran out: the review went to compliance"
      : "escalated it to compliance";
  }
  if (body?.kind !== "review.resolved") return "did something that can't be read";
  const { label } = resolutionInWords(body.resolution, outcome === "hold" ? "hold" : "block");
  return `resolved it: ${label.toLowerCase()}`;
}

function reasonIn(detail: unknown): string | null {
  const found =
    typeof detail === "object" && detail !== null && "reason" in detail ? detail.reason : null;
  return typeof found === "string" ? found : null;
}

async function grantsOf(reviewId: string): Promise<readonly HistoryView[]> {
  const grants = await db.grant.findMany({ where: { reviewId, usedAt: { not: null } } });
  return grants.map((grant) => ({
    key: grant.id,
    at: grant.usedAt?.toISOString() ?? "",
    seq: grant.usedSeq === null ? null : Number(grant.usedSeq),
    who: "The agent",
    what: "asked again and was let through; the permission is used up",
    words: null,
  }));
}
