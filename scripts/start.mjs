/**
 * `npm start`: from a fresh clone to a running Countersign.
 *
 *   --fresh       forget the database of this home first
 *   --no-agents   do not run the demo agents
 *   --no-build    serve the build that is there
 */
import { spawn } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { build, checkNode, generate, install, ROOT, tool } from "./lib/steps.mjs";

const flags = new Set(process.argv.slice(2));
const production = process.env.NODE_ENV === "production";
const children = [];
let database = { stop: async () => {} };
let stopping = false;

async function stop(code) {
  if (stopping) return;
  stopping = true;
  await Promise.all(
    children.map(
      (child) =>
        new Promise((resolve) => {
          if (child.exitCode !== null || child.signalCode !== null) return resolve();
          const force = setTimeout(() => child.kill("SIGKILL"), 8000);
          child.once("exit", () => {
            clearTimeout(force);
            resolve();
          });
          child.kill("SIGTERM");
        }),
    ),
  );
  await database.stop();
  process.exit(code);
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => void stop(0));
// npm does not pass SIGTERM on: when it is gone, so are we.
const parent = process.ppid;
setInterval(() => process.ppid !== parent && void stop(0), 1000).unref();

const isFree = (port) =>
  new Promise((resolve) => {
    const server = net.createServer().once("error", () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });

/** The wanted port, or the next free one: somebody's other program must not stop a first try. */
async function choosePort(name, wanted) {
  if (process.env[name]) return;
  let port = wanted;
  while (!(await isFree(port))) port += 10;
  process.env[name] = String(port);
}

function start(name, [command, args], env = {}) {
  const child = spawn(command, args, {
    cwd: ROOT,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...env },
  });
  children.push(child);
  child.once("exit", (code, signal) => {
    if (stopping) return;
    console.error(`\n${name} ended by itself (${signal ?? code}); stopping the rest`);
    void stop(1);
  });
}

const typescript = (file, ...args) => [
  process.execPath,
  ["--import", "tsx", path.join(ROOT, file), ...args],
];

async function waitFor(url, name) {
  const end = Date.now() + 60_000;
  while (Date.now() < end) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`${name} did not answer at ${url} within a minute`);
}

async function isEmpty(url) {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query('SELECT NOT EXISTS (SELECT FROM "Person") AS empty');
    return rows[0].empty;
  } finally {
    await client.end();
  }
}

async function main() {
  checkNode();
  install();
  const { home, prepareEnvironment, refuseIncomplete } = await import("./lib/environment.mjs");
  const { migrate } = await import("./lib/migrate.mjs");
  refuseIncomplete();
  if (flags.has("--fresh") && !process.env.DATABASE_URL && !production) {
    fs.rmSync(home(), { recursive: true, force: true });
  }
  await choosePort("WEB_PORT", 3000);
  await choosePort("GATEWAY_PORT", 3001);
  process.env.COUNTERSIGN_DEMO ??= production ? "0" : "1";
  // The demo lets anybody in who reaches it: only this machine does.
  if (process.env.COUNTERSIGN_DEMO === "1") process.env.COUNTERSIGN_LISTEN ??= "127.0.0.1";
  process.env.LOG_LEVEL ??= "warn";
  generate();
  if (!flags.has("--no-build")) build();

  database = await prepareEnvironment({ log: console.log });
  await migrate(database.ownerUrl, path.join(ROOT, "prisma", "migrations"), console.log);
  const demo = process.env.COUNTERSIGN_DEMO === "1";
  if (demo && (await isEmpty(process.env.DATABASE_URL))) {
    const { run } = await import("./lib/steps.mjs");
    run("Seeding a fictional bank with 30 days of decisions", ...typescript("prisma/seed.ts"));
  }

  const web = process.env.NEXTAUTH_URL;
  const gateway = process.env.COUNTERSIGN_GATEWAY_URL;
  start(
    "web",
    tool(
      "next/dist/bin/next",
      "start",
      "-p",
      process.env.WEB_PORT,
      ...(process.env.COUNTERSIGN_LISTEN ? ["-H", process.env.COUNTERSIGN_LISTEN] : []),
    ),
  );
  start("gateway", typescript("gateway/main.ts"));
  start("worker", typescript("worker/main.ts"));
  await Promise.all([waitFor(`${web}/api/health`, "web"), waitFor(`${gateway}/readyz`, "gateway")]);
  if (demo && !flags.has("--no-agents")) {
    start("demo agents", typescript("scripts/demo-agent.ts", "--all", "--quiet"));
  }

  console.log(`\nCountersign runs.\n  Web      ${web}\n  Gateway  ${gateway}`);
  console.log(
    demo
      ? `\nOpen ${web} and sign in: the page offers the people of a fictional bank by name.\nWhere a password confirms an act, theirs is in ${path.join(path.relative(process.cwd(), home()), "demo-password.txt")}.\nStop with Ctrl-C. Data lies in ${path.relative(process.cwd(), home()) || "."}/; \`npm run db:reset\` starts over.`
      : `\nOpen ${web} and sign in.`,
  );
  if (!demo && (await isEmpty(process.env.DATABASE_URL))) {
    console.log(
      'There is nobody yet: `npm run admin:first -- EMAIL "FULL NAME"` adds the first administrator.',
    );
  }
}

main().catch((error) => {
  console.error(`\n${error instanceof Error ? error.message : error}`);
  void stop(1);
});
