/**
 * The database's commands: migrate | diff [name] | seed | reset | url
 *
 * `diff` writes a new migration from what the schema files say and the migrations do not;
 * hand-written SQL (triggers, checks, generated columns, grants) is added to that file.
 */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import pg from "pg";
import { prepareEnvironment, ROOT } from "./lib/environment.mjs";
import { migrate } from "./lib/migrate.mjs";

const MIGRATIONS = path.join(ROOT, "prisma", "migrations");
const [command, name = "change"] = process.argv.slice(2);

async function writeDiff(url) {
  const { diff } = await import("./lib/schema-engine.mjs");
  const { sql, changed } = await diff({
    url,
    schemaFolder: path.join(ROOT, "prisma", "schema"),
    migrationsFolder: MIGRATIONS,
  });
  if (!changed) return console.log("the migrations say what the schema says");
  const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const folder = path.join(MIGRATIONS, `${stamp}_${name}`);
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, "migration.sql"), sql);
  console.log(`wrote ${path.relative(ROOT, folder)}/migration.sql: read it before you apply it`);
}

async function dropEverything(url) {
  if (process.env.NODE_ENV === "production") throw new Error("db:reset does not run in production");
  const db = new pg.Client({ connectionString: url });
  await db.connect();
  await db.query(
    "DROP SCHEMA IF EXISTS pgboss CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public",
  );
  await db.end();
}

function seed() {
  const script = path.join(ROOT, "prisma", "seed.ts");
  const result = spawnSync(process.execPath, ["--import", "tsx", script], {
    stdio: "inherit",
    cwd: ROOT,
  });
  if (result.status !== 0) throw new Error("the seed failed");
}

if (process.env.NODE_ENV !== "production") process.env.COUNTERSIGN_DEMO ??= "1";
const { ownerUrl, stop } = await prepareEnvironment({
  log: (line) => command !== "url" && console.log(line),
});
try {
  switch (command) {
    case "migrate": {
      const applied = await migrate(ownerUrl, MIGRATIONS, console.log);
      console.log(applied.length === 0 ? "nothing to apply" : `${applied.length} applied`);
      break;
    }
    case "diff":
      await writeDiff(ownerUrl);
      break;
    case "seed":
      seed();
      break;
    case "reset":
      await dropEverything(ownerUrl);
      await migrate(ownerUrl, MIGRATIONS, console.log);
      seed();
      break;
    case "url":
      console.log(process.env.DATABASE_URL);
      break;
    default:
      throw new Error("usage: node scripts/db.mjs migrate | diff [name] | seed | reset | url");
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await stop();
}
process.exit(process.exitCode ?? 0);
