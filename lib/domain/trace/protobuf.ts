import { AppError } from "@/lib/domain/errors";

/**
 * One field of a protobuf message: its number, and what stands on the wire. Only what OTLP uses: varint (0), fixed64 (1),
 * length-delimited (2) and fixed32 (5). https://protobuf.dev/programming-guides/encoding/
 */
export type Field =
  | { readonly number: number; readonly type: "varint" | "fixed64"; readonly value: bigint }
  | { readonly number: number; readonly type: "fixed32"; readonly value: number }
  | { readonly number: number; readonly type: "bytes"; readonly value: Uint8Array };

const VARINT_BYTES = 10;
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The fields of a message in their order. Throws AppError("invalid") for anything that is no message. */
export function readFields(message: Uint8Array): readonly Field[] {
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  const fields: Field[] = [];
  let at = 0;
  const need = (bytes: number): number => {
    const from = at;
    if (bytes > message.length - at) throw malformed();
    at += bytes;
    return from;
  };
  const varint = (): bigint => {
    let value = 0n;
    for (let index = 0; index < VARINT_BYTES; index += 1) {
      const byte = view.getUint8(need(1));
      value |= BigInt(byte & 0x7f) << BigInt(7 * index);
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw malformed();
  };
  while (at < message.length) {
    const tag = varint();
    const number = Number(tag >> 3n);
    switch (Number(tag & 7n)) {
      case 0:
        fields.push({ number, type: "varint", value: varint() });
        break;
      case 1:
        fields.push({ number, type: "fixed64", value: view.getBigUint64(need(8), true) });
        break;
      case 2: {
        const length = varint();
        if (length > BigInt(message.length)) throw malformed();
        const from = need(Number(length));
        fields.push({ number, type: "bytes", value: message.subarray(from, at) });
        break;
      }
      case 5:
        fields.push({ number, type: "fixed32", value: view.getUint32(need(4), true) });
        break;
      default:
        // Groups (3, 4) are long gone; 6 and 7 never were.
        throw malformed();
    }
  }
  return fields;
}

/** A protobuf `string`. Throws AppError("invalid") where it is not UTF-8. */
export function readText(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw malformed(cause);
  }
}

/** A `double` from its eight bytes. */
export function asDouble(bits: bigint): number {
  return new Float64Array(BigUint64Array.of(bits).buffer)[0] ?? 0;
}

function malformed(cause?: unknown): AppError {
  return new AppError("invalid", "this is no protobuf message of the kind expected", { cause });
}
