import { z } from "zod";
import { can } from "@/lib/domain/access/permissions";
import type { DecisionPage, DecisionRow } from "@/lib/domain/agent/view";
import { parseBody } from "@/lib/domain/ledger/body";
import { REASONS, type ReasonCode } from "@/lib/domain/policy/reasons";
import { describeReason } from "@/lib/domain/policy/reasons-text";
import { authorise, type Ctx } from "../context";
import { db } from "../db";

const PAGE_SIZE = 25;

/**
 * Decisions about the agent, newest first: one page, before a ledger position or from the end. Their sentences only where
 * the reader may read words. Throws AppError("forbidden").
 */
export async function agentDecisions(
  ctx: Ctx,
  agentId: string,
  asked: { readonly before?: number | null; readonly take?: number } = {},
): Promise<DecisionPage> {
  authorise(ctx, "ledger:read");
  const { before = null, take = PAGE_SIZE } = asked;
  const found = await db.ledgerEntry.findMany({
    where: { agentId, kind: "decision", ...(before === null ? {} : { seq: { lt: before } }) },
    orderBy: { seq: "desc" },
    take: take + 1,
  });
  const entries = found.slice(0, take);
  const sentences = can(ctx.actor, "ledger:detail")
    ? await readSentences(entries.map(({ seq }) => seq))
    : new Map<bigint, string>();
  const last = entries.at(-1);
  return {
    rows: rowsOf(entries, sentences),
    older: found.length > take && last !== undefined ? Number(last.seq) : null,
  };
}

function rowsOf(
  entries: readonly { readonly seq: bigint; readonly canonical: string }[],
  sentences: ReadonlyMap<bigint, string>,
): readonly DecisionRow[] {
  return entries.flatMap(({ seq, canonical }) => {
    const body = parseBody(canonical);
    if (body?.kind !== "decision") return [];
    return [
      {
        seq: Number(seq),
        at: body.at,
        outcome: body.outcome,
        reason: body.reason,
        reasonTitle: titleOf(body.reason),
        cluster: body.cluster,
        action: body.action,
        resourceType: body.resourceType,
        simulated: body.simulated,
        reviewId: body.reviewId,
        sentence: sentences.get(seq) ?? null,
      },
    ];
  });
}

function isReason(code: string): code is ReasonCode {
  return Object.hasOwn(REASONS, code);
}

/** A code that this version does not know is shown as it stands. */
function titleOf(code: string): string {
  return isReason(code) ? describeReason(code).title : code;
}

const Worded = z.object({ sentence: z.string() });

async function readSentences(seqs: readonly bigint[]): Promise<ReadonlyMap<bigint, string>> {
  const details = await db.ledgerDetail.findMany({ where: { seq: { in: [...seqs] } } });
  return new Map(
    details.flatMap(({ seq, detail }) => {
      const worded = Worded.safeParse(detail);
      return worded.success ? [[seq, worded.data.sentence] as const] : [];
    }),
  );
}
