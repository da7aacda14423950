/** An attribute as OTLP carries it, without what we never read. 64-bit integers beyond 2^53 lose precision. */
export type AttributeValue = string | number | boolean | readonly AttributeValue[] | AttributeMap;
export type AttributeMap = { readonly [key: string]: AttributeValue };

/** A span as OTLP carries it. Ids are lower-case hex; times are epoch nanoseconds. */
export type OtlpSpan = {
  readonly traceId: string;
  readonly spanId: string;
  /** empty for a root span */
  readonly parentSpanId: string;
  readonly startNano: bigint;
  readonly endNano: bigint;
  readonly attributes: AttributeMap;
  readonly events: readonly { readonly name: string; readonly attributes: AttributeMap }[];
  /** 0 unset, 1 ok, 2 error */
  readonly statusCode: number;
};

/** What is kept of a span of an agent's work. */
export type AgentSpan = {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | null;
  /** operation, and the tool or model that it used */
  readonly name: string;
  readonly operation: string | null;
  readonly provider: string | null;
  readonly model: string | null;
  readonly tool: string | null;
  readonly status: "unset" | "ok" | "error";
  readonly errorType: string | null;
  readonly startAt: Date;
  readonly endAt: Date;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  /** the ledger position of the decision that it carried out, where the agent says it (`countersign.decision`) */
  readonly decision: number | null;
  /** prompts, answers, arguments and results; null where there are none. To be kept only where the manifest says so. */
  readonly messages: AttributeMap | null;
};

/** Says which decision allowed the act that a span stands for. */
const DECISION_ATTRIBUTE = "countersign.decision";

/** Attributes that hold content (OpenTelemetry GenAI conventions, also former names of them). */
const CONTENT = [
  "gen_ai.system_instructions",
  "gen_ai.input.messages",
  "gen_ai.output.messages",
  "gen_ai.tool.call.arguments",
  "gen_ai.tool.call.result",
  "gen_ai.prompt",
  "gen_ai.completion",
];
const CONTENT_MAX = 20_000;
const EVENTS_MAX = 50;
const WORD_MAX = 100;

/**
 * Reads a span by the OpenTelemetry semantic conventions for generative AI. Null where it is no such span (a database
 * call, a page view): those are not ours to keep. `malformed` where ids or times are wrong.
 */
export function readAgentSpan(span: OtlpSpan): AgentSpan | "malformed" | null {
  const { attributes } = span;
  const isOurs = Object.keys(attributes).some(
    (key) => key.startsWith("gen_ai.") || key === DECISION_ATTRIBUTE,
  );
  if (!isOurs) return null;
  const startAt = instant(span.startNano);
  const endAt = instant(span.endNano);
  if (!isId(span.traceId, 32) || !isId(span.spanId, 16) || startAt === null || endAt === null) {
    return "malformed";
  }
  const operation = word(attributes["gen_ai.operation.name"]);
  const model = word(attributes["gen_ai.response.model"] ?? attributes["gen_ai.request.model"]);
  const tool = word(attributes["gen_ai.tool.name"]);
  const decision = attributes[DECISION_ATTRIBUTE];
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    parentSpanId: isId(span.parentSpanId, 16) ? span.parentSpanId : null,
    // Made here, not taken over: a name that was sent may hold anything.
    name: [operation ?? "step", tool ?? model].filter((part) => part !== null).join(" "),
    operation,
    provider: word(attributes["gen_ai.provider.name"] ?? attributes["gen_ai.system"]),
    model,
    tool,
    status: STATUS[span.statusCode] ?? "unset",
    errorType: word(attributes["error.type"]),
    startAt,
    endAt: new Date(Math.max(startAt.getTime(), endAt.getTime())),
    inputTokens: count(attributes["gen_ai.usage.input_tokens"]),
    outputTokens: count(attributes["gen_ai.usage.output_tokens"]),
    decision: whole(decision, Number.MAX_SAFE_INTEGER),
    messages: contentOf(span),
  };
}

const STATUS = ["unset", "ok", "error"] as const;
const INT_MAX = 2 ** 31 - 1;

const isId = (text: string, length: number): boolean =>
  text.length === length && /^[0-9a-f]+$/.test(text) && !/^0+$/.test(text);

/** 2000 to 2100: anything else is a broken clock or a wrong unit. */
function instant(nano: bigint): Date | null {
  const ms = Number(nano / 1_000_000n);
  return ms > 946_684_800_000 && ms < 4_102_444_800_000 ? new Date(ms) : null;
}

function word(value: AttributeValue | undefined): string | null {
  return typeof value === "string" && value !== "" ? printable(value) : null;
}

const count = (value: AttributeValue | undefined): number | null => whole(value, INT_MAX);

/** JSON carries 64-bit integers as text. */
function whole(value: AttributeValue | undefined, most: number): number | null {
  const number = typeof value === "string" && /^\d{1,16}$/.test(value) ? Number(value) : value;
  const fits = typeof number === "number" && Number.isSafeInteger(number);
  return fits && number >= 0 && number <= most ? number : null;
}

function contentOf({ attributes, events }: OtlpSpan): AttributeMap | null {
  const kept = Object.fromEntries(
    CONTENT.flatMap((key) => {
      const value = attributes[key];
      return value === undefined ? [] : [[key, content(value)]];
    }),
  );
  const told = events
    .filter(({ name }) => name.startsWith("gen_ai."))
    .slice(0, EVENTS_MAX)
    .map((event) => ({ name: printable(event.name), content: content(event.attributes) }));
  const all = told.length > 0 ? { ...kept, events: told } : kept;
  return Object.keys(all).length > 0 ? all : null;
}

const content = (value: AttributeValue): string =>
  printable(typeof value === "string" ? value : JSON.stringify(value), CONTENT_MAX);

/** At most `most` characters; PostgreSQL stores no NUL, and no half of a surrogate pair. */
const printable = (text: string, most = WORD_MAX): string =>
  text.slice(0, most).replaceAll(/[\0\p{Cs}]/gu, "");
