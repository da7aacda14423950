/**
 * `prisma migrate deploy` in plain `pg`: the same table, checksum, advisory lock and semantics, so
 * that Prisma's own command takes over where its engine can be downloaded. One transaction per
 * migration.
 */
import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import pg from "pg";

const PRISMA_MIGRATE_LOCK = 72707369;

/**
 * @param {string} connectionString the owner's URL
 * @param {string} folder prisma/migrations
 * @returns {Promise<string[]>} the names of the migrations that were applied now
 */
export async function migrate(connectionString, folder, log = () => {}) {
  const db = new pg.Client({ connectionString });
  await db.connect();
  try {
    await db.query("SELECT pg_advisory_lock($1)", [PRISMA_MIGRATE_LOCK]);
    await db.query(`CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
      id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ,
      migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
      started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`);
    const { rows } = await db.query(
      'SELECT migration_name, checksum, finished_at FROM "_prisma_migrations" WHERE rolled_back_at IS NULL',
    );
    const failed = rows.find((row) => !row.finished_at);
    if (failed)
      throw new Error(`migration ${failed.migration_name} failed earlier: resolve it first`);
    const done = new Map(rows.map((row) => [row.migration_name, row.checksum]));
    const entries = await readdir(folder, { withFileTypes: true });
    const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
    const applied = [];
    for (const name of names.sort()) {
      const sql = await readFile(`${folder}/${name}/migration.sql`, "utf8");
      const checksum = createHash("sha256").update(sql).digest("hex");
      if (done.has(name)) {
        if (done.get(name) !== checksum)
          throw new Error(`migration ${name} was changed after it was applied: npm run db:reset`);
        continue;
      }
      await apply(db, { name, sql, checksum });
      applied.push(name);
      log(`applied ${name}`);
    }
    return applied;
  } finally {
    await db.end();
  }
}

async function apply(db, { name, sql, checksum }) {
  await db.query("BEGIN");
  try {
    await db.query(sql);
    await db.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await db.query("COMMIT");
  } catch (error) {
    await db.query("ROLLBACK");
    throw new Error(`migration ${name}: ${error.message}`, { cause: error });
  }
}
