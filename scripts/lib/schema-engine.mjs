/**
 * Authors migrations with Prisma's own schema engine (WASM, from npm) through a driver adapter, so
 * that no engine binary is downloaded.
 *
 * PrismaPg is not meant for migrations: its executeScript splits on `;` (breaks $$ bodies), with a
 * connection string its shadow database is silently the main one, and it does not know "char".
 */
import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import pg from "pg";

const require = createRequire(import.meta.url);
const PG_CHAR = 18;
const PG_TEXT = 25;

function forMigrations(adapter) {
  const pool = adapter.underlyingDriver();
  const performIO = adapter.performIO.bind(adapter);
  const queryRaw = adapter.queryRaw;
  adapter.executeScript = async (sql) => {
    try {
      await pool.query(sql);
    } catch (error) {
      adapter.onError(error);
    }
  };
  adapter.queryRaw = async (query) => {
    const chars = [];
    const self = Object.create(adapter);
    self.performIO = async (statement) => {
      const result = await performIO(statement);
      (result.fields ?? []).forEach((field, index) => {
        if (field.dataTypeID === PG_CHAR) {
          chars.push(index);
          field.dataTypeID = PG_TEXT;
        }
      });
      return result;
    };
    const result = await queryRaw.call(self, query);
    for (const index of chars) result.columnTypes[index] = ColumnTypeEnum.Character;
    return result;
  };
  return adapter;
}

class SchemaPg extends PrismaPg {
  constructor(address) {
    const url = new URL(address);
    super({
      host: url.hostname,
      port: Number(url.port || 5432),
      user: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
      database: decodeURIComponent(url.pathname.slice(1)),
      max: 1,
    });
    this.address = address;
  }
  async connect() {
    return forMigrations(await super.connect());
  }
  async connectToShadowDb() {
    const name = `prisma_migrate_shadow_db_${crypto.randomUUID()}`;
    const admin = new pg.Client({ connectionString: this.address });
    await admin.connect();
    await admin.query(`CREATE DATABASE "${name}" TEMPLATE template0`);
    const url = new URL(this.address);
    url.pathname = `/${name}`;
    const adapter = await new SchemaPg(url.href).connect();
    const dispose = adapter.dispose.bind(adapter);
    adapter.dispose = async () => {
      await dispose();
      await admin.query(`DROP DATABASE "${name}" WITH (FORCE)`);
      await admin.end();
    };
    return adapter;
  }
}

async function migrationsList(folder) {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return {
    baseDir: folder,
    shadowDbInitScript: "",
    lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
    migrationDirectories: await Promise.all(
      names.sort().map(async (name) => ({
        path: name,
        migrationFile: {
          path: "migration.sql",
          content: {
            tag: "ok",
            value: await readFile(path.join(folder, name, "migration.sql"), "utf8"),
          },
        },
      })),
    ),
  };
}

/**
 * The SQL that leads from the migrations to the schema files.
 * @returns {Promise<{ sql: string, changed: boolean }>}
 */
export async function diff({ url, schemaFolder, migrationsFolder }) {
  const bgPath = require.resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const bg = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const wasm = await readFile(path.join(path.dirname(bgPath), "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(wasm, { "./schema_engine_bg.js": bg });
  bg.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  const panics = { message: "" };
  globalThis.PRISMA_WASM_PANIC_REGISTRY = {
    set_message: (message) => {
      panics.message = message;
    },
  };
  const names = (await readdir(schemaFolder)).filter((name) => name.endsWith(".prisma"));
  const files = await Promise.all(
    names.sort().map(async (name) => {
      const file = path.join(schemaFolder, name);
      return { path: file, content: await readFile(file, "utf8") };
    }),
  );
  const engine = await bg.SchemaEngine.new(
    { datamodels: files.map((file) => [file.path, file.content]) },
    () => {},
    bindMigrationAwareSqlAdapterFactory(new SchemaPg(url)),
  );
  try {
    const list = await migrationsList(migrationsFolder);
    const from =
      list.migrationDirectories.length > 0 ? { tag: "migrations", ...list } : { tag: "empty" };
    const result = await engine.diff({
      from,
      to: { tag: "schemaDatamodel", files },
      script: true,
      exitCode: true,
      filters: { externalTables: [], externalEnums: [] },
    });
    return { sql: result.stdout ?? "", changed: result.exitCode !== 0 };
  } catch (error) {
    throw new Error(panics.message || error.message || String(error), { cause: error });
  } finally {
    engine.free?.();
  }
}
