import type pg from "pg";
import type { OutcomeReport } from "@/lib/domain/behaviour/outcome-report";
import { append, lockLedger, type Query, type Stamped } from "../ledger/append";
import { queryOf } from "./decide";
import { claimProofs, type ProofKey } from "./facts";

/** One report, by the agent that its key shows. */
export type OutcomeItem = {
  readonly agentId: string;
  readonly report: OutcomeReport;
  readonly at: Date;
  /** to remember, so that it is good once; null: simulated by the seed, which has no keys */
  readonly proof: (ProofKey & { readonly expiresAt: number }) | null;
};

/** `seq`: the report's ledger position; `repeated`: it stood there already. */
export type OutcomeAnswer =
  | { readonly kind: "recorded"; readonly seq: bigint; readonly repeated: boolean }
  | { readonly kind: "proof_replayed" }
  /** no such decision, or not about this agent */
  | { readonly kind: "unknown_decision" }
  | { readonly kind: "not_allowed" }
  /** another report about this decision stands in the ledger */
  | { readonly kind: "reported_otherwise" };

/**
 * Records what acts came to, as one transaction under the ledger lock. One report per decision: the same again changes
 * nothing, another is refused. Throws where the database can't answer: nothing is recorded then.
 */
export async function recordOutcomes(
  client: pg.ClientBase,
  items: readonly OutcomeItem[],
): Promise<readonly OutcomeAnswer[]> {
  if (items.length === 0) return [];
  const query = queryOf(client);
  await client.query("BEGIN");
  try {
    const first = await lockLedger(query);
    const proofs = items.flatMap(({ proof }) => proof ?? []);
    const unseen = new Set((await claimProofs(query, proofs)).map(proofName));
    const decided = await readDecisions(query, items);
    const reports: New[] = [];
    const answers = items.map((item) => answerOne(item, { first, unseen, decided, reports }));
    await append(query, first, reports.map(entryOf));
    await insert(query, reports);
    await client.query("COMMIT");
    return answers;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  }
}

type New = OutcomeItem & { readonly seq: bigint };

type Decided = {
  readonly agentId: string | null;
  readonly outcome: string | null;
  report: { readonly seq: bigint; readonly content: string } | null;
};

type Group = {
  readonly first: bigint;
  readonly unseen: Set<string>;
  readonly decided: ReadonlyMap<number, Decided>;
  readonly reports: New[];
};

const proofName = ({ jkt, jti }: ProofKey): string => `${jkt} ${jti}`;

function answerOne(item: OutcomeItem, group: Group): OutcomeAnswer {
  if (item.proof && !group.unseen.delete(proofName(item.proof))) return { kind: "proof_replayed" };
  const decided = group.decided.get(item.report.decision);
  // Whose it is comes first: nobody learns of another agent's decisions here.
  if (decided === undefined || decided.agentId !== item.agentId)
    return { kind: "unknown_decision" };
  if (decided.outcome !== "allow") return { kind: "not_allowed" };
  const content = contentOf(item.report);
  if (decided.report !== null) {
    const { seq } = decided.report;
    return decided.report.content === content
      ? { kind: "recorded", seq, repeated: true }
      : { kind: "reported_otherwise" };
  }
  const seq = group.first + BigInt(group.reports.length);
  group.reports.push({ ...item, seq });
  decided.report = { seq, content };
  return { kind: "recorded", seq, repeated: false };
}

function contentOf(report: Omit<OutcomeReport, "decision">): string {
  const { status, errorClass = null, records = null, bytes = null } = report;
  return JSON.stringify([status, errorClass, records, bytes]);
}

type Row = {
  readonly seq: string;
  readonly agentId: string | null;
  readonly outcome: string | null;
  readonly status: OutcomeReport["status"] | null;
  readonly errorClass: string | null;
  readonly records: number | null;
  readonly bytes: string | null;
  readonly reportSeq: string | null;
};

async function readDecisions(
  query: Query,
  items: readonly OutcomeItem[],
): Promise<ReadonlyMap<number, Decided>> {
  const rows = await query<Row>(
    `SELECT e."seq", e."agentId", e."outcome", o."status", o."errorClass", o."records", o."bytes", o."reportSeq"
       FROM "LedgerEntry" e LEFT JOIN "DecisionOutcome" o ON o."seq" = e."seq"
      WHERE e."seq" = ANY($1::bigint[]) AND e."kind" = 'decision'`,
    [items.map(({ report }) => report.decision)],
  );
  return new Map(rows.map((row) => [Number(row.seq), decidedOf(row)]));
}

function decidedOf({ agentId, outcome, status, reportSeq, ...told }: Row): Decided {
  if (status === null || reportSeq === null) return { agentId, outcome, report: null };
  const { errorClass, records } = told;
  const content = JSON.stringify([
    status,
    errorClass,
    records,
    told.bytes === null ? null : Number(told.bytes),
  ]);
  return { agentId, outcome, report: { seq: BigInt(reportSeq), content } };
}

/** INVARIANT: no free text: the error class is a code. */
function entryOf({ agentId, report, at, proof }: New): Stamped {
  return {
    event: {
      kind: "decision.outcome",
      agentId,
      decision: report.decision,
      status: report.status,
      errorClass: report.errorClass ?? null,
      records: report.records ?? null,
      bytes: report.bytes ?? null,
      simulated: proof === null,
    },
    at,
    personId: null,
  };
}

async function insert(query: Query, reports: readonly New[]): Promise<void> {
  if (reports.length === 0) return;
  await query(
    `INSERT INTO "DecisionOutcome" ("seq", "agentId", "status", "errorClass", "records", "bytes", "at", "reportSeq")
     SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::int[], $6::bigint[], $7::timestamptz[], $8::bigint[])`,
    [
      reports.map(({ report }) => report.decision),
      reports.map(({ agentId }) => agentId),
      reports.map(({ report }) => report.status),
      reports.map(({ report }) => report.errorClass ?? null),
      reports.map(({ report }) => report.records ?? null),
      reports.map(({ report }) => report.bytes ?? null),
      reports.map(({ at }) => at.toISOString()),
      reports.map(({ seq }) => seq.toString()),
    ],
  );
}
