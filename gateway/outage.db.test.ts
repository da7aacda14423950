import net from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  ask,
  freePort,
  type GatewayProcess,
  makeProof,
  makeToken,
  startGatewayProcess,
} from "@/testing/gateway";
import { makeSponsoredAgent, readInvoice, type SponsoredAgent } from "@/testing/sponsored-agent";

let who: SponsoredAgent & { readonly token: string };
beforeAll(async () => {
  const made = await makeSponsoredAgent();
  const { manifest, key, sponsor } = made;
  who = { ...made, token: makeToken({ manifest, key, sponsorId: sponsor.id }) };
});

const running: { stop: () => unknown }[] = [];
afterAll(() => Promise.all(running.map((one) => one.stop())));

/** A way to the database that can be cut and mended, or made to swallow everything without a word. */
async function makeWire() {
  const target = new URL(process.env["DATABASE_URL"] ?? "");
  const port = await freePort();
  const sockets = new Set<net.Socket>();
  let mode: "open" | "cut" | "silent" = "open";
  const server = net.createServer((near) => {
    sockets.add(near);
    near.on("error", () => undefined);
    near.on("close", () => sockets.delete(near));
    if (mode === "cut") {
      near.destroy();
      return;
    }
    const far = net.connect(Number(target.port), target.hostname);
    sockets.add(far);
    far.on("error", () => near.destroy());
    far.on("close", () => near.destroy());
    near.on("close", () => far.destroy());
    near.on("data", (data) => mode !== "silent" && far.write(data));
    far.on("data", (data) => mode !== "silent" && near.write(data));
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const url = new URL(target);
  url.hostname = "127.0.0.1";
  url.port = String(port);
  const wire = {
    url: url.href,
    set(next: typeof mode) {
      mode = next;
      if (next === "cut") for (const socket of sockets) socket.destroy();
    },
    stop() {
      wire.set("cut");
      server.close();
    },
  };
  running.push(wire);
  return wire;
}

async function start(databaseUrl: string, until: "/healthz" | "/readyz"): Promise<GatewayProcess> {
  const gateway = await startGatewayProcess({ DATABASE_URL: databaseUrl }, until);
  running.push({ stop: () => gateway.stop("SIGKILL") });
  return gateway;
}

const request = () => readInvoice(who.agent.id);
const unavailable = {
  status: 503,
  body: { decision: false, context: { outcome: "deny", reason_code: "ledger_unavailable" } },
};

test("without a database from the start it lives, is not ready, and refuses everything", async () => {
  const url = new URL(process.env["DATABASE_URL"] ?? "");
  url.port = String(await freePort());
  const gateway = await start(url.href, "/healthz");
  expect((await fetch(`${gateway.origin}/readyz`)).status).toBe(503);
  const answer = await ask(gateway.origin, who, request());
  expect(answer).toMatchObject(unavailable);
  expect(answer.headers.get("retry-after")).toBe("1");
  const tokenUrl = `${process.env["COUNTERSIGN_GATEWAY_URL"]}/agent/v1/manifest-token`;
  const token = await fetch(`${gateway.origin}/agent/v1/manifest-token`, {
    headers: { dpop: makeProof(who.key, { method: "GET", url: tokenUrl }) },
  });
  expect(token.status).toBe(503);
});

test("a database that goes away refuses at once, and one that comes back allows again", async () => {
  const wire = await makeWire();
  const gateway = await start(wire.url, "/readyz");
  expect((await ask(gateway.origin, who, request())).body.decision).toBe(true);
  wire.set("cut");
  expect(await ask(gateway.origin, who, request())).toMatchObject(unavailable);
  wire.set("open");
  const deadline = Date.now() + 45_000;
  let answer = await ask(gateway.origin, who, request());
  while (answer.status === 503 && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    answer = await ask(gateway.origin, who, request());
  }
  expect(answer.body.decision).toBe(true);
});

test("a database that falls silent refuses too, and after five seconds the gateway says that it is not ready", async () => {
  const wire = await makeWire();
  const gateway = await start(wire.url, "/readyz");
  expect((await ask(gateway.origin, who, request())).body.decision).toBe(true);
  wire.set("silent");
  expect(await ask(gateway.origin, who, request())).toMatchObject(unavailable);
  const deadline = Date.now() + 45_000;
  let ready = 200;
  while (ready === 200 && Date.now() < deadline) {
    ready = (await fetch(`${gateway.origin}/readyz`)).status;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect(ready).toBe(503);
  expect(await ask(gateway.origin, who, request())).toMatchObject(unavailable);
});
