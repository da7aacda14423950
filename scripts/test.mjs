/**
 * `npm test`: everything that must hold, in the order in which it is cheapest to fail.
 *
 *   --only NAME[,NAME…]   lint, imports, unused, types, unit, db, build, chromium, e2e
 */
import fs from "node:fs";
import path from "node:path";
import { build, checkNode, generate, install, ROOT, run, tool } from "./lib/steps.mjs";

const REPORTS = path.join(ROOT, "test-results");
const only = process.argv.includes("--only")
  ? new Set(process.argv[process.argv.indexOf("--only") + 1]?.split(","))
  : undefined;
const counts = { passed: 0, failed: 0, skipped: 0 };

const report = (name) => path.join(REPORTS, `${name}.json`);
const readReport = (name) =>
  fs.existsSync(report(name)) ? JSON.parse(fs.readFileSync(report(name), "utf8")) : undefined;

function vitest(project) {
  fs.rmSync(report(project), { force: true });
  try {
    run(
      `Tests: ${project}`,
      ...tool(
        "vitest/vitest.mjs",
        "run",
        "--project",
        project,
        "--reporter=default",
        "--reporter=json",
        `--outputFile=${report(project)}`,
      ),
    );
  } finally {
    const result = readReport(project);
    counts.passed += result?.numPassedTests ?? 0;
    counts.failed += result?.numFailedTests ?? 0;
    counts.skipped += (result?.numPendingTests ?? 0) + (result?.numTodoTests ?? 0);
  }
}

function playwright() {
  fs.rmSync(report("e2e"), { force: true });
  try {
    run("Tests: end to end", ...tool("@playwright/test/cli.js", "test"), {
      PLAYWRIGHT_JSON_OUTPUT_NAME: report("e2e"),
    });
  } finally {
    const stats = readReport("e2e")?.stats;
    counts.passed += (stats?.expected ?? 0) + (stats?.flaky ?? 0);
    counts.failed += stats?.unexpected ?? 0;
    counts.skipped += stats?.skipped ?? 0;
  }
}

/** dependency-cruiser says "no violations" when it could read nothing: that must not pass. */
async function imports() {
  const roots = ["app", "components", "lib", "gateway", "worker", "packages", "testing", "scripts"];
  run(
    "Import rules",
    ...tool("dependency-cruiser/bin/dependency-cruise.mjs", "--output-type", "err", ...roots),
  );
  const { cruise } = await import("dependency-cruiser");
  const { default: options } = await import("../.dependency-cruiser.cjs");
  const { output } = await cruise(["lib/domain"], { ...options.options, outputType: "json" });
  const modules = JSON.parse(output).summary.totalCruised;
  if (modules < 10) throw new Error(`Import rules: only ${modules} modules were read`);
}

const STEPS = {
  lint: () =>
    run(
      "Lint and format",
      ...tool("@biomejs/biome/bin/biome", "check", "--error-on-warnings", "."),
    ),
  imports,
  unused: () => run("Unused code", ...tool("knip/bin/knip.js")),
  types: () => {
    run("Types of the routes", ...tool("next/dist/bin/next", "typegen"));
    run("Types", ...tool("typescript7/bin/tsc", "--noEmit", "-p", "."));
  },
  unit: () => vitest("unit"),
  db: () => vitest("db"),
  build,
  chromium: async () => (await import("./lib/chromium.mjs")).ensureChromium(),
  e2e: playwright,
};

let failure;
try {
  checkNode();
  install();
  generate();
  fs.mkdirSync(REPORTS, { recursive: true });
  for (const [name, step] of Object.entries(STEPS)) {
    if (!only || only.has(name)) await step();
  }
} catch (error) {
  failure = error;
}
if (failure) console.error(`\n${failure.message}`);
// The closing line: how many tests ran, over all suites.
console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exit(failure || counts.failed > 0 || (!only && counts.passed === 0) ? 1 : 0);
