import {
  type Decision,
  Denied,
  type Intent,
  Malformed,
  member,
  type NotAllowed,
  objectionOf,
  readDecision,
  text,
  Unavailable,
} from "./decision";
import { type AgentKey, makeProof, readKey } from "./proof";

export type AgentOptions = {
  /** the gateway's address, e.g. `https://gateway.bank.example` */
  readonly gatewayUrl: string;
  /** the agent's Ed25519 key: a JWK with `d`, or a CryptoKey that may sign */
  readonly privateKey: CryptoKey | JsonWebKey;
  /** needed with a CryptoKey, which doesn't tell its public half */
  readonly publicJwk?: JsonWebKey;
  /** a request that takes longer counts as unanswered; 10 s */
  readonly timeoutMs?: number;
  /** replaces the global `fetch` */
  readonly fetch?: typeof fetch;
};

type WaitOptions = {
  /** how long to wait for people in all; one hour */
  readonly timeoutMs?: number;
  /** pauses grow up to this; one minute */
  readonly longestPauseMs?: number;
  readonly signal?: AbortSignal;
  /** called with each answer */
  readonly onAnswer?: (decision: Decision) => void;
};

export type Agent = {
  /** The current manifest token; fetched once and again when it is superseded or over. Throws Denied, Unavailable. */
  readonly token: () => Promise<string>;
  /** This agent's id, as its token says. */
  readonly agentId: () => Promise<string>;
  /** Asks for one step. Answers whatever the decision is; throws Unavailable or Malformed where there is none. */
  readonly ask: (intent: Intent) => Promise<Decision>;
  /** Asks, and runs `act` only if it was allowed. Throws Denied, Held, Blocked, Unavailable, Malformed. */
  readonly guard: <T>(intent: Intent, act: (decision: Decision) => Promise<T> | T) => Promise<T>;
  /**
   * Asks again, more and more slowly, until a held or blocked request is allowed. Throws Held or Blocked when the time
   * is up or a person has said no, Denied when it is refused for good.
   */
  readonly waitFor: (decision: Decision, options?: WaitOptions) => Promise<Decision>;
  /**
   * Tells what an allowed act came to, so that a turn after a failure can be seen. The same may be told twice, something
   * else may not. Throws Denied, Unavailable, Malformed; the act itself is done either way.
   */
  readonly reportOutcome: (decision: Decision, outcome: ActOutcome) => Promise<void>;
  /** What an OpenTelemetry exporter needs to hand in this agent's spans, for 30 days. Throws Denied, Unavailable. */
  readonly telemetry: () => Promise<Telemetry>;
};

type Telemetry = {
  /** for `Authorization: Bearer` */
  readonly token: string;
  /** for OTEL_EXPORTER_OTLP_TRACES_ENDPOINT */
  readonly endpoint: string;
  readonly expiresAt: Date;
};

/** How an act ended. */
type ActOutcome = {
  /** `ambiguous`: it can't be told whether it worked, e.g. after a time-out */
  readonly status: "success" | "error" | "ambiguous";
  /** a code such as `timeout` or `http.409`, never words */
  readonly errorClass?: string;
  /** how many records were really touched */
  readonly records?: number;
  /** how many bytes were moved */
  readonly bytes?: number;
};

const TIMEOUT_MS = 10_000;
const WAIT_MS = 3_600_000;
const FIRST_PAUSE_MS = 5000;
const LONGEST_PAUSE_MS = 60_000;
const SLOWER = 1.5;
/** Reasons after which another token may do. */
const TOKEN_REASONS = new Set([
  "manifest_superseded",
  "manifest_revoked",
  "token_expired",
  "token_malformed",
  "token_signature_invalid",
]);

/** A client of the gateway for one agent. Runs wherever there is `fetch` and WebCrypto with Ed25519; no dependencies. */
export async function createAgent(options: AgentOptions): Promise<Agent> {
  const key = await readKey(options.privateKey, options.publicJwk);
  const session = new Session(options, key);
  const ask = (intent: Intent) => session.ask(intent);
  return {
    token: () => session.token(),
    agentId: () => session.agentId(),
    ask,
    async guard(intent, act) {
      const decision = await ask(intent);
      const objection = objectionOf(decision);
      if (objection) throw objection;
      return await act(decision);
    },
    waitFor: (decision, wait = {}) => waitFor(ask, decision, wait),
    reportOutcome: (decision, outcome) => session.reportOutcome(decision, outcome),
    telemetry: () => session.telemetry(),
  };
}

class Session {
  readonly #options: AgentOptions;
  readonly #key: AgentKey;
  readonly #base: string;
  #token: Promise<string> | null = null;

  constructor(options: AgentOptions, key: AgentKey) {
    this.#options = options;
    this.#key = key;
    this.#base = options.gatewayUrl.replace(/\/+$/, "");
  }

