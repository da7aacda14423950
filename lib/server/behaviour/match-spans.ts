import { db } from "../db";

/** Clocks of agents and of gateways differ by so much at most. */
const CLOCK_SECONDS = 5;

/**
 * Finds for each new span the decision that allowed its act: the one that it names, or for a tool's span the newest allowed
 * one of the same trace before it. What the span says of its end becomes the act's outcome where the agent reported none.
 * Says how many spans were looked at.
 */
export async function matchSpans(now: Date): Promise<number> {
  return db.$transaction(async (tx) => {
    const looked = await tx.$executeRaw`
      UPDATE "TraceSpan" t SET "matchedAt" = ${now}, "decisionSeq" = CASE
        WHEN t."decisionSeq" IS NOT NULL THEN
          (SELECT s."seq" FROM "DecisionStep" s WHERE s."seq" = t."decisionSeq" AND s."agentId" = t."agentId" AND s."outcome" = 'allow')
        WHEN t."operation" = 'execute_tool' THEN
          (SELECT s."seq" FROM "DecisionStep" s
            WHERE s."agentId" = t."agentId" AND s."traceId" = t."traceId" AND s."outcome" = 'allow'
              AND s."at" <= t."startAt" + make_interval(secs => ${CLOCK_SECONDS}::int)
            ORDER BY s."seq" DESC LIMIT 1) END
      WHERE t."matchedAt" IS NULL`;
    if (looked === 0) return 0;
    await tx.$executeRaw`
      UPDATE "DecisionStep" s SET "actionOutcome" = CASE WHEN m.failed THEN 'error' ELSE 'success' END
      FROM (SELECT "decisionSeq", bool_or("status" = 'error') AS failed FROM "TraceSpan"
             WHERE "decisionSeq" IN (SELECT "decisionSeq" FROM "TraceSpan" WHERE "matchedAt" = ${now} AND "decisionSeq" IS NOT NULL)
             GROUP BY 1) m
      WHERE s."seq" = m."decisionSeq" AND NOT EXISTS (SELECT FROM "DecisionOutcome" o WHERE o."seq" = s."seq")`;
    return looked;
  });
}
