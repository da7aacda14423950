import pg from "pg";
import { LISTEN_FOR_CHANGES, queryOf } from "@/lib/server/decision/decide";
import { forgetProofs } from "@/lib/server/decision/facts";
import { type DecisionState, readMoment } from "@/lib/server/decision/state";
import { log } from "@/lib/server/log";

const POLL_MS = 1000;
const RECONNECT_MS = 500;
const FORGET_MS = 30_000;
/** Silent for so long, the database counts as lost and every request is refused. */
const SILENCE_MAX_MS = 5000;

/**
 * Keeps the state fresh: a notification brings a change within milliseconds, a poll each second stands behind it.
 * Decisions don't rely on it (they compare the epoch under the ledger lock); what it spares them is the reading.
 */
export class StateFeed {
  readonly #url: string;
  readonly #state: DecisionState;
  #heardAt = Number.NEGATIVE_INFINITY;
  #client: pg.Client | null = null;
  #stopped: boolean = false;
  #forgotAt = 0;
  /** a change was announced that has not been read yet */
  #news: boolean = false;
  #endPause: () => void = () => undefined;
  #loop: Promise<void> = Promise.resolve();

  constructor(url: string, state: DecisionState) {
    this.#url = url;
    this.#state = state;
  }

  start(): void {
    this.#loop = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#wake();
    await this.#loop;
  }

  /** The database has just answered. */
  heard = (): void => {
    this.#heardAt = performance.now();
  };

  /** Has the database answered lately, so that what is in memory may be acted on? */
  isFresh(): boolean {
    return performance.now() - this.#heardAt < SILENCE_MAX_MS;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      try {
        const client = await this.#connect();
        this.#news = false;
        await this.#read(client);
        await this.#forget(client);
        await this.#pause(POLL_MS);
      } catch (err) {
        log.warn({ err }, "the database does not answer");
        await this.#drop();
        this.#news = false;
        await this.#pause(RECONNECT_MS);
      }
    }
    await this.#drop();
  }

  /** Ends early on news, also on news that came before the pause. */
  async #pause(ms: number): Promise<void> {
    if (this.#news || this.#stopped) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #wake = (): void => {
    this.#news = true;
    this.#endPause();
  };

  async #connect(): Promise<pg.Client> {
    if (this.#client) return this.#client;
    const client = new pg.Client({
      connectionString: this.#url,
      connectionTimeoutMillis: 2000,
      query_timeout: 3000,
      application_name: "countersign-gateway-state",
    });
    this.#client = client;
    client.on("error", this.#wake);
    client.on("notification", this.#wake);
    await client.connect();
    await client.query(LISTEN_FOR_CHANGES);
    return client;
  }

  async #drop(): Promise<void> {
    const client = this.#client;
    this.#client = null;
    client?.removeAllListeners("notification");
    if (!client) return;
    // A connection that hangs must not hang us: it is left to its time-out.
    const bye = client.end().catch(() => undefined);
    await Promise.race([bye, new Promise((resolve) => setTimeout(resolve, 1000).unref())]);
  }

  async #read(client: pg.Client): Promise<void> {
    const query = queryOf(client);
    // One snapshot, so that what is read belongs to the epoch that is read.
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    await this.#state.refresh(query, await readMoment(query));
    await client.query("COMMIT");
    this.heard();
  }

  async #forget(client: pg.Client): Promise<void> {
    const now = Date.now();
    if (now - this.#forgotAt < FORGET_MS) return;
    this.#forgotAt = now;
    await forgetProofs(queryOf(client), new Date(now));
  }
}
