/** The decision point: `node --import tsx gateway/main.ts`. Settings: lib/server/env.ts. */
import { env } from "@/lib/server/env";
import { tokenKey } from "@/lib/server/keys";
import { log } from "@/lib/server/log";
import { startGateway } from "./gateway";
import { createGatewayServer } from "./server";

const DRAIN_MAX_MS = 10_000;

const settings = env();
const gateway = startGateway({
  databaseUrl: settings.DATABASE_URL,
  publicUrl: settings.COUNTERSIGN_GATEWAY_URL.replace(/\/+$/, ""),
  webUrl: settings.NEXTAUTH_URL.replace(/\/+$/, ""),
  tokenKey: tokenKey(),
});
const server = createGatewayServer(gateway);

server.on("error", (err) => {
  log.fatal({ err }, "the gateway can't listen");
  process.exit(1);
});
server.listen({ port: settings.GATEWAY_PORT, host: settings.COUNTERSIGN_LISTEN }, () => {
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  log.info({ port, url: gateway.publicUrl }, "the gateway listens");
});

let stopping = false;
/** Answers what has been asked, takes nothing new, and ends. */
async function stop(signal: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  log.info({ signal }, "the gateway stops");
  setTimeout(() => process.exit(1), DRAIN_MAX_MS).unref();
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const idle = setInterval(() => server.closeIdleConnections(), 100);
  await closed;
  clearInterval(idle);
  await gateway.stop();
  process.exit(0);
}
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.on(signal, () => void stop(signal));
}
