import http from "node:http";
import net from "node:net";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Json } from "@/lib/domain/crypto/canonical-json";
import { db } from "@/lib/server/db";
import {
  type Answer,
  ask,
  evaluationUrl,
  type GatewayProcess,
  makeProof,
  makeToken,
  postEvaluation,
  startGatewayProcess,
} from "@/testing/gateway";
import { makeSponsoredAgent, readInvoice, type SponsoredAgent } from "@/testing/sponsored-agent";

let gateway: GatewayProcess;
let who: SponsoredAgent & { readonly token: string };
let entries = 0;

beforeAll(async () => {
  const made = await makeSponsoredAgent();
  const { manifest, key, sponsor } = made;
  who = { ...made, token: makeToken({ manifest, key, sponsorId: sponsor.id }) };
  gateway = await startGatewayProcess();
  entries = await db.ledgerEntry.count();
});
afterAll(() => gateway.stop());
afterEach(async () => {
  // Whatever was sent: nothing is recorded, and the process is alive.
  expect(gateway.child.exitCode).toBeNull();
  expect(await db.ledgerEntry.count()).toBe(entries);
});

function expectProblem(answer: Answer, status: number) {
  expect(answer.status).toBe(status);
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  expect(answer.body).toMatchObject({
    status,
    title: expect.any(String),
    detail: expect.any(String),
  });
}

/** Sends text as it is; the credentials are in order, so that only the body can be at fault. */
const sendText = (text: string, headers: Record<string, string> = {}) =>
  postEvaluation(gateway.origin, {
    body: text,
    token: who.token,
    proof: makeProof(who.key, { url: evaluationUrl(), token: who.token, body: {} }),
    headers,
  });

describe("a body that is no access evaluation request is a 400 that says what is wrong", () => {
  const good = () => JSON.stringify(readInvoice(who.agent.id));
  test.each<[string, () => string]>([
    ["empty", () => ""],
    ["not JSON", () => "{"],
    ["trailing garbage", () => `${good()} x`],
    ["a byte order mark", () => `\ufeff${good()}`],
    ["an array", () => "[]"],
    ["null", () => "null"],
    ["a member twice", () => good().replace("{", '{"subject":{},')],
    ["a member twice, escaped", () => good().replace('"id"', '"\\u0069d":"agt_other00001","id"')],
    ["nested deeply", () => "[".repeat(20_000)],
    ["half a surrogate pair", () => good().replace("inv-1", "inv-\\ud800")],
    ["a number that overflows", () => good().replace('"records":1', '"records":1e999')],
  ])("%s", async (_, text) => {
    expectProblem(await sendText(text()), 400);
  });

  const changed = (path: readonly string[], value: Json): Json => {
    const body = structuredClone(readInvoice(who.agent.id)) as unknown as Record<string, Json>;
    let at: Record<string, unknown> = body;
    for (const name of path.slice(0, -1)) at = at[name] as Record<string, unknown>;
    at[path.at(-1) ?? ""] = value;
    return body;
  };
  test.each<[string, readonly string[], Json, string?]>([
    ["unknown member", ["extra"], 1],
    ["unknown member within", ["context", "extra"], 1],
    ["another subject type", ["subject", "type"], "user"],
    ["an id that is a number", ["subject", "id"], 7],
    ["an id with a prototype's name", ["subject", "id"], "__proto__"],
    ["a negative amount", ["context", "spend"], -1],
    ["a fraction of a penny", ["context", "spend"], 0.001],
    ["a fraction of a record", ["context", "records"], 1.5],
    ["an unknown data class", ["context", "dataClass"], "secret"],
    ["10,000 characters", ["resource", "id"], "x".repeat(10_000)],
    ["10,000 characters of a name", ["action", "name"], "a".repeat(10_000)],
    ["..", ["resource", "id"], "uk/../payroll"],
    [".", ["resource", "id"], "uk/./payroll"],
    ["an empty segment", ["resource", "id"], "uk//payroll"],
    ["%2e", ["resource", "id"], "uk/%2e%2e/payroll"],
    ["%2F", ["resource", "id"], "uk%2Fpayroll"],
    ["a backslash", ["resource", "id"], "uk\\payroll"],
    ["NUL", ["resource", "id"], "inv-1\u0000"],
    ["NUL in a property", ["resource", "properties"], { owner: "a\u0000b" }],
    ["a right-to-left mark", ["resource", "id"], "inv\u202e1"],
    ["a zero-width space", ["resource", "id"], "inv\u200b1"],
    ["normal form D", ["resource", "id"], "cafe\u0301"],
    ["an invisible character in the words", ["context", "reasoning"], "as \u2066told"],
    ["5,000 characters of words", ["context", "reasoning"], "x".repeat(5000)],
    [
      "51 properties",
      ["resource", "properties"],
      Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`p${i}`, i])),
    ],
    ["a nested property", ["resource", "properties"], { deep: { er: 1 } }],
    [
      "a property called __proto__",
      ["resource", "properties"],
      JSON.parse('{"__proto__":1}'),
      "name",
    ],
    ["another port", ["context", "destination"], "host:999999"],
  ])("%s", async (_, path, value, names) => {
    const body = changed(path, value);
    const answer = await ask(gateway.origin, who, body);
    expectProblem(answer, 400);
    expect(JSON.stringify([answer.body.detail, answer.body.errors])).toMatch(
      names ?? path[0] ?? "",
    );
  });

  test("bytes that are not UTF-8", async () => {
    const response = await fetch(`${gateway.origin}/access/v1/evaluation`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: new Uint8Array([0x22, 0xff, 0xfe, 0x22]),
    });
    expect(response.status).toBe(400);
  });
});

