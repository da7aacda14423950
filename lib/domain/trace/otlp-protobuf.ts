import { AppError } from "@/lib/domain/errors";
import { asDouble, type Field, readFields, readText } from "./protobuf";
import type { AttributeMap, AttributeValue, OtlpSpan } from "./span";

/** Attributes nested deeper are no attributes that anybody reads. */
const DEPTH_MAX = 16;

/**
 * The spans of an OTLP ExportTraceServiceRequest in protobuf (opentelemetry-proto 1.x, trace.proto). Unknown fields are
 * passed over, as protobuf asks. Throws AppError("invalid").
 */
export function spansFromProtobuf(request: Uint8Array): readonly OtlpSpan[] {
  return messages(readFields(request), 1)
    .flatMap((resourceSpans) => messages(readFields(resourceSpans), 2))
    .flatMap((scopeSpans) => messages(readFields(scopeSpans), 2))
    .map(spanOf);
}

function spanOf(message: Uint8Array): OtlpSpan {
  const fields = readFields(message);
  const status = messages(fields, 15).at(-1);
  return {
    traceId: hex(bytes(fields, 1)),
    spanId: hex(bytes(fields, 2)),
    parentSpanId: hex(bytes(fields, 4)),
    startNano: fixed64(fields, 7),
    endNano: fixed64(fields, 8),
    attributes: attributesOf(messages(fields, 9), 0),
    events: messages(fields, 11).map((event) => {
      const parts = readFields(event);
      return {
        name: readText(bytes(parts, 2)),
        attributes: attributesOf(messages(parts, 3), 0),
      };
    }),
    statusCode: status === undefined ? 0 : Number(varint(readFields(status), 3)),
  };
}

/** KeyValue: key = 1, value = 2. */
function attributesOf(pairs: readonly Uint8Array[], depth: number): AttributeMap {
  const entries = pairs.flatMap((pair): [string, AttributeValue][] => {
    const fields = readFields(pair);
    const value = messages(fields, 2).at(-1);
    const read = value === undefined ? null : readValue(value, depth + 1);
    return read === null ? [] : [[readText(bytes(fields, 1)), read]];
  });
  return Object.fromEntries(entries);
}

/** AnyValue: one of string 1, bool 2, int 3, double 4, array 5, key-value list 6, bytes 7. Null for the last and for none. */
function readValue(message: Uint8Array, depth: number): AttributeValue | null {
  if (depth > DEPTH_MAX) throw new AppError("invalid", "attributes are nested too deeply");
  const field = readFields(message).at(-1);
  if (field === undefined) return null;
  switch (field.type) {
    case "varint":
      return varintValue(field.number, field.value);
    case "fixed64":
      return field.number === 4 ? asDouble(field.value) : null;
    case "bytes":
      return nestedValue(field.number, field.value, depth);
    case "fixed32":
      return null;
  }
}

function varintValue(number: number, value: bigint): AttributeValue | null {
  if (number === 2) return value !== 0n;
  return number === 3 ? Number(BigInt.asIntN(64, value)) : null;
}

function nestedValue(number: number, value: Uint8Array, depth: number): AttributeValue | null {
  if (number === 1) return readText(value);
  if (number !== 5 && number !== 6) return null;
  const items = messages(readFields(value), 1);
  if (number === 6) return attributesOf(items, depth);
  return items.map((item) => readValue(item, depth + 1)).filter((item) => item !== null);
}

function messages(fields: readonly Field[], number: number): readonly Uint8Array[] {
  return fields.flatMap((field) =>
    field.number === number && field.type === "bytes" ? [field.value] : [],
  );
}

/** The last one counts, as protobuf asks. */
function bytes(fields: readonly Field[], number: number): Uint8Array {
  return messages(fields, number).at(-1) ?? new Uint8Array();
}

function fixed64(fields: readonly Field[], number: number): bigint {
  const found = fields.findLast((field) => field.number === number && field.type === "fixed64");
  return found?.type === "fixed64" ? found.value : 0n;
}

function varint(fields: readonly Field[], number: number): bigint {
  const found = fields.findLast((field) => field.number === number && field.type === "varint");
  return found?.type === "varint" ? found.value : 0n;
}

function hex(value: Uint8Array): string {
  return Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
