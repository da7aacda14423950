import type { BehaviourEvent } from "@/lib/domain/behaviour/event";
import { BASELINE_DAYS, CURRENT_DAYS } from "@/lib/domain/behaviour/windows";
import { db } from "../db";

const DAY_MS = 86_400_000;
const MOST_EVENTS = 20_000;

type Row = BehaviourEvent & { readonly reviewId: string | null };

/**
 * What the agent asked in the 37 days up to `now`, oldest first, from the projected steps: the newest 20 000 at most. A held
 * or blocked request stands once, however often it was asked while its review was open.
 */
export async function readHistory(agentId: string, now: Date): Promise<readonly BehaviourEvent[]> {
  const from = new Date(now.getTime() - (BASELINE_DAYS + CURRENT_DAYS) * DAY_MS);
  // One JSON text is several times as quick to read as rows with two dozen columns.
  const [found] = await db.$queryRaw<{ rows: readonly Row[] | null }[]>`
    SELECT json_agg(x) AS rows FROM (
      SELECT "seq", (extract(epoch FROM "at") * 1000)::float8 AS "at", "traceId", "step", "cluster", "action",
        "resourceType", "target", "dataClass", "records", "spend", "outcome", "reason", "actionOutcome",
        "reasoningDistance", "actDistance", "distanceModel", "reviewId"
      FROM "DecisionStep" WHERE "agentId" = ${agentId} AND "at" > ${from} AND "at" <= ${now}
      ORDER BY "seq" DESC LIMIT ${MOST_EVENTS}) x`;
  const asked = new Set<string>();
  return (found?.rows ?? []).toReversed().flatMap(({ reviewId, ...event }) => {
    if (reviewId === null) return [event];
    if (asked.has(reviewId)) return [];
    asked.add(reviewId);
    return [event];
  });
}