test("a body that is too large is refused without being read, with and without a length", async () => {
  const big = `{"x":"${"x".repeat(10 * 1024 * 1024)}"}`;
  expect((await post(big, true)).status).toBe(413);
  expect((await post(big, false)).status).toBe(413);
  expectProblem(await sendText(`{"x":"${"x".repeat(65 * 1024)}"}`), 413);
});

/** node:http, since fetch gives up where the answer comes before the body is through. */
function post(text: string, withLength: boolean): Promise<{ status: number | undefined }> {
  return new Promise((resolve, reject) => {
    const request = http.request(`${gateway.origin}/access/v1/evaluation`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(withLength ? { "content-length": Buffer.byteLength(text) } : {}),
      },
    });
    let status: number | undefined;
    request.on("response", (response) => {
      status = response.statusCode;
      response.resume();
      resolve({ status });
      request.destroy();
    });
    // The gateway closes the connection in the middle of the upload: that is the point.
    request.on("error", (error) => (status === undefined ? reject(error) : undefined));
    request.end(text);
  });
}

test("what is not JSON, not POST or not there gets its own status", async () => {
  expectProblem(await sendText("{}", { "content-type": "text/plain" }), 415);
  expectProblem(await sendText("{}", { "content-type": "application/jsonp" }), 415);
  const get = await fetch(`${gateway.origin}/access/v1/evaluation`);
  expect([get.status, get.headers.get("allow")]).toEqual([405, "POST"]);
  for (const path of ["/", "/access/v1/evaluation/", "/__proto__", "/constructor", "/%00"]) {
    expect((await fetch(gateway.origin + path)).status).toBe(404);
  }
});

test("a request id is echoed only where it is harmless", async () => {
  const echoed = async (id: string) =>
    (await sendText("{}", { "x-request-id": id })).headers.get("x-request-id");
  expect(await echoed("abc-123")).toBe("abc-123");
  expect(await echoed("x".repeat(129))).toBeNull();
  expect(await echoed("a b")).toBeNull();
});

const readAll = (socket: net.Socket): Promise<string> =>
  new Promise((resolve) => {
    let text = "";
    socket.on("data", (data) => {
      text += data.toString("latin1");
    });
    socket.on("error", () => resolve(text));
    socket.on("close", () => resolve(text));
  });

const connect = () => net.connect(Number(new URL(gateway.origin).port), "127.0.0.1");

test("who sends slowly is cut off, and others are served meanwhile", async () => {
  const slow = Array.from({ length: 20 }, connect);
  const ended = slow.map(readAll);
  for (const socket of slow)
    socket.write("POST /access/v1/evaluation HTTP/1.1\r\nhost: x\r\nx-a: ");
  const drip = setInterval(() => {
    for (const socket of slow) if (!socket.destroyed) socket.write("a");
  }, 200);
  expect((await fetch(`${gateway.origin}/healthz`)).status).toBe(200);
  const texts = await Promise.all(ended);
  clearInterval(drip);
  expect(texts.every((text) => text.startsWith("HTTP/1.1 408"))).toBe(true);
});

test("headers that are too large, and bytes that are no HTTP, are refused", async () => {
  for (const [text, status] of [
    [`GET /healthz HTTP/1.1\r\nhost: x\r\nx: ${"y".repeat(70_000)}\r\n\r\n`, "431"],
    ["\u0016\u0003\u0001 nonsense\r\n\r\n", "400"],
    [
      "POST /access/v1/evaluation HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
      "400",
    ],
  ] as const) {
    const socket = connect();
    const answer = readAll(socket);
    socket.write(text);
    expect((await answer).split(" ")[1]).toBe(status);
  }
});

test("nothing that can be sent is answered with 500, or allowed", async () => {
  const headerText = fc.string({
    unit: fc.integer({ min: 0x21, max: 0x7e }).map((c) => String.fromCharCode(c)),
    maxLength: 300,
  });
  const part = fc.oneof(
    headerText,
    fc.json().map((text) => Buffer.from(text).toString("base64url")),
  );
  const credential = fc.oneof(
    headerText,
    fc.tuple(part, part, part).map((parts) => parts.join(".")),
  );
  const member = fc.oneof(fc.jsonValue(), fc.constant(undefined));
  const body = fc.oneof(
    fc.string({ unit: "binary", maxLength: 500 }),
    fc.json(),
    fc
      .record({ subject: member, action: member, resource: member, context: member })
      .map((over) => JSON.stringify({ ...readInvoice(who.agent.id), ...over })),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.record({ body, token: fc.option(credential), proof: fc.option(credential) }),
      async ({ body: text, token, proof }) => {
        const answer = await postEvaluation(gateway.origin, {
          body: text,
          token: token ?? undefined,
          proof: proof ?? undefined,
        });
        expect([400, 401]).toContain(answer.status);
        expect(answer.body.decision ?? false).toBe(false);
      },
    ),
    { numRuns: 400 },
  );
}, 30_000);
