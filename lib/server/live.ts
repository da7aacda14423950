import pg from "pg";
import { LEDGER_CHANNEL, type LedgerNews, mergeNews, parseNews } from "@/lib/domain/ledger/news";
import { db } from "./db";
import { env } from "./env";
import { log } from "./log";

/** `null`: listening begins now, so look for what came before. */
type Listener = (news: LedgerNews | null) => void;

/** Under load, hundreds of entries a second are one piece of news. */
const GATHER_MS = 300;
const RETRY_FIRST_MS = 500;
const RETRY_MAX_MS = 30_000;

/** One connection that listens for this whole process, while anybody wants to hear. */
class LedgerFeed {
  readonly #listeners = new Set<Listener>();
  #client: pg.Client | null = null;
  /** the connection, from the moment at which it hears */
  #listening: pg.Client | null = null;
  #retryMs = RETRY_FIRST_MS;
  #retry: NodeJS.Timeout | undefined;
  #gathered: LedgerNews | null = null;
  #gathering: NodeJS.Timeout | undefined;

  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    if (this.#listening !== null) queueMicrotask(() => listener(null));
    if (this.#client === null && this.#retry === undefined) void this.#connect();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#stop();
    };
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: env().DATABASE_URL,
      application_name: "countersign-live",
      keepAlive: true,
    });
    this.#client = client;
    client.on("notification", ({ payload }) => this.#hear(parseNews(payload ?? "")));
    client.on("error", () => this.#lost(client));
    client.on("end", () => this.#lost(client));
    try {
      await client.connect();
      await client.query(`LISTEN ${LEDGER_CHANNEL}`);
      if (this.#client !== client) return;
      this.#listening = client;
      this.#retryMs = RETRY_FIRST_MS;
      this.#tell(null);
    } catch (error) {
      log.warn({ err: error }, "live feed could not connect");
      this.#lost(client);
    }
  }

  #lost(client: pg.Client): void {
    if (this.#client !== client) return;
    this.#client = null;
    this.#listening = null;
    client.removeAllListeners();
    // A late error of a connection that is given up must not end the process.
    client.on("error", () => undefined);
    client.end().catch(() => undefined);
    if (this.#listeners.size === 0) return;
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      if (this.#listeners.size > 0) void this.#connect();
    }, this.#retryMs);
    this.#retryMs = Math.min(RETRY_MAX_MS, this.#retryMs * 2);
  }

  #stop(): void {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    clearTimeout(this.#gathering);
    this.#gathering = undefined;
    this.#gathered = null;
    const client = this.#client;
    this.#client = null;
    this.#listening = null;
    client?.removeAllListeners();
    client?.on("error", () => undefined);
    client?.end().catch(() => undefined);
  }

  #hear(news: LedgerNews | null): void {
    if (news === null) return;
    this.#gathered = this.#gathered === null ? news : mergeNews(this.#gathered, news);
    this.#gathering ??= setTimeout(() => {
      const gathered = this.#gathered;
      this.#gathering = undefined;
      this.#gathered = null;
      if (gathered !== null) this.#tell(gathered);
    }, GATHER_MS);
  }

  #tell(news: LedgerNews | null): void {
    for (const listener of this.#listeners) listener(news);
  }
}

// Next's development server loads modules again at each change: one connection serves them all.
const shared = globalThis as typeof globalThis & { countersignLiveFeed?: LedgerFeed };

/** Calls `listener` soon after entries are appended to the ledger, by any process. Returns the way to stop. */
export function onLedgerNews(listener: Listener): () => void {
  shared.countersignLiveFeed ??= new LedgerFeed();
  return shared.countersignLiveFeed.subscribe(listener);
}

/** The ledger's last position; -1 while it is empty. */
export async function newestPosition(): Promise<number> {
  const { _max } = await db.ledgerEntry.aggregate({ _max: { seq: true } });
  return Number(_max.seq ?? -1);
}