  token(): Promise<string> {
    if (this.#token === null) {
      const token = this.#fetchToken();
      this.#token = token;
      // A failure is not kept.
      token.catch(() => {
        if (this.#token === token) this.#token = null;
      });
    }
    return this.#token;
  }

  async agentId(): Promise<string> {
    const [, payload = ""] = (await this.token()).split(".");
    const claims: unknown = JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/")));
    const id = text(claims, "sub");
    if (id === null) throw new Unavailable("the manifest token names no agent");
    return id;
  }

  async ask(intent: Intent): Promise<Decision> {
    const token = await this.token();
    const decision = await this.#askWith(token, intent);
    if (!TOKEN_REASONS.has(decision.reasonCode)) return decision;
    this.#token = null;
    const next = await this.token();
    return next === token ? decision : this.#askWith(next, intent);
  }

  async #askWith(token: string, intent: Intent): Promise<Decision> {
    const subject = intent.subject ?? { type: "agent" as const, id: await this.agentId() };
    const { action, resource, context } = intent;
    const body = { subject, action, resource, context };
    const url = `${this.#base}/access/v1/evaluation`;
    const proof = await makeProof(this.#key, { method: "POST", url, token, body });
    const { status, json } = await this.#send(url, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `DPoP ${token}`, dpop: proof },
      body: JSON.stringify(body),
    });
    const decision = readDecision(intent, status, json);
    if (decision === null || status >= 500) throw failure(status, json);
    return decision;
  }

  async reportOutcome({ seq }: Decision, outcome: ActOutcome): Promise<void> {
    if (seq === null) throw new Malformed("this decision stands in no ledger");
    const body = { decision: seq, ...outcome };
    const token = await this.token();
    const first = await this.#reportWith(token, body);
    if (isReported(first)) return;
    const reasonCode = text(first.json, "reason_code");
    if (reasonCode === null || !TOKEN_REASONS.has(reasonCode))
      throw failure(first.status, first.json);
    this.#token = null;
    const second = await this.#reportWith(await this.token(), body);
    if (!isReported(second)) throw failure(second.status, second.json);
  }

  async #reportWith(
    token: string,
    body: { readonly decision: number } & ActOutcome,
  ): Promise<Reply> {
    const url = `${this.#base}/access/v1/outcome`;
    const proof = await makeProof(this.#key, { method: "POST", url, token, body });
    return this.#send(url, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `DPoP ${token}`, dpop: proof },
      body: JSON.stringify(body),
    });
  }

  async telemetry(): Promise<Telemetry> {
    const url = `${this.#base}/agent/v1/telemetry-token`;
    const proof = await makeProof(this.#key, { method: "GET", url });
    const { status, json } = await this.#send(url, { method: "GET", headers: { dpop: proof } });
    const [token, endpoint] = [text(json, "token"), text(json, "endpoint")];
    const expiresAt = new Date(text(json, "expires_at") ?? "");
    if (
      status !== 200 ||
      token === null ||
      endpoint === null ||
      Number.isNaN(expiresAt.getTime())
    ) {
      throw failure(status, json);
    }
    return { token, endpoint, expiresAt };
  }

  async #fetchToken(): Promise<string> {
    const url = `${this.#base}/agent/v1/manifest-token`;
    const proof = await makeProof(this.#key, { method: "GET", url });
    const { status, json } = await this.#send(url, { method: "GET", headers: { dpop: proof } });
    const token = text(json, "token");
    if (status !== 200 || token === null) throw failure(status, json);
    return token;
  }

  async #send(url: string, init: RequestInit): Promise<Reply> {
    const send = this.#options.fetch ?? fetch;
    const signal = AbortSignal.timeout(this.#options.timeoutMs ?? TIMEOUT_MS);
    try {
      const response = await send(url, { ...init, signal, redirect: "error" });
      return { status: response.status, json: await response.json() };
    } catch (cause) {
      throw new Unavailable("the gateway did not answer", { cause });
    }
  }
}

type Reply = { readonly status: number; readonly json: unknown };

const isReported = ({ status }: Reply): boolean => status === 200 || status === 201;

/** Why an answer that is no decision permits nothing. */
function failure(status: number, body: unknown): NotAllowed {
  const said = text(body, "detail") ?? text(member(body, "context"), "reason");
  const detail = said ?? `the gateway answered ${status}`;
  if (status === 400 || status === 413 || status === 415) return new Malformed(detail);
  const reasonCode = text(body, "reason_code");
  const refused = reasonCode !== null && status < 500;
  return refused ? new Denied(detail, { reasonCode }) : new Unavailable(detail);
}

async function waitFor(
  ask: (intent: Intent) => Promise<Decision>,
  first: Decision,
  { timeoutMs = WAIT_MS, longestPauseMs = LONGEST_PAUSE_MS, signal, onAnswer }: WaitOptions,
): Promise<Decision> {
  const until = Date.now() + timeoutMs;
  let decision = first;
  const told = first.review?.retryAfterSeconds;
  let pause = Math.min(longestPauseMs, told ? told * 1000 : FIRST_PAUSE_MS);
  for (;;) {
    const objection = objectionOf(decision);
    if (objection === null) return decision;
    const over = Date.now() + pause > until;
    if (decision.outcome === "deny" || decision.review?.state !== "open" || over) throw objection;
    await sleep(pause, signal);
    pause = Math.min(longestPauseMs, pause * SLOWER);
    try {
      decision = await ask(first.intent);
      onAnswer?.(decision);
    } catch (error) {
      // A gateway that restarts is no answer: keep waiting, within the time.
      if (!(error instanceof Unavailable)) throw error;
    }
  }
}

function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const end = () => {
      signal?.removeEventListener("abort", abort);
      resolve();
    };
    const timer = setTimeout(end, ms);
    const abort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    signal?.addEventListener("abort", abort, { once: true });
  });
}
