import { z } from "zod";
import { parseBody } from "@/lib/domain/ledger/body";
import type { PastRequest } from "@/lib/domain/manifest/backtest";
import { EvaluationRequest } from "@/lib/domain/policy/request";
import { db } from "../db";

type Row = { readonly seq: bigint; readonly canonical: string; readonly detail: unknown };

/** Details of before proofs were kept apart say nothing of it; what a simulation asked counts as proven. */
const Detail = z.object({ request: EvaluationRequest, proven: z.boolean().default(true) });

/**
 * What the agent really asked in the span, in the ledger's order: at most `max` requests, the latest. Left out is what
 * no manifest decides (a bad proof, a retired agent), what nobody proved to have asked, and what was erased.
 */
export async function pastRequests(
  agentId: string,
  span: { readonly from: Date; readonly to: Date; readonly max: number },
): Promise<{ readonly past: readonly PastRequest[]; readonly truncated: boolean }> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT e."seq", e."canonical", d."detail" FROM "LedgerEntry" e
    JOIN "LedgerDetail" d ON d."seq" = e."seq"
    WHERE e."agentId" = ${agentId} AND e."kind" = 'decision' AND e."at" >= ${span.from} AND e."at" <= ${span.to}
      AND (e."outcome" <> 'deny' OR e."reason" = 'no_manifest')
    ORDER BY e."seq" DESC LIMIT ${span.max + 1}`;
  const past = rows.slice(0, span.max).reverse().flatMap(pastRequest);
  return { past, truncated: rows.length > span.max };
}

function pastRequest({ seq, canonical, detail }: Row): PastRequest[] {
  const body = parseBody(canonical);
  const parsed = Detail.safeParse(detail);
  if (body?.kind !== "decision" || !parsed.success || !parsed.data.proven) return [];
  return [
    {
      seq: seq.toString(),
      at: Date.parse(body.at),
      request: parsed.data.request,
      riskScore: body.riskScore,
      containment: body.containment,
    },
  ];
}
