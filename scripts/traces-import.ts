/**
 * Brings traces from outside (docs/traces-format.md) into scratch agents of the demo, so that the pages show them:
 *   npm run traces:import -- FILE [--keep-times]
 * The running worker scores them within a minute. A live ledger holds what was decided here, so this works in the demo only.
 */
import { parseArgs } from "node:util";
import pg from "pg";
import { prepareEnvironment } from "./lib/environment.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { "keep-times": { type: "boolean", default: false } },
});
const [file] = positionals;
if (file === undefined) throw new Error("which file? npm run traces:import -- FILE");
if (process.env["NODE_ENV"] === "production")
  throw new Error("traces are imported in the demo only");

const { stop } = await prepareEnvironment({ log: console.log });
// Settings are read on import.
const { readTraceFile } = await import("@/testing/agents/traces");
const { importer, importTrace } = await import("./lib/import-trace");
const { db } = await import("@/lib/server/db");
const client = new pg.Client({ connectionString: process.env["DATABASE_URL"] });
try {
  const agents = await readTraceFile(file);
  await client.connect();
  const { actor, ...owning } = await importer();
  for (const [agent, lines] of agents) {
    const ctx = { actor, now: new Date() };
    const trace = { agent, lines, ...owning, move: !values["keep-times"] };
    const { agentId, name, decisions } = await importTrace(client, ctx, trace);
    console.log(`${name}: ${decisions} decisions, /agents/${agentId}`);
  }
} finally {
  await client.end();
  await db.$disconnect();
  await stop();
}
process.exit(0);
