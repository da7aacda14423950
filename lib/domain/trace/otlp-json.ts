import { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import type { AttributeMap, AttributeValue, OtlpSpan } from "./span";

/** OTLP/JSON: ids in hex, 64-bit integers as text (or numbers), names in lowerCamelCase; what is unknown is passed over. */
const Uint64 = z.union([z.string().regex(/^\d{1,20}$/), z.number().int().nonnegative()]);
const Int64 = z.union([z.string().regex(/^-?\d{1,19}$/), z.number().int()]);
const Id = z.string().max(64).default("");

type JsonValue = {
  readonly stringValue?: string | undefined;
  readonly boolValue?: boolean | undefined;
  readonly intValue?: string | number | undefined;
  readonly doubleValue?: string | number | undefined;
  readonly arrayValue?: { readonly values?: readonly JsonValue[] | undefined } | undefined;
  readonly kvlistValue?: { readonly values?: readonly JsonPair[] | undefined } | undefined;
};
type JsonPair = { readonly key: string; readonly value?: JsonValue | undefined };

const Value: z.ZodType<JsonValue> = z.lazy(() =>
  z.object({
    stringValue: z.string().optional(),
    boolValue: z.boolean().optional(),
    intValue: Int64.optional(),
    doubleValue: z.union([z.number(), z.string()]).optional(),
    arrayValue: z.object({ values: z.array(Value).optional() }).optional(),
    kvlistValue: z.object({ values: z.array(Pair).optional() }).optional(),
  }),
);
const Pair: z.ZodType<JsonPair> = z.lazy(() =>
  z.object({ key: z.string(), value: Value.optional() }),
);

const Span = z.object({
  traceId: Id,
  spanId: Id,
  parentSpanId: Id,
  startTimeUnixNano: Uint64.default("0"),
  endTimeUnixNano: Uint64.default("0"),
  attributes: z.array(Pair).default([]),
  events: z
    .array(z.object({ name: z.string().default(""), attributes: z.array(Pair).default([]) }))
    .default([]),
  status: z.object({ code: z.number().int().default(0) }).optional(),
});

const Request = z.object({
  resourceSpans: z
    .array(
      z.object({
        scopeSpans: z.array(z.object({ spans: z.array(Span).default([]) })).default([]),
      }),
    )
    .default([]),
});

/** The spans of an OTLP ExportTraceServiceRequest in JSON. Throws AppError("invalid"). */
export function spansFromJson(json: unknown): readonly OtlpSpan[] {
  const request = Request.safeParse(json);
  if (!request.success) {
    throw new AppError("invalid", "this is no OTLP trace export", { cause: request.error });
  }
  return request.data.resourceSpans
    .flatMap(({ scopeSpans }) => scopeSpans)
    .flatMap(({ spans }) => spans)
    .map((span) => ({
      traceId: span.traceId.toLowerCase(),
      spanId: span.spanId.toLowerCase(),
      parentSpanId: span.parentSpanId.toLowerCase(),
      startNano: BigInt(span.startTimeUnixNano),
      endNano: BigInt(span.endTimeUnixNano),
      attributes: attributesOf(span.attributes),
      events: span.events.map(({ name, attributes }) => ({
        name,
        attributes: attributesOf(attributes),
      })),
      statusCode: span.status?.code ?? 0,
    }));
}

function attributesOf(pairs: readonly JsonPair[]): AttributeMap {
  return Object.fromEntries(
    pairs.flatMap(({ key, value }): [string, AttributeValue][] => {
      const read = value === undefined ? null : readValue(value);
      return read === null ? [] : [[key, read]];
    }),
  );
}

function readValue(value: JsonValue): AttributeValue | null {
  const { stringValue, boolValue, intValue, doubleValue, arrayValue, kvlistValue } = value;
  if (stringValue !== undefined) return stringValue;
  if (boolValue !== undefined) return boolValue;
  if (intValue !== undefined) return Number(intValue);
  if (doubleValue !== undefined) return Number(doubleValue);
  if (arrayValue !== undefined) {
    return (arrayValue.values ?? []).map(readValue).filter((item) => item !== null);
  }
  return kvlistValue === undefined ? null : attributesOf(kvlistValue.values ?? []);
}
