import { db, type Tx } from "../db";
import { foreseen } from "../foreseen";
import { append, lockLedger, type Query, type Recorded } from "./append";

export type Outcome<Value> = {
  readonly value: Value;
  /** at least one: a change that leaves no trace does not compile */
  readonly events: readonly [Recorded, ...Recorded[]];
};

const WAIT_MS = 15_000;
const WORK_MS = 60_000;

/**
 * Runs `work` and records its events, or does neither.
 *
 * The lock is taken before `work` reads anything, so that the ledger's order is the order in which
 * things were really decided: an allow can never stand after a containment that it did not see.
 * `seq` is the position that the first returned event will get.
 */
export async function ledgerTransaction<Value>(
  stamp: { readonly personId: string | null; readonly now: Date },
  work: (tx: Tx, seq: bigint) => Promise<Outcome<Value>>,
): Promise<Value> {
  try {
    return await db.$transaction(
      async (tx) => {
        const query: Query = (sql, values) => tx.$queryRawUnsafe(sql, ...values);
        const first = await lockLedger(query);
        const { value, events } = await work(tx, first);
        await append(
          query,
          first,
          events.map((record) => ({ ...record, at: stamp.now, personId: stamp.personId })),
        );
        return value;
      },
      { maxWait: WAIT_MS, timeout: WORK_MS },
    );
  } catch (error) {
    throw foreseen(error);
  }
}
