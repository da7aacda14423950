import type pg from "pg";
import {
  type OutcomeAnswer,
  type OutcomeItem,
  recordOutcomes,
} from "@/lib/server/decision/record-outcomes";
import { log } from "@/lib/server/log";
import { LedgerUnavailable } from "./group-commit";

const BATCH_MAX = 256;
/** Who comes later is told to come again: decisions wait for the same lock, and go first. */
const QUEUE_MAX = 1024;

type Waiting = {
  readonly item: OutcomeItem;
  readonly resolve: (answer: OutcomeAnswer) => void;
  readonly reject: (error: Error) => void;
};

/** Records the reports that came in while the previous transaction ran as one group, so that they rarely hold the ledger's lock. */
export class OutcomeCommit {
  readonly #pool: pg.Pool;
  readonly #queue: Waiting[] = [];
  #running: Promise<void> | null = null;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** Resolves once the report is committed or refused. Rejects with LedgerUnavailable: report again then. */
  submit(item: OutcomeItem): Promise<OutcomeAnswer> {
    if (this.#queue.length >= QUEUE_MAX) {
      return Promise.reject(new LedgerUnavailable("too many reports wait already"));
    }
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
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#queue.length > 0) await this.#commit(this.#queue.splice(0, BATCH_MAX));
    this.#running = null;
  }

  async #commit(batch: readonly Waiting[]): Promise<void> {
    try {
      const answers = await this.#record(batch.map(({ item }) => item));
      batch.forEach(({ resolve, reject }, index) => {
        const answer = answers[index];
        if (answer) resolve(answer);
        else reject(new LedgerUnavailable("no answer was made"));
      });
    } catch (cause) {
      log.error({ err: cause, size: batch.length }, "outcomes could not be recorded");
      for (const { reject } of batch) {
        reject(new LedgerUnavailable("the ledger can't be written", { cause }));
      }
    }
  }

  async #record(items: readonly OutcomeItem[]): Promise<readonly OutcomeAnswer[]> {
    const client = await this.#pool.connect();
    let failed = true;
    try {
      const answers = await recordOutcomes(client, items);
      failed = false;
      return answers;
    } finally {
      client.release(failed);
    }
  }
}
