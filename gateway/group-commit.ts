import pg from "pg";
import { decideGroup } from "@/lib/server/decision/decide";
import type { DecisionAnswer, DecisionItem } from "@/lib/server/decision/item";
import type { DecisionState } from "@/lib/server/decision/state";
import { log } from "@/lib/server/log";

const BATCH_MAX = 256;
/** About a second of work: who comes later is told to come again instead of waiting in vain. */
const QUEUE_MAX = 2048;
/** Of the queue, so that one agent in a frenzy does not shut out the others. */
const QUEUE_MAX_PER_AGENT = 256;
/** A request that waited longer is not decided any more: its asker has given up, and its proof grows stale. */
const WAIT_MAX_MS = 5000;

/** The ledger can't be written now, so nothing is allowed. */
export class LedgerUnavailable extends Error {
  override readonly name = "LedgerUnavailable";
}

type Waiting = {
  readonly item: DecisionItem;
  readonly resolve: (answer: DecisionAnswer) => void;
  readonly reject: (error: Error) => void;
};

/**
 * Decides what came in while the previous transaction ran as one group: durability costs one flush for all of
 * them. One group at a time, since the ledger has one lock.
 */
export class GroupCommit {
  readonly #pool: pg.Pool;
  readonly #state: DecisionState;
  readonly #onCommit: () => void;
  readonly #queue: Waiting[] = [];
  readonly #waiting = new Map<string, number>();
  #running: Promise<void> | null = null;

  /** `pool` is this object's alone; `onCommit` is called whenever the database has answered. */
  constructor(pool: pg.Pool, state: DecisionState, onCommit: () => void) {
    this.#pool = pool;
    this.#state = state;
    this.#onCommit = onCommit;
  }

  /** Resolves once the decision is committed. Rejects with LedgerUnavailable: nobody may be told a decision then. */
  submit(item: DecisionItem): Promise<DecisionAnswer> {
    const { agentId } = item;
    const waiting = this.#waiting.get(agentId) ?? 0;
    if (this.#queue.length >= QUEUE_MAX || waiting >= QUEUE_MAX_PER_AGENT) {
      return Promise.reject(new LedgerUnavailable("too many requests wait already"));
    }
    this.#waiting.set(agentId, waiting + 1);
    return new Promise((resolve, reject) => {
      this.#queue.push({ item, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Waits for what was submitted. */
  async drain(): Promise<void> {
    while (this.#running !== null) await this.#running;
  }

  async #run(): Promise<void> {
    // What arrives in this turn of the event loop belongs to the first group.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#queue.length > 0) await this.#commit(this.#take());
    this.#running = null;
  }

  #take(): readonly Waiting[] {
    const taken = this.#queue.splice(0, BATCH_MAX);
    for (const { item } of taken) {
      const left = (this.#waiting.get(item.agentId) ?? 1) - 1;
      if (left > 0) this.#waiting.set(item.agentId, left);
      else this.#waiting.delete(item.agentId);
    }
    return taken;
  }

  async #commit(taken: readonly Waiting[]): Promise<void> {
    const oldest = Date.now() - WAIT_MAX_MS;
    const batch: Waiting[] = [];
    for (const waiting of taken) {
      if (waiting.item.at.getTime() >= oldest) batch.push(waiting);
      else waiting.reject(new LedgerUnavailable("waited too long"));
    }
    try {
      await this.#decide(batch);
    } catch (error) {
      if (batch.length > 1 && !isOutage(error)) {
        // One request that the database refuses must not take the others down with it.
        for (const waiting of batch) await this.#commit([waiting]);
        return;
      }
      log.error({ err: error, size: batch.length }, "decisions could not be recorded");
      for (const { reject } of batch) {
        reject(new LedgerUnavailable("the ledger can't be written", { cause: error }));
      }
    }
  }

  async #decide(batch: readonly Waiting[]): Promise<void> {
    const client = await this.#pool.connect();
    let failed = true;
    try {
      const items = batch.map(({ item }) => item);
      const answers = await decideGroup(client, this.#state, items);
      failed = false;
      this.#onCommit();
      // Committed: only now does anyone hear of it.
      batch.forEach(({ resolve, reject }, index) => {
        const answer = answers[index];
        if (answer) resolve(answer);
        else reject(new LedgerUnavailable("no decision was made"));
      });
    } finally {
      client.release(failed);
    }
  }
}

/** Connection failures, time-outs, shutdown, lack of resources: not the fault of a single request. */
function isOutage(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) {
    return /^(?:08|25|53|55|57|58)/.test(error.code ?? "");
  }
  if (!(error instanceof Error)) return false;
  // Sockets fail with a system code, pg itself with words.
  return "code" in error || /connection|timeout/i.test(error.message);
}
