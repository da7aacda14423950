/**
 * What must be there before anything runs: packages, the generated client, the build. Each is skipped
 * when nothing that it depends on has changed. Imports nothing but `node:`, since it runs first.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

export const ROOT = path.resolve(import.meta.dirname, "..", "..");
const STAMPS = path.join(ROOT, "node_modules", ".countersign-stamps.json");
const BUILT_FROM = [
  "app",
  "components",
  "lib",
  "public",
  "prisma/schema",
  "proxy.ts",
  "next.config.ts",
  "postcss.config.mjs",
  "tsconfig.json",
  "package-lock.json",
];

function files(at) {
  const full = path.join(ROOT, at);
  if (!fs.existsSync(full)) return [];
  if (fs.statSync(full).isFile()) return [at];
  return fs
    .readdirSync(full, { withFileTypes: true })
    .flatMap((entry) => files(path.join(at, entry.name)));
}

function digest(paths) {
  const hash = createHash("sha256").update(process.version);
  for (const file of paths.flatMap(files).sort()) {
    hash.update(`${file}\0`).update(fs.readFileSync(path.join(ROOT, file)));
  }
  return hash.digest("hex");
}

const readStamps = () => (fs.existsSync(STAMPS) ? JSON.parse(fs.readFileSync(STAMPS, "utf8")) : {});

/** Runs `work` unless it ran before on the same content and left `product` behind. */
function once(name, { from, product, work }) {
  const now = digest(from);
  if (readStamps()[name] === now && fs.existsSync(path.join(ROOT, product))) return;
  work();
  fs.writeFileSync(STAMPS, JSON.stringify({ ...readStamps(), [name]: now }));
}

/** Runs a command of the project's; its output is shown. Throws where it fails. */
export function run(title, command, args, env = {}) {
  console.log(`\n── ${title}`);
  const result = spawnSync(command, args, {
    cwd: ROOT,
    stdio: "inherit",
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...env },
    shell: process.platform === "win32",
  });
  if (result.status !== 0) {
    throw new Error(`${title}: failed${result.error ? ` (${result.error.message})` : ""}`);
  }
}

/** A package's command, run by this very Node. */
export const tool = (file, ...args) => [
  process.execPath,
  [path.join(ROOT, "node_modules", file), ...args],
];

export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Error(`Countersign needs Node 20.19 or later; this is ${process.versions.node}`);
  }
}

export function install() {
  once("install", {
    from: ["package.json", "package-lock.json"],
    product: "node_modules/next/package.json",
    // NODE_ENV=production would leave out what builds and tests need.
    work: () =>
      run("Installing packages", "npm", ["ci", "--include=dev", "--no-audit", "--no-fund"]),
  });
}

export function generate() {
  once("generate", {
    from: ["prisma/schema", "prisma.config.ts"],
    product: "prisma/generated/client.ts",
    work: () => run("Generating the database client", ...tool("prisma/build/index.js", "generate")),
  });
}

export function build() {
  once("build", {
    from: BUILT_FROM,
    product: ".next/BUILD_ID",
    work: () => run("Building the web application", ...tool("next/dist/bin/next", "build")),
  });
}
