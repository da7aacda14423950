import type { IncomingMessage, ServerResponse } from "node:http";
import type { FieldProblem } from "@/lib/domain/errors";

/** What is wrong with a request, as problem details (RFC 9457). Safe to show. */
export class HttpProblem extends Error {
  override readonly name = "HttpProblem";
  readonly status: number;
  readonly fields: readonly FieldProblem[];
  readonly headers: Readonly<Record<string, string>>;
  /** a reason code, where there is one */
  readonly code: string | null;

  constructor(
    status: number,
    detail: string,
    more: {
      readonly fields?: readonly FieldProblem[];
      readonly headers?: Readonly<Record<string, string>>;
      readonly code?: string;
      readonly cause?: unknown;
    } = {},
  ) {
    super(detail, { cause: more.cause });
    this.status = status;
    this.fields = more.fields ?? [];
    this.headers = more.headers ?? {};
    this.code = more.code ?? null;
  }
}

const TITLE: Readonly<Record<number, string>> = {
  400: "Bad request",
  401: "Not authenticated",
  404: "Not found",
  405: "Method not allowed",
  409: "Conflict",
  413: "Body too large",
  415: "Not JSON",
  503: "Unavailable",
};

type Answer = {
  readonly status: number;
  readonly body: unknown;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** Sends JSON. Nothing that the gateway says may be cached unless `headers` say so. */
export function send(response: ServerResponse, { status, body, type, headers }: Answer): void {
  if (response.headersSent || response.destroyed) return;
  const text = JSON.stringify(body);
  response.writeHead(status, {
    "content-type": type ?? "application/json",
    "content-length": Buffer.byteLength(text),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    ...headers,
  });
  response.end(text);
}

export function badRequest(detail: string, cause: unknown): HttpProblem {
  return new HttpProblem(400, detail, { cause });
}

export function sendProblem(response: ServerResponse, problem: HttpProblem): void {
  send(response, {
    status: problem.status,
    type: "application/problem+json",
    headers: problem.headers,
    body: {
      type: "about:blank",
      title: TITLE[problem.status] ?? "Error",
      status: problem.status,
      detail: problem.message,
      ...(problem.code === null ? {} : { reason_code: problem.code }),
      ...(problem.fields.length > 0 ? { errors: problem.fields } : {}),
    },
  });
}

const BODY_MAX_BYTES = 64 * 1024;
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The body of a JSON request as text. Throws HttpProblem: 415, 413 (as soon as it is known), 400 for bad UTF-8. */
export async function readJsonText(request: IncomingMessage): Promise<string> {
  const type = request.headers["content-type"] ?? "";
  if (!/^application\/json\s*(?:;|$)/i.test(type)) {
    throw new HttpProblem(415, "send `content-type: application/json`");
  }
  const bytes = await readBytes(request);
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw badRequest("the body is not UTF-8", cause);
  }
}

/**
 * What comes beyond the limit is thrown away as it arrives, until the server's time-out: a client that is cut off in
 * the middle of its upload would never see the answer.
 */
export function readBytes(request: IncomingMessage, most = BODY_MAX_BYTES): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = Number(request.headers["content-length"] ?? 0);
    const refuse = () => {
      request.removeAllListeners("data").resume();
      reject(new HttpProblem(413, `the body may have ${most} bytes at most`));
    };
    if (size > most) return refuse();
    size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > most) refuse();
      else chunks.push(chunk);
    });
    request.on("end", () => resolve(Buffer.concat(chunks)));
    request.on("error", reject);
  });
}

/** AuthZEN 1.0 §10.1.3: echoed where it is sent, if it is harmless. */
export function echoRequestId(request: IncomingMessage, response: ServerResponse): void {
  const id = request.headers["x-request-id"];
  if (typeof id === "string" && /^[\x21-\x7e]{1,128}$/.test(id)) {
    response.setHeader("x-request-id", id);
  }
}
