import { describe, expect, test } from "vitest";
import { bytes, double, exportRequest, fixed32, fixed64, int } from "@/testing/protobuf";
import { spansFromJson } from "./otlp-json";
import { spansFromProtobuf } from "./otlp-protobuf";
import { asDouble, readFields } from "./protobuf";
import { type AgentSpan, type OtlpSpan, readAgentSpan } from "./span";

const TRACE = "5b8efff798038103d269b633813fc60c";
const SPAN = "eee19b7ec3c1b174";
const AT = 1_790_000_000_000;

describe("protobuf", () => {
  test("reads the examples of the encoding's description", () => {
    // https://protobuf.dev/programming-guides/encoding/: Test1{a: 150}, Test2{b: "testing"}
    expect(readFields(Uint8Array.of(0x08, 0x96, 0x01))).toEqual([
      { number: 1, type: "varint", value: 150n },
    ]);
    const testing = Buffer.from("120774657374696e67", "hex");
    expect(readFields(testing)).toEqual([
      { number: 2, type: "bytes", value: Buffer.from("testing") },
    ]);
  });

  test("reads every wire type that is in use, and minus one as a 64-bit number", () => {
    const message = Buffer.concat([int(1, -1n), fixed64(2, 7n), fixed32(3, 9), double(4, -0.5)]);
    const fields = readFields(message);
    expect(fields.map(({ value }) => value).slice(0, 3)).toEqual([2n ** 64n - 1n, 7n, 9]);
    const last = fields[3];
    expect(last?.type === "fixed64" && asDouble(last.value)).toBe(-0.5);
  });

  test.each([
    ["a number that does not end", "08ffffffffffffffffffffff01"],
    ["a number that is cut off", "0896"],
    ["a length beyond the message", "12ff01aa"],
    ["a length beyond any message", "12ffffffffffffffffff01aa"],
    ["a group", "0b0c"],
    ["a wire type that does not exist", "0f"],
    ["half a fixed64", "09aabb"],
  ])("refuses %s", (_, text) => {
    expect(() => readFields(Buffer.from(text, "hex"))).toThrow("no protobuf message");
  });
});

const attributes = {
  "gen_ai.operation.name": "execute_tool",
  "gen_ai.tool.name": "read_invoice",
  "gen_ai.usage.input_tokens": 12,
  "error.type": "timeout",
  stream: true,
};

function only(spans: readonly OtlpSpan[]): OtlpSpan {
  const [span, ...more] = spans;
  if (span === undefined || more.length > 0) throw new Error("not one span");
  return span;
}

test("protobuf and JSON say the same", () => {
  const binary = only(
    spansFromProtobuf(
      exportRequest([{ traceId: TRACE, spanId: SPAN, startMs: AT, attributes, statusCode: 2 }]),
    ),
  );
  const pairs = [
    { key: "gen_ai.operation.name", value: { stringValue: "execute_tool" } },
    { key: "gen_ai.tool.name", value: { stringValue: "read_invoice" } },
    { key: "gen_ai.usage.input_tokens", value: { intValue: "12" } },
    { key: "error.type", value: { stringValue: "timeout" } },
    { key: "stream", value: { boolValue: true } },
  ];
  const json = only(
    spansFromJson({
      resourceSpans: [
        {
          resource: {},
          scopeSpans: [
            {
              spans: [
                {
                  traceId: TRACE.toUpperCase(),
                  spanId: SPAN,
                  name: "a span",
                  startTimeUnixNano: String(BigInt(AT) * 1_000_000n),
                  endTimeUnixNano: String(BigInt(AT + 20) * 1_000_000n),
                  attributes: pairs,
                  status: { code: 2, message: "words" },
                },
              ],
            },
          ],
        },
      ],
    }),
  );
  expect(json).toEqual(binary);
  expect(binary).toMatchObject({ traceId: TRACE, spanId: SPAN, attributes, statusCode: 2 });
});

test("arrays, nested lists and doubles are read; bytes are passed over; depth has an end", () => {
  const value = (...parts: Uint8Array[]) => bytes(9, bytes(1, "key"), bytes(2, ...parts));
  const span = (...parts: Uint8Array[]) =>
    only(spansFromProtobuf(bytes(1, bytes(2, bytes(2, ...parts)))));
  const list = bytes(5, bytes(1, bytes(1, "a")), bytes(1, int(3, 4)));
  expect(span(value(list)).attributes).toEqual({ key: ["a", 4] });
  const pairs = bytes(6, bytes(1, bytes(1, "inner"), bytes(2, double(4, 1.5))));
  expect(span(value(pairs)).attributes).toEqual({ key: { inner: 1.5 } });
  expect(span(value(bytes(7, "raw"))).attributes).toEqual({});
  let deep: Uint8Array = bytes(1, "x");
  for (let depth = 0; depth < 40; depth += 1) deep = bytes(5, bytes(1, deep));
  expect(() => span(value(deep))).toThrow("nested too deeply");
  expect(() => spansFromJson({ resourceSpans: [{ scopeSpans: "no" }] })).toThrow("no OTLP");
});

function agentSpan(changes: Partial<OtlpSpan> = {}): AgentSpan {
  const read = readAgentSpan({
    traceId: TRACE,
    spanId: SPAN,
    parentSpanId: "",
    startNano: BigInt(AT) * 1_000_000n,
    endNano: BigInt(AT + 20) * 1_000_000n,
    attributes,
    events: [],
    statusCode: 2,
    ...changes,
  });
  if (read === null || read === "malformed") throw new Error(`not read: ${read}`);
  return read;
}

test("a span of the GenAI conventions is read; its name is made, not taken over", () => {
  expect(agentSpan()).toMatchObject({
    name: "execute_tool read_invoice",
    operation: "execute_tool",
    tool: "read_invoice",
    status: "error",
    errorType: "timeout",
    startAt: new Date(AT),
    endAt: new Date(AT + 20),
    inputTokens: 12,
    outputTokens: null,
    decision: null,
    messages: null,
  });
  const chat = agentSpan({
    attributes: {
      "gen_ai.operation.name": "chat",
      "gen_ai.system": "a-provider",
      "gen_ai.request.model": "model-1",
      "gen_ai.input.messages": "[…]\u0000",
      "countersign.decision": "41",
    },
    events: [{ name: "gen_ai.choice", attributes: { message: "yes" } }],
  });
  expect(chat).toMatchObject({ provider: "a-provider", model: "model-1", decision: 41 });
  expect(chat.messages).toEqual({
    "gen_ai.input.messages": "[…]",
    events: [{ name: "gen_ai.choice", content: '{"message":"yes"}' }],
  });
});

test("what is no agent's step is not ours to keep; broken ids and clocks are malformed", () => {
  const plain = { ...agentSpan(), attributes: { "http.route": "/customers/ms-smith" } };
  const base: OtlpSpan = {
    traceId: TRACE,
    spanId: SPAN,
    parentSpanId: "",
    startNano: BigInt(AT) * 1_000_000n,
    endNano: BigInt(AT) * 1_000_000n,
    attributes,
    events: [],
    statusCode: 0,
  };
  expect(readAgentSpan({ ...base, attributes: plain.attributes })).toBeNull();
  for (const wrong of [
    { traceId: "0".repeat(32) },
    { traceId: "abc" },
    { spanId: "" },
    { startNano: 5n },
    { endNano: 2n ** 64n - 1n },
  ]) {
    expect(readAgentSpan({ ...base, ...wrong })).toBe("malformed");
  }
});
