import type { AgentSpan } from "@/lib/domain/trace/span";
import type { Query } from "../ledger/append";

/**
 * Keeps an agent's spans; one that is known already is not written again. Prompts and answers are kept only where the
 * manifest in force says so.
 */
export async function storeSpans(
  query: Query,
  handed: { readonly agentId: string; readonly spans: readonly AgentSpan[]; readonly at: Date },
): Promise<void> {
  const { agentId, spans, at } = handed;
  if (spans.length === 0) return;
  await query(
    `INSERT INTO "TraceSpan" ("agentId", "traceId", "spanId", "parentSpanId", "name", "operation", "provider", "model",
       "tool", "status", "errorType", "startAt", "endAt", "inputTokens", "outputTokens", "decisionSeq", "messages", "receivedAt")
     SELECT $1, s."traceId", s."spanId", s."parentSpanId", s."name", s."operation", s."provider", s."model", s."tool",
       s."status", s."errorType", s."startAt", s."endAt", s."inputTokens", s."outputTokens", s."decision",
       CASE WHEN (SELECT m."document"->'telemetry'->'keepPrompts' = 'true'::jsonb FROM "Manifest" m
                   WHERE m."agentId" = $1 AND m."state" = 'approved') THEN s."messages" END, $3::timestamptz
     FROM jsonb_to_recordset($2::jsonb) AS s("traceId" text, "spanId" text, "parentSpanId" text, "name" text,
       "operation" text, "provider" text, "model" text, "tool" text, "status" text, "errorType" text,
       "startAt" timestamptz, "endAt" timestamptz, "inputTokens" int, "outputTokens" int, "decision" bigint, "messages" jsonb)
     ON CONFLICT ("agentId", "traceId", "spanId") DO NOTHING`,
    [agentId, JSON.stringify(spans), at.toISOString()],
  );
}
