/**
 * What the processes need to run: keys, secrets and a database. Made on the first run in
 * `.countersign/` (mode 600), never in production, where everything must be given.
 */
import { generateKeyPairSync, randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import pg from "pg";
import { ensurePostgres } from "./embedded-postgres.mjs";

export const ROOT = path.resolve(import.meta.dirname, "..", "..");
export const home = () =>
  path.resolve(process.env.COUNTERSIGN_HOME ?? path.join(ROOT, ".countersign"));

const REQUIRED_IN_PRODUCTION = [
  "DATABASE_URL",
  "NEXTAUTH_SECRET",
  "NEXTAUTH_URL",
  "COUNTERSIGN_GATEWAY_URL",
  "COUNTERSIGN_TOKEN_KEY",
  "COUNTERSIGN_LOG_KEY",
];

/** Production has no default for a secret: throws with the names of what is missing. */
export function refuseIncomplete(env = process.env) {
  const missing =
    env.NODE_ENV === "production" ? REQUIRED_IN_PRODUCTION.filter((name) => !env[name]) : [];
  if (missing.length === 0) return;
  throw new Error(
    `NODE_ENV=production needs these settings, and none has a default: ${missing.join(", ")}`,
  );
}

function secrets(folder) {
  const file = path.join(folder, "secrets.json");
  if (fs.existsSync(file)) return JSON.parse(fs.readFileSync(file, "utf8"));
  const made = {
    session: randomBytes(32).toString("base64url"),
    database: randomBytes(18).toString("base64url"),
  };
  fs.writeFileSync(file, JSON.stringify(made), { mode: 0o600 });
  return made;
}

function signingKey(folder, name) {
  const file = path.join(folder, `${name}-key.pem`);
  if (!fs.existsSync(file)) {
    const { privateKey } = generateKeyPairSync("ed25519");
    fs.writeFileSync(file, privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
  }
  return fs.readFileSync(file, "utf8");
}

const LOGIN = "countersign";

/** The database `name` with a login that is not its owner: the ledger's grants hold for it. */
export async function ensureDatabase(server, name, password) {
  const admin = new pg.Client({ connectionString: server.url("postgres") });
  await admin.connect();
  try {
    // Two first starts at once would both find nothing.
    await admin.query("SELECT pg_advisory_lock(7270736)");
    await admin.query(`DO $$ BEGIN
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'countersign_app') THEN CREATE ROLE countersign_app NOLOGIN; END IF;
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${LOGIN}') THEN CREATE ROLE ${LOGIN} LOGIN IN ROLE countersign_app; END IF;
    END $$`);
    await admin.query(`ALTER ROLE ${LOGIN} PASSWORD ${pg.escapeLiteral(password)}`);
    const found = await admin.query("SELECT 1 FROM pg_database WHERE datname = $1", [name]);
    if (found.rowCount === 0) await admin.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`);
  } finally {
    await admin.end();
  }
  const app = new URL(server.url(name));
  app.username = LOGIN;
  app.password = password;
  return { ownerUrl: server.url(name), appUrl: app.href };
}

/**
 * Keys, secrets and a running database, written into `process.env` where nothing was given.
 * @returns {Promise<{ ownerUrl: string, stop: () => Promise<void> }>}
 */
export async function prepareEnvironment({ database = "countersign", log = () => {} } = {}) {
  refuseIncomplete();
  const folder = home();
  fs.mkdirSync(folder, { recursive: true, mode: 0o711 });
  const set = (name, value) => {
    process.env[name] ??= value();
  };
  set("NEXTAUTH_SECRET", () => secrets(folder).session);
  set("COUNTERSIGN_TOKEN_KEY", () => signingKey(folder, "token"));
  set("COUNTERSIGN_LOG_KEY", () => signingKey(folder, "log"));
  set("WEB_PORT", () => "3000");
  set("GATEWAY_PORT", () => "3001");
  set("NEXTAUTH_URL", () => `http://localhost:${process.env.WEB_PORT}`);
  set("COUNTERSIGN_GATEWAY_URL", () => `http://localhost:${process.env.GATEWAY_PORT}`);
  set("NEXT_TELEMETRY_DISABLED", () => "1");
  if (process.env.DATABASE_URL) {
    return {
      ownerUrl: process.env.MIGRATION_DATABASE_URL ?? process.env.DATABASE_URL,
      stop: async () => {},
    };
  }
  const server = await ensurePostgres({ home: path.join(folder, "postgres"), log });
  const { ownerUrl, appUrl } = await ensureDatabase(server, database, secrets(folder).database);
  process.env.DATABASE_URL = appUrl;
  return { ownerUrl, stop: server.stop };
}
