/**
 * How quickly charts over 30 days answer: `npm run bench:behaviour -- [decisions]`, 200 000 where nothing is said.
 *
 * Method: a fresh database in the bench's own PostgreSQL (fsync on). The decisions are written into the ledger's table by SQL,
 * spread over 50 agents, 30 days, four outcomes and a dozen acts; the worker's own code projects them; then each query of the
 * pages runs 20 times in one process, and median and slowest are said. Budget at a million decisions: 200 ms.
 */
import path from "node:path";
import pg from "pg";
import { ensurePostgres } from "../scripts/lib/embedded-postgres.mjs";
import { ensureDatabase, home, prepareEnvironment, ROOT } from "../scripts/lib/environment.mjs";
import { migrate } from "../scripts/lib/migrate.mjs";

const decisions = Math.max(1000, Number(process.argv[2] ?? 200_000));
const AGENTS = 50;
const RUNS = 20;
const BUDGET_MS = 200;
const NAME = "bench_behaviour";

const server = await ensurePostgres({ home: path.join(home(), "bench-postgres") });
const admin = new pg.Client({ connectionString: server.url("postgres") });
await admin.connect();
await admin.query(`DROP DATABASE IF EXISTS ${NAME} WITH (FORCE)`);
const { ownerUrl, appUrl } = await ensureDatabase(server, NAME, "only-for-the-bench");
await migrate(ownerUrl, path.join(ROOT, "prisma", "migrations"));
process.env["DATABASE_URL"] = appUrl;
await prepareEnvironment();

// Settings are read on import.
const { db } = await import("@/lib/server/db");
const { projectLedger } = await import("@/lib/server/behaviour/project");
const { readHistory } = await import("@/lib/server/behaviour/history");
const queries = await import("@/lib/server/behaviour/queries");
const factories = await import("@/testing/factories");

/** Trace ids, reasons and targets stand in details, which no chart reads: none are written. */
async function fillLedger(agentIds: readonly string[]): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  await owner.query(
    `INSERT INTO "LedgerEntry" ("seq", "canonical", "leafHash")
     SELECT n, json_build_object('v', 1, 'kind', 'decision', 'personId', null, 'commitment', null, 'simulated', true,
       'agentId', ($1::text[])[1 + n % $2], 'sponsorId', null, 'manifestId', null, 'manifestVersion', null,
       'at', to_char((now() - make_interval(secs => (30 * 86400.0) * ($3 - n) / $3)) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
       'outcome', o.outcome, 'reason', o.reason, 'cluster', 'task-' || (n / 7) % 4, 'rule', 0,
       'action', (ARRAY['read', 'list', 'annotate', 'post'])[1 + (n / 3) % 4], 'resourceType', 'type-' || (n / 5) % 3,
       'dataClass', 'internal', 'records', n % 9, 'spend', null, 'riskScore', 10, 'containment', null, 'reviewId', null,
       'grantId', null)::text, '\\x00'::bytea
     FROM generate_series(0, $3::int - 1) AS n CROSS JOIN LATERAL (SELECT * FROM (VALUES
       (0, 'allow', 'within_manifest'), (1, 'hold', 'confirm_each'), (2, 'block', 'no_rule'), (3, 'deny', 'proof_stale')) v(k, outcome, reason)
       WHERE k = CASE WHEN n % 50 = 0 THEN 2 WHEN n % 41 = 0 THEN 3 WHEN n % 20 = 0 THEN 1 ELSE 0 END) o`,
    [agentIds, AGENTS, decisions],
  );
  await owner.query("ANALYZE");
  await owner.end();
}

async function makeAgents(): Promise<readonly string[]> {
  const { id: ownerId } = await factories.makePerson(["owner"]);
  const { id: legalEntityId } = await factories.makeLegalEntity();
  const ids: string[] = [];
  for (let index = 0; index < AGENTS; index += 1) {
    const { agent } = await factories.makeAgent({ ownerId, legalEntityId });
    await factories.makeManifestInForce(factories.exampleManifest(agent.id), ownerId);
    ids.push(agent.id);
  }
  return ids;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

async function measure(name: string, work: () => Promise<unknown>) {
  await work();
  const times: number[] = [];
  for (let run = 0; run < RUNS; run += 1) times.push(await timed(work));
  times.sort((a, b) => a - b);
  const [median, slowest] = [times[RUNS >> 1] ?? 0, times.at(-1) ?? 0];
  return { query: name, "median ms": median.toFixed(1), "slowest ms": slowest.toFixed(1) };
}

const agentIds = await makeAgents();
const filled = await timed(() => fillLedger(agentIds));
const projected = await timed(projectLedger);
const rows = await Promise.all([
  db.hourlyOutcome.count(),
  db.hourlyMix.count(),
  db.decisionStep.count(),
]);
const ctx = factories.ctxOf({ id: "per_bench0001" }, ["auditor"]);
const agentId = agentIds[0] ?? "";
const table = [
  await measure("outcomes of all agents by day", () =>
    queries.outcomesOverTime(ctx, { agentId: null }),
  ),
  await measure("outcomes of all agents by hour", () =>
    queries.outcomesOverTime(ctx, { agentId: null, step: "hour" }),
  ),
  await measure("outcomes of one agent by hour", () =>
    queries.outcomesOverTime(ctx, { agentId, step: "hour" }),
  ),
  await measure("action mix of one agent", () => queries.actionMix(ctx, { agentId })),
  await measure("cluster flow of one agent", () => queries.clusterFlow(ctx, { agentId })),
  await measure("budgets of one agent", () => queries.budgetBurn(ctx, { agentId })),
  await measure("portfolio", () => queries.portfolio(ctx)),
  await measure("history of one agent for its score", () => readHistory(agentId, ctx.now)),
];
console.log(
  `${decisions} decisions of ${AGENTS} agents over 30 days, written in ${(filled / 1000).toFixed(0)} s; projected in ${(projected / 1000).toFixed(1)} s (${Math.round((1000 * projected) / decisions)} µs each)`,
);
console.log(`rows: ${rows[0]} hourly outcomes, ${rows[1]} hourly acts, ${rows[2]} steps`);
console.table(table);
const charts = table.slice(0, -1);
const late = charts.filter((row) => Number(row["slowest ms"]) > BUDGET_MS);
console.log(
  late.length === 0
    ? `all charts under ${BUDGET_MS} ms`
    : `over ${BUDGET_MS} ms: ${late.map(({ query }) => query).join(", ")}`,
);
await db.$disconnect();
await admin.query(`DROP DATABASE ${NAME} WITH (FORCE)`);
await admin.end();
await server.stop();
process.exit(0);
