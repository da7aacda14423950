import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { log } from "@/lib/server/log";
import { UNAVAILABLE } from "./answer";
import { evaluate } from "./evaluation";
import {
  EVALUATION_PATH,
  type Gateway,
  OUTCOME_PATH,
  TELEMETRY_TOKEN_PATH,
  TOKEN_PATH,
  TRACES_PATH,
} from "./gateway";
import { echoRequestId, HttpProblem, send, sendProblem } from "./http";
import { issueToken } from "./issue-token";
import { takeOutcome } from "./outcome";
import { issueTelemetryToken } from "./telemetry-token";
import { takeTraces } from "./traces";

const NOT_READY = { status: 503, body: { status: "no database" }, headers: { "retry-after": "1" } };

type Handler = (
  gateway: Gateway,
  request: IncomingMessage,
  response: ServerResponse,
) => Promise<void> | void;

/** A manifest token rides in a header: some kilobytes where the manifest names many actions and types. */
const HEADERS_MAX_BYTES = 64 * 1024;

const ROUTES: Readonly<Record<string, { readonly method: string; readonly handle: Handler }>> = {
  [EVALUATION_PATH]: { method: "POST", handle: evaluate },
  [OUTCOME_PATH]: { method: "POST", handle: takeOutcome },
  [TRACES_PATH]: { method: "POST", handle: takeTraces },
  [TELEMETRY_TOKEN_PATH]: { method: "GET", handle: issueTelemetryToken },
  [TOKEN_PATH]: { method: "GET", handle: issueToken },
  "/.well-known/authzen-configuration": { method: "GET", handle: metadata },
  "/.well-known/jwks.json": { method: "GET", handle: keys },
  "/healthz": { method: "GET", handle: (_, __, response) => ok(response) },
  "/readyz": { method: "GET", handle: ready },
};

/** The HTTP server of a gateway. It never answers 500 to bad input: what is wrong is said as problem details (RFC 9457). */
export function createGatewayServer(gateway: Gateway): Server {
  const server = createServer(
    {
      maxHeaderSize: HEADERS_MAX_BYTES,
      // Slow senders are cut off (408) by the checks below.
      headersTimeout: 5000,
      requestTimeout: 10_000,
      connectionsCheckingInterval: 1000,
      keepAliveTimeout: 30_000,
    },
    (request, response) => {
      void route(gateway, request, response);
    },
  );
  server.maxHeadersCount = 64;
  server.maxConnections = 4096;
  return server;
}

async function route(
  gateway: Gateway,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  echoRequestId(request, response);
  try {
    const path = (request.url ?? "").split("?")[0] ?? "";
    const found = Object.hasOwn(ROUTES, path) ? ROUTES[path] : undefined;
    if (!found) throw new HttpProblem(404, "there is nothing here");
    if (request.method !== found.method) {
      throw new HttpProblem(405, `use ${found.method}`, { headers: { allow: found.method } });
    }
    await found.handle(gateway, request, response);
  } catch (error) {
    if (error instanceof HttpProblem) return sendProblem(response, error);
    if (request.destroyed && !request.complete) return;
    // A surprise, or no database: either way nobody was allowed anything.
    log.error({ err: error }, "a request could not be answered");
    send(response, UNAVAILABLE);
  }
}

function ok(response: ServerResponse): void {
  send(response, { status: 200, body: { status: "ok" } });
}

/** Ready: the database was heard of lately. */
function ready(gateway: Gateway, _: IncomingMessage, response: ServerResponse): void {
  if (gateway.feed.isFresh()) ok(response);
  else send(response, NOT_READY);
}

/** AuthZEN 1.0 §9: what this decision point offers. */
function metadata(gateway: Gateway, _: IncomingMessage, response: ServerResponse): void {
  send(response, {
    status: 200,
    headers: { "cache-control": "public, max-age=300" },
    body: {
      policy_decision_point: gateway.publicUrl,
      access_evaluation_endpoint: gateway.evaluationUrl,
    },
  });
}

/** RFC 7517: the key that manifest tokens are signed with. */
function keys(gateway: Gateway, _: IncomingMessage, response: ServerResponse): void {
  const { publicJwk, kid } = gateway.tokenKey;
  send(response, {
    status: 200,
    type: "application/jwk-set+json",
    headers: { "cache-control": "public, max-age=300" },
    body: { keys: [{ ...publicJwk, kid, alg: "EdDSA", use: "sig" }] },
  });
}
