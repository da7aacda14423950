/**
 * What each generated column of the ledger costs on insert: `node bench/ledger-columns.mjs [rows]`.
 *
 * Method: one table per variant in a scratch schema of the embedded PostgreSQL, the same rows, groups
 * of 64 as the gateway writes them, variants interleaved round by round so that a busy machine slows
 * all alike; the median round counts.
 */
import path from "node:path";
import pg from "pg";
import { ensurePostgres } from "../scripts/lib/embedded-postgres.mjs";
import { home } from "../scripts/lib/environment.mjs";

const ROUNDS = 15;
const GROUP = 64;
const rowsPerRound =
  Math.max(1, Math.floor(Number(process.argv[2] ?? 30_000) / ROUNDS / GROUP)) * GROUP;
const COLUMNS = [
  "at",
  "kind",
  "agentId",
  "personId",
  "sponsorId",
  "manifestId",
  "outcome",
  "reason",
];
const INDEXES = [
  ["at"],
  ["agentId", "seq"],
  ["kind", "seq"],
  ["sponsorId", "seq"],
  ["personId", "seq"],
];

const expression = (column) =>
  column === "at"
    ? `ledger_instant(canonical::jsonb ->> 'at')`
    : `canonical::jsonb ->> '${column}'`;
const definition = (column) =>
  `"${column}" ${column === "at" ? "timestamptz(3)" : "text"} GENERATED ALWAYS AS (${expression(column)}) STORED`;

const VARIANTS = [
  { name: "no generated column", columns: [], indexes: [] },
  ...COLUMNS.map((column) => ({ name: `only ${column}`, columns: [column], indexes: [] })),
  { name: "all eight", columns: COLUMNS, indexes: [] },
  { name: "all eight, five indexes", columns: COLUMNS, indexes: INDEXES },
];

function body(seq) {
  return JSON.stringify({
    action: "read",
    agentId: `agt_${String(seq % 100).padStart(12, "0")}`,
    at: new Date(1.79e12 + seq * 37).toISOString(),
    cluster: "read-documents",
    commitment: "u".repeat(43),
    containment: null,
    dataClass: "confidential",
    grantId: null,
    kind: "decision",
    manifestId: "mft_0123456789ab",
    manifestVersion: 2,
    outcome: "allow",
    personId: null,
    reason: "within_manifest",
    records: 1,
    resourceType: "invoice",
    reviewId: null,
    riskScore: 12,
    rule: 0,
    simulated: false,
    spend: null,
    sponsorId: "per_0123456789ab",
    v: 1,
  });
}

const server = await ensurePostgres({ home: path.join(home(), "bench-postgres") });
const db = new pg.Client({ connectionString: server.url("postgres") });
await db.connect();
await db.query(
  "DROP SCHEMA IF EXISTS bench CASCADE; CREATE SCHEMA bench; SET search_path TO bench",
);
await db.query(`CREATE FUNCTION ledger_instant(value TEXT) RETURNS TIMESTAMPTZ LANGUAGE plpgsql IMMUTABLE STRICT AS $$
  BEGIN
    IF value !~ '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,3})?Z$' THEN RAISE EXCEPTION 'not a UTC instant'; END IF;
    RETURN value::timestamptz;
  END $$`);
for (const [index, variant] of VARIANTS.entries()) {
  const columns = [
    "seq bigint primary key",
    "canonical text",
    "leaf bytea",
    ...variant.columns.map(definition),
  ];
  await db.query(`CREATE TABLE v${index} (${columns.join(", ")})`);
  for (const on of variant.indexes)
    await db.query(`CREATE INDEX ON v${index} (${on.map((c) => `"${c}"`).join(", ")})`);
}

const times = VARIANTS.map(() => []);
let seq = 0;
for (let round = 0; round < ROUNDS; round += 1) {
  const groups = Array.from({ length: rowsPerRound / GROUP }, () => {
    const seqs = Array.from({ length: GROUP }, () => seq++);
    return [seqs.map(String), seqs.map(body), seqs.map(() => "ab".repeat(32))];
  });
  for (const index of VARIANTS.keys()) {
    const from = performance.now();
    for (const values of groups) {
      await db.query(
        `INSERT INTO v${index} (seq, canonical, leaf) SELECT s, c, decode(l, 'hex') FROM unnest($1::bigint[], $2::text[], $3::text[]) AS e(s, c, l)`,
        values,
      );
    }
    times[index].push((1000 * (performance.now() - from)) / rowsPerRound);
  }
}

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
console.log(
  `${ROUNDS} rounds of ${rowsPerRound} rows each, groups of ${GROUP}, one connection, fsync on; median of the rounds`,
);
const table = [];
for (const [index, variant] of VARIANTS.entries()) {
  const { rows } = await db.query(`SELECT pg_total_relation_size('v${index}') AS bytes`);
  table.push({
    variant: variant.name,
    "µs per row": median(times[index]).toFixed(1),
    "bytes per row": Math.round(Number(rows[0].bytes) / seq),
  });
}
console.table(table);
await db.query("DROP SCHEMA bench CASCADE");
await db.end();
await server.stop();
