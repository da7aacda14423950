import { z } from "zod";
import { BUDGET_REASONS, DENIED_PROOFS } from "@/lib/domain/containment/triggers";
import { db, type Tx } from "../db";

/** How far back the rules look for denials and used-up budgets; a worker that was away for longer starts afresh. */
const LOOK_BACK_MS = 10 * 60_000;

/** A refused request that a rule counts. */
type Refused = { readonly seq: bigint; readonly at: Date; readonly jkt: string | null };

/** A signal of the newest assessment, with the requests that made it. */
type Signalled = {
  readonly signal: string;
  readonly value: number;
  readonly seqs: readonly number[];
};

/** What the ledger and the newest score say of an agent. All of it is read before the ledger lock is taken. */
export type Observed = {
  /** position of the last entry by which a person lifted a containment: what came before has had a person's answer */
  readonly liftedSeq: bigint | null;
  /** the newest containment as it was, so that it can be seen under the lock whether it still is */
  readonly standing: string;
  readonly deniedProofs: readonly Refused[];
  readonly overBudget: readonly Refused[];
  readonly signals: readonly Signalled[];
};

type Row = {
  readonly seq: bigint;
  readonly at: Date;
  readonly reason: string;
  readonly jkt: string | null;
};

export async function observe(agentId: string, now: Date): Promise<Observed> {
  const since = new Date(now.getTime() - LOOK_BACK_MS);
  const reasons = [...DENIED_PROOFS, ...BUDGET_REASONS];
  const [rows, newest, lifts, standing] = await Promise.all([
    // Simulated requests have no proof that could be denied, and their budgets are those of another time.
    db.$queryRaw<Row[]>`
      SELECT e."seq", e."at", e."reason", d."detail"->>'jkt' AS jkt
        FROM "LedgerEntry" e LEFT JOIN "LedgerDetail" d ON d."seq" = e."seq"
       WHERE e."agentId" = ${agentId} AND e."kind" = 'decision' AND e."at" > ${since}
         AND e."reason" = ANY(${reasons}::text[])
         AND (e."canonical"::jsonb->>'simulated')::boolean IS NOT TRUE
       ORDER BY e."seq"`,
    db.assessment.findUnique({ where: { agentId } }),
    db.ledgerEntry.aggregate({
      where: { agentId, kind: "containment.lifted" },
      _max: { seq: true },
    }),
    standingContainment(db, agentId),
  ]);
  const proofs: readonly string[] = DENIED_PROOFS;
  return {
    liftedSeq: lifts._max.seq,
    standing,
    deniedProofs: rows.filter(({ reason }) => proofs.includes(reason)),
    overBudget: rows.filter(({ reason }) => !proofs.includes(reason)),
    signals: newest === null ? [] : signalsOf(newest),
  };
}

/** The agent's newest containment in a form to compare. */
export async function standingContainment(
  reader: Pick<Tx, "containment">,
  agentId: string,
): Promise<string> {
  const newest = await reader.containment.findFirst({
    where: { agentId },
    orderBy: { appliedSeq: "desc" },
  });
  return newest === null ? "" : `${newest.id} ${newest.liftedSeq ?? ""}`;
}

/** A signal as it was measured (lib/domain/behaviour/signal.ts), as far as a rule looks at it. */
const Measured = z.array(
  z.object({
    signal: z.string(),
    value: z.number(),
    evidence: z.object({ seqs: z.array(z.number()) }),
  }),
);

/** A factor of the score; without points after what a person has explained, it is answered for. */
const Answered = z.array(
  z.object({ signal: z.string(), explained: z.boolean(), adjustedPoints: z.number() }),
);

function signalsOf(stored: {
  readonly signals: unknown;
  readonly factors: unknown;
}): readonly Signalled[] {
  const measured = Measured.safeParse(stored.signals);
  if (!measured.success) return [];
  const factors = Answered.safeParse(stored.factors).data ?? [];
  const isExplained = (name: string) =>
    factors.some((one) => one.signal === name && one.explained && one.adjustedPoints === 0);
  return measured.data
    .filter(({ signal }) => !isExplained(signal))
    .map(({ signal, value, evidence }) => ({ signal, value, seqs: evidence.seqs }));
}

/** Agents of which an entry from `from` on says something that a rule looks at: a denial, a used-up budget, a new score. */
export async function agentsToLookAt(from: bigint): Promise<readonly string[]> {
  const reasons = [...DENIED_PROOFS, ...BUDGET_REASONS];
  const rows = await db.$queryRaw<{ agentId: string }[]>`
    SELECT DISTINCT "agentId" FROM "LedgerEntry"
     WHERE "seq" >= ${from} AND "agentId" IS NOT NULL
       AND ("kind" = 'risk.rescored' OR ("kind" = 'decision' AND "reason" = ANY(${reasons}::text[])))`;
  return rows.map(({ agentId }) => agentId);
}

/** The ledger's next position. */
export async function nextPosition(): Promise<bigint> {
  const { _max } = await db.ledgerEntry.aggregate({ _max: { seq: true } });
  return (_max.seq ?? -1n) + 1n;
}
