/** Writes protobuf messages by hand, apart from the reader on purpose. */
type Part = Uint8Array;

function varint(value: bigint): number[] {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, value);
  do {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    bytes.push(rest > 0n ? low | 0x80 : low);
  } while (rest > 0n);
  return bytes;
}

const tag = (field: number, wire: number): number[] => varint(BigInt((field << 3) | wire));

export const int = (field: number, value: bigint | number): Part =>
  Uint8Array.from([...tag(field, 0), ...varint(BigInt(value))]);

export function fixed64(field: number, value: bigint): Part {
  return Uint8Array.from([...tag(field, 1), ...new Uint8Array(BigUint64Array.of(value).buffer)]);
}

export function double(field: number, value: number): Part {
  return Uint8Array.from([...tag(field, 1), ...new Uint8Array(Float64Array.of(value).buffer)]);
}

export const fixed32 = (field: number, value: number): Part =>
  Uint8Array.from([...tag(field, 5), ...new Uint8Array(Uint32Array.of(value).buffer)]);

export function bytes(field: number, ...parts: readonly (Part | string)[]): Part {
  const content = Buffer.concat(parts.map((part) => Buffer.from(part)));
  return Uint8Array.from([...tag(field, 2), ...varint(BigInt(content.length)), ...content]);
}

type Sent = {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name?: string;
  readonly startMs: number;
  readonly endMs?: number;
  readonly attributes?: Readonly<Record<string, string | number | boolean>>;
  readonly statusCode?: number;
};

const fromHex = (text: string): Part => Uint8Array.from(Buffer.from(text, "hex"));

function anyValue(value: string | number | boolean): Part {
  if (typeof value === "string") return bytes(1, value);
  return typeof value === "boolean" ? int(2, Number(value)) : int(3, value);
}

const attribute = ([key, value]: [string, string | number | boolean]): Part =>
  bytes(9, bytes(1, key), bytes(2, anyValue(value)));

/** An ExportTraceServiceRequest (opentelemetry-proto, collector/trace/v1). */
export function exportRequest(spans: readonly Sent[]): Uint8Array {
  const encoded = spans.map((span) =>
    bytes(
      2,
      bytes(1, fromHex(span.traceId)),
      bytes(2, fromHex(span.spanId)),
      bytes(3, "vendor=state"),
      bytes(4, fromHex(span.parentSpanId ?? "")),
      bytes(5, span.name ?? "a span"),
      int(6, 3),
      fixed64(7, BigInt(span.startMs) * 1_000_000n),
      fixed64(8, BigInt(span.endMs ?? span.startMs + 20) * 1_000_000n),
      ...Object.entries(span.attributes ?? {}).map(attribute),
      bytes(15, bytes(2, "what went wrong in words"), int(3, span.statusCode ?? 0)),
      fixed32(16, 256),
    ),
  );
  const resource = bytes(1, bytes(1, bytes(1, "service.name"), bytes(2, bytes(1, "agent"))));
  const scope = bytes(1, bytes(1, "instrumentation"));
  return bytes(1, resource, bytes(2, scope, ...encoded));
}
