/**
 * Set-up of every `*.db.test.ts` file: a database of its own, copied from the migrated template, and
 * the settings that lib/server reads. Runs before the file's imports.
 */
import { generateKeyPairSync, randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, inject } from "vitest";

const server = new URL(inject("databaseServer"));
const name = `test_${randomBytes(6).toString("hex")}`;

async function asAdmin(sql: string): Promise<void> {
  const admin = new pg.Client({ connectionString: server.href });
  await admin.connect();
  try {
    await admin.query(sql);
  } finally {
    await admin.end();
  }
}

const pem = () =>
  generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString();

await asAdmin(`CREATE DATABASE ${name} TEMPLATE ${inject("databaseTemplate")}`);
const owner = new URL(server);
owner.pathname = `/${name}`;
const app = new URL(owner);
app.username = "countersign";
app.password = inject("appPassword");

process.env["DATABASE_URL"] = app.href;
/** for tests of what even the owner of the tables can't do unseen */
process.env["TEST_OWNER_URL"] = owner.href;
process.env["NEXTAUTH_SECRET"] = randomBytes(32).toString("base64url");
process.env["NEXTAUTH_URL"] = "http://localhost:3000";
process.env["COUNTERSIGN_GATEWAY_URL"] = "http://localhost:3001";
process.env["COUNTERSIGN_TOKEN_KEY"] = pem();
process.env["COUNTERSIGN_LOG_KEY"] = pem();
process.env["LOG_LEVEL"] = "fatal";

afterAll(async () => {
  const { db } = await import("@/lib/server/db");
  await db.$disconnect();
  await asAdmin(`DROP DATABASE ${name} WITH (FORCE)`);
});
