import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { parseStrictJson } from "@/lib/domain/crypto/canonical-json";
import { AppError } from "@/lib/domain/errors";
import { spansFromJson } from "@/lib/domain/trace/otlp-json";
import { spansFromProtobuf } from "@/lib/domain/trace/otlp-protobuf";
import { type AgentSpan, type OtlpSpan, readAgentSpan } from "@/lib/domain/trace/span";
import { storeSpans } from "@/lib/server/behaviour/store-spans";
import type { Gateway } from "./gateway";
import { badRequest, HttpProblem, readBytes, send } from "./http";
import { telemetryAgent } from "./telemetry-token";

const SENT_MAX_BYTES = 1024 * 1024;
const INFLATED_MAX_BYTES = 4 * 1024 * 1024;
const PROTOBUF = "application/x-protobuf";
const JSON_TYPE = "application/json";
const inflate = promisify(gunzip);

/**
 * POST /v1/traces: OTLP/HTTP (opentelemetry.io/docs/specs/otlp), protobuf or JSON, plain or gzip. Spans by the GenAI
 * conventions are kept; others are taken and forgotten. `Authorization: Bearer` with a telemetry token says whose they are.
 */
export async function takeTraces(
  gateway: Gateway,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const type = (request.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase();
  if (type !== PROTOBUF && type !== JSON_TYPE) {
    throw new HttpProblem(415, `send ${PROTOBUF} or ${JSON_TYPE}`);
  }
  const at = new Date();
  const agentId = telemetryAgent(gateway, request, at.getTime());
  if (agentId === null) {
    gateway.tally.count("telemetry_token_invalid");
    throw new HttpProblem(401, "a telemetry token is needed: GET /agent/v1/telemetry-token", {
      headers: { "www-authenticate": 'Bearer error="invalid_token"' },
      code: "telemetry_token_invalid",
    });
  }
  const body = await inflated(request, await readBytes(request, SENT_MAX_BYTES));
  const read = parse(body, type).map(readAgentSpan);
  const spans = read.filter((span): span is AgentSpan => span !== null && span !== "malformed");
  await stored(gateway, { agentId, spans, at });
  answer(response, type, read.length - read.filter((span) => span !== "malformed").length);
}

async function inflated(request: IncomingMessage, body: Buffer): Promise<Buffer> {
  const encoding = request.headers["content-encoding"] ?? "identity";
  if (encoding === "identity") return body;
  if (encoding !== "gzip") throw new HttpProblem(415, "`gzip` is the only content encoding");
  try {
    return await inflate(body, { maxOutputLength: INFLATED_MAX_BYTES });
  } catch (cause) {
    throw badRequest("the body is not gzip, or too large when it is inflated", cause);
  }
}

function parse(body: Buffer, type: string): readonly OtlpSpan[] {
  try {
    return type === PROTOBUF
      ? spansFromProtobuf(body)
      : spansFromJson(parseStrictJson(body.toString("utf8")));
  } catch (error) {
    if (error instanceof AppError) throw badRequest(error.message, error);
    throw error;
  }
}

async function stored(
  gateway: Gateway,
  handed: {
    readonly agentId: string;
    readonly spans: readonly AgentSpan[];
    readonly at: Date;
  },
): Promise<void> {
  try {
    await gateway.withDatabase((query) => storeSpans(query, handed));
  } catch (cause) {
    throw comeAgain(cause);
  }
}

/** Exporters keep what they have, and come again after the pause. */
const comeAgain = (cause: unknown): HttpProblem =>
  new HttpProblem(503, "spans can't be kept at the moment", {
    headers: { "retry-after": "5" },
    cause,
  });

const REJECTED = "ids or times of some spans are wrong";

/** ExportTraceServiceResponse; `partial_success` where something was left out. */
function answer(response: ServerResponse, type: string, rejected: number): void {
  if (type === JSON_TYPE) {
    const partial = { partialSuccess: { rejectedSpans: String(rejected), errorMessage: REJECTED } };
    send(response, { status: 200, body: rejected === 0 ? {} : partial });
    return;
  }
  const message = Buffer.from(REJECTED);
  // partial_success = 1 { rejected_spans = 1 (varint), error_message = 2 }
  const inner = Buffer.concat([
    Buffer.from([0x08, ...varint(rejected), 0x12, message.length]),
    message,
  ]);
  const body = rejected === 0 ? Buffer.alloc(0) : Buffer.from([0x0a, inner.length, ...inner]);
  response.writeHead(200, { "content-type": PROTOBUF, "content-length": body.length });
  response.end(body);
}

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(Math.floor(value / 0x80))];
}
