import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { ensurePostgres } from "../scripts/lib/embedded-postgres.mjs";
import { ensureDatabase, home } from "../scripts/lib/environment.mjs";
import { migrate } from "../scripts/lib/migrate.mjs";

declare module "vitest" {
  export interface ProvidedContext {
    /** the administrator's URL of the test server */
    databaseServer: string;
    /** a migrated database that each test file copies */
    databaseTemplate: string;
    appPassword: string;
  }
}

const MIGRATIONS = path.resolve(import.meta.dirname, "..", "prisma", "migrations");
const APP_PASSWORD = "only-for-tests";

function migrationsDigest(): string {
  const hash = createHash("sha256");
  for (const name of readdirSync(MIGRATIONS).sort()) {
    if (name.endsWith(".toml")) continue;
    hash.update(name).update(readFileSync(path.join(MIGRATIONS, name, "migration.sql")));
  }
  return hash.digest("hex").slice(0, 12);
}

/** Starts (or attaches to) a PostgreSQL for tests and migrates a template once per state of the migrations. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await ensurePostgres({
    home: path.join(home(), "test-postgres"),
    // Tests are about behaviour, not about surviving a power cut: this halves their time.
    flags: ["-c", "fsync=off", "-c", "max_connections=300"],
  });
  const template = `template_${migrationsDigest()}`;
  const admin = new pg.Client({ connectionString: server.url("postgres") });
  await admin.connect();
  // Two runs at once must not both make the template.
  await admin.query("SELECT pg_advisory_lock(7270737)");
  const ready = await admin.query(
    "SELECT 1 FROM pg_database WHERE datname = $1 AND datistemplate",
    [template],
  );
  if (ready.rowCount === 0) {
    await admin.query(`DROP DATABASE IF EXISTS ${template} WITH (FORCE)`);
    const { ownerUrl } = await ensureDatabase(server, template, APP_PASSWORD);
    await migrate(ownerUrl, MIGRATIONS);
    await admin.query(`ALTER DATABASE ${template} IS_TEMPLATE true`);
  }
  await admin.end();
  project.provide("databaseServer", server.url("postgres"));
  project.provide("databaseTemplate", template);
  project.provide("appPassword", APP_PASSWORD);
  return server.stop;
}
