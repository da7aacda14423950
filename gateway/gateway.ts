import pg from "pg";
import { queryOf } from "@/lib/server/decision/decide";
import { type CurrentToken, currentToken } from "@/lib/server/decision/queries";
import { DecisionState } from "@/lib/server/decision/state";
import type { SigningKey } from "@/lib/server/keys";
import type { Query } from "@/lib/server/ledger/append";
import { log } from "@/lib/server/log";
import { GroupCommit } from "./group-commit";
import { ManifestTokens } from "./manifest-tokens";
import { OutcomeCommit } from "./outcome-commit";
import { RefusalLimit } from "./refusal-limit";
import { StateFeed } from "./state-feed";
import { Tally } from "./tally";

export const EVALUATION_PATH = "/access/v1/evaluation";
export const OUTCOME_PATH = "/access/v1/outcome";
export const TRACES_PATH = "/v1/traces";
export const TELEMETRY_TOKEN_PATH = "/agent/v1/telemetry-token";
export const TOKEN_PATH = "/agent/v1/manifest-token";

type Settings = {
  readonly databaseUrl: string;
  /** the gateway's address as agents know it, without a slash at the end */
  readonly publicUrl: string;
  /** the web application's address */
  readonly webUrl: string;
  readonly tokenKey: SigningKey;
};

/** The parts of a running decision point. */
export type Gateway = {
  readonly publicUrl: string;
  readonly webUrl: string;
  readonly evaluationUrl: string;
  readonly outcomeUrl: string;
  readonly tokenUrl: string;
  readonly tracesUrl: string;
  readonly telemetryTokenUrl: string;
  readonly tokenKey: SigningKey;
  readonly state: DecisionState;
  readonly feed: StateFeed;
  readonly commit: GroupCommit;
  readonly outcomes: OutcomeCommit;
  readonly tokens: ManifestTokens;
  readonly refusals: RefusalLimit;
  readonly tally: Tally;
  /** Throws where the database does not answer. */
  readonly currentToken: (agentId: string, jkt: string) => Promise<CurrentToken | null>;
  /** Runs statements off the path of decisions. Throws where the database does not answer. */
  readonly withDatabase: <T>(work: (query: Query) => Promise<T>) => Promise<T>;
  /** Waits for decisions under way, then lets go of the database. */
  readonly stop: () => Promise<void>;
};

function poolOf(databaseUrl: string, name: string, max: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max,
    application_name: `countersign-gateway-${name}`,
    connectionTimeoutMillis: 2000,
    // A long human command may hold the ledger lock: better to refuse than to wait for ever.
    lock_timeout: 4000,
    statement_timeout: 5000,
    query_timeout: 6000,
    // A gateway that is stopped in mid-transaction must not hold the lock for everyone.
    idle_in_transaction_session_timeout: 5000,
  });
  pool.on("error", (err) => log.warn({ err }, "an idle database connection was lost"));
  // While a connection is in use, whoever uses it hears of its loss from the query that fails.
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

/** Starts to follow the state of the database; works from then on, or refuses while the database can't be reached. */
export function startGateway(settings: Settings): Gateway {
  const { databaseUrl, publicUrl, webUrl, tokenKey } = settings;
  const state = new DecisionState();
  const feed = new StateFeed(databaseUrl, state);
  const writer = poolOf(databaseUrl, "writer", 1);
  const reader = poolOf(databaseUrl, "reader", 2);
  const reporter = poolOf(databaseUrl, "outcomes", 1);
  const commit = new GroupCommit(writer, state, feed.heard);
  const outcomes = new OutcomeCommit(reporter);
  const tally = new Tally();
  feed.start();
  const withDatabase: Gateway["withDatabase"] = async (work) => {
    const client = await reader.connect();
    try {
      return await work(queryOf(client));
    } finally {
      client.release();
    }
  };
  return {
    publicUrl,
    webUrl,
    evaluationUrl: publicUrl + EVALUATION_PATH,
    outcomeUrl: publicUrl + OUTCOME_PATH,
    tokenUrl: publicUrl + TOKEN_PATH,
    tracesUrl: publicUrl + TRACES_PATH,
    telemetryTokenUrl: publicUrl + TELEMETRY_TOKEN_PATH,
    tokenKey,
    state,
    feed,
    commit,
    outcomes,
    tokens: new ManifestTokens(tokenKey, publicUrl),
    refusals: new RefusalLimit(),
    tally,
    withDatabase,
    currentToken: (agentId, jkt) => withDatabase((query) => currentToken(query, agentId, jkt)),
    stop: async () => {
      await Promise.all([commit.drain(), outcomes.drain()]);
      await Promise.all([feed.stop(), writer.end(), reader.end(), reporter.end()]);
      tally.flush();
    },
  };
}
