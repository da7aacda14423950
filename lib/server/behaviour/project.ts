import type { Prisma } from "@/prisma/generated/client";
import { db } from "../db";

const CURSOR = "behaviour";
const BATCH = 5000n;
const TRANSACTION_MS = 120_000;

/** A step belongs to the one before it in its trace if no more than this lies between. */
const TRACE_HOURS = 24;

type Reader = Pick<Prisma.TransactionClient, "$queryRaw" | "$executeRaw">;

/**
 * Brings steps and hourly rollups up to the end of the ledger. Safe to run at any time and twice at once: each entry is
 * counted once, by whoever holds the cursor's row. Says how many entries were read.
 */
export async function projectLedger(): Promise<number> {
  let read = 0;
  for (;;) {
    const batch = await db.$transaction(projectBatch, { timeout: TRANSACTION_MS, maxWait: 15_000 });
    read += batch;
    if (batch === 0) return read;
  }
}

/** Forgets the rollups and makes them again from the ledger, as one command. What was measured of a text is kept. */
export async function rebuildRollups(): Promise<number> {
  await db.$transaction([
    db.$executeRaw`UPDATE "LedgerCursor" SET "next" = 0 WHERE "name" = ${CURSOR}`,
    db.hourlyOutcome.deleteMany(),
    db.hourlyMix.deleteMany(),
    db.hourlyTransition.deleteMany(),
  ]);
  return projectLedger();
}

async function projectBatch(tx: Reader): Promise<number> {
  await tx.$executeRaw`INSERT INTO "LedgerCursor" ("name", "next") VALUES (${CURSOR}, 0) ON CONFLICT DO NOTHING`;
  const [cursor] = await tx.$queryRaw<{ next: bigint }[]>`
    SELECT "next" FROM "LedgerCursor" WHERE "name" = ${CURSOR} FOR UPDATE`;
  // A statement of its own: it must see what was appended while we waited for the row.
  const [end] = await tx.$queryRaw<{ end: bigint }[]>`
    SELECT coalesce(max("seq") + 1, 0)::bigint AS end FROM "LedgerEntry"`;
  const from = cursor?.next ?? 0n;
  const last = end?.end ?? 0n;
  const to = last - from > BATCH ? from + BATCH : last;
  if (to <= from) return 0;
  await addSteps(tx, from, to);
  await addOutcomes(tx, from, to);
  await addUp(tx, from, to);
  await tx.$executeRaw`UPDATE "LedgerCursor" SET "next" = ${to} WHERE "name" = ${CURSOR}`;
  return Number(to - from);
}

/**
 * What was not proven to be the agent's has neither target nor trace: its body holds none of the request either. Trace ids
 * stand as OpenTelemetry writes them, in lower-case hex without dashes.
 */
async function addSteps(tx: Reader, from: bigint, to: bigint): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "DecisionStep" ("seq", "agentId", "at", "manifestId", "traceId", "step", "cluster", "action",
      "resourceType", "target", "dataClass", "records", "spend", "outcome", "reason", "reviewId")
    SELECT e."seq", e."agentId", e."at", e."manifestId",
      lower(replace(r."asked"->'context'->>'traceId', '-', '')),
      (r."asked"->'context'->>'step')::int, b."body"->>'cluster', b."body"->>'action', b."body"->>'resourceType',
      left(encode(sha256(convert_to(e."agentId" || ' ' || (r."asked"->'resource'->>'id'), 'UTF8')), 'base64'), 22),
      b."body"->>'dataClass', (b."body"->>'records')::int, (b."body"->>'spend')::float8,
      e."outcome", e."reason", b."body"->>'reviewId'
    FROM "LedgerEntry" e
    CROSS JOIN LATERAL (SELECT e."canonical"::jsonb AS "body") b
    LEFT JOIN "LedgerDetail" d ON d."seq" = e."seq"
    CROSS JOIN LATERAL (SELECT CASE WHEN d."detail"->'proven' = 'true'::jsonb THEN d."detail"->'request' END AS "asked") r
    WHERE e."seq" >= ${from} AND e."seq" < ${to} AND e."kind" = 'decision'
    ON CONFLICT ("seq") DO NOTHING`;
}

/** An agent's own report stands above what a trace told before. */
async function addOutcomes(tx: Reader, from: bigint, to: bigint): Promise<void> {
  await tx.$executeRaw`
    UPDATE "DecisionStep" s SET "actionOutcome" = r."status"
    FROM (SELECT (b."body"->>'decision')::bigint AS "decision", b."body"->>'status' AS "status"
            FROM "LedgerEntry" e CROSS JOIN LATERAL (SELECT e."canonical"::jsonb AS "body") b
           WHERE e."seq" >= ${from} AND e."seq" < ${to} AND e."kind" = 'decision.outcome') r
    WHERE s."seq" = r."decision"`;
}

async function addUp(tx: Reader, from: bigint, to: bigint): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "HourlyOutcome" AS h ("agentId", "hour", "outcome", "requests", "records", "spend")
    SELECT "agentId", date_trunc('hour', "at", 'UTC'), "outcome", count(*),
      coalesce(sum("records") FILTER (WHERE "outcome" = 'allow'), 0),
      coalesce(sum(round("spend" * 100)) FILTER (WHERE "outcome" = 'allow'), 0)
    FROM "DecisionStep" WHERE "seq" >= ${from} AND "seq" < ${to} GROUP BY 1, 2, 3
    ON CONFLICT ("agentId", "hour", "outcome") DO UPDATE SET "requests" = h."requests" + excluded."requests",
      "records" = h."records" + excluded."records", "spend" = h."spend" + excluded."spend"`;
  await tx.$executeRaw`
    INSERT INTO "HourlyMix" AS h ("agentId", "hour", "cluster", "action", "resourceType", "requests")
    SELECT "agentId", date_trunc('hour', "at", 'UTC'), coalesce("cluster", ''), "action", coalesce("resourceType", ''), count(*)
    FROM "DecisionStep"
    WHERE "seq" >= ${from} AND "seq" < ${to} AND "outcome" <> 'deny' AND "action" IS NOT NULL GROUP BY 1, 2, 3, 4, 5
    ON CONFLICT ("agentId", "hour", "cluster", "action", "resourceType")
      DO UPDATE SET "requests" = h."requests" + excluded."requests"`;
  await tx.$executeRaw`
    INSERT INTO "HourlyTransition" AS h ("agentId", "hour", "from", "to", "steps")
    SELECT s."agentId", date_trunc('hour', s."at", 'UTC'), p."cluster", s."cluster", count(*)
    FROM "DecisionStep" s CROSS JOIN LATERAL (
      SELECT q."cluster" FROM "DecisionStep" q
      WHERE q."agentId" = s."agentId" AND q."traceId" = s."traceId" AND q."seq" < s."seq"
        AND q."cluster" IS NOT NULL AND q."outcome" <> 'deny' AND q."at" > s."at" - make_interval(hours => ${TRACE_HOURS}::int)
      ORDER BY q."seq" DESC LIMIT 1) p
    WHERE s."seq" >= ${from} AND s."seq" < ${to} AND s."traceId" IS NOT NULL
      AND s."cluster" IS NOT NULL AND s."outcome" <> 'deny' GROUP BY 1, 2, 3, 4
    ON CONFLICT ("agentId", "hour", "from", "to") DO UPDATE SET "steps" = h."steps" + excluded."steps"`;
}

const STEP_DAYS = 45;
const SPAN_DAYS = 45;

/** Deletes steps and spans that no signal and no chart reads any more; rollups stay. */
export async function pruneBehaviour(now: Date): Promise<{ steps: number; spans: number }> {
  const before = (days: number) => new Date(now.getTime() - days * 86_400_000);
  const steps = await db.decisionStep.deleteMany({ where: { at: { lt: before(STEP_DAYS) } } });
  const spans = await db.traceSpan.deleteMany({ where: { receivedAt: { lt: before(SPAN_DAYS) } } });
  return { steps: steps.count, spans: spans.count };
}
