/**
 * Completes package-lock.json with the optional platform packages that the registry in use did not
 * list (some mirrors lack macOS, Windows or musl builds). `npm ci` refuses a lock that leaves them
 * out. Run after every change of a dependency.
 */
import fs from "node:fs";

const OS = "darwin linux win32 android freebsd openbsd netbsd openharmony sunos aix".split(" ");
const CPU = "arm64 x64 ia32 arm ppc64 riscv64 s390x loong64 wasm32 mips64el".split(" ");

const lock = JSON.parse(fs.readFileSync("package-lock.json", "utf8"));
const packages = lock.packages;
let added = 0;

/** The lock entry of a platform package, or undefined where its name tells no platform. */
function platformEntry(name, range, parent) {
  const parts = name.split(/[-/]/);
  const os = OS.find((word) => parts.includes(word));
  const cpu =
    CPU.find((word) => parts.includes(word)) ?? (parts.includes("gnueabihf") ? "arm" : undefined);
  if (!os && !cpu) return undefined;
  return {
    version: range.replace(/^[~^]/, ""),
    ...(cpu && { cpu: [cpu] }),
    ...(parent.dev && { dev: true }),
    optional: true,
    ...(os && { os: [os] }),
    ...(/musl/.test(name) && { libc: ["musl"] }),
    ...(/gnu/.test(name) && os === "linux" && { libc: ["glibc"] }),
  };
}

for (const [key, parent] of Object.entries(packages)) {
  for (const [name, range] of Object.entries(parent.optionalDependencies ?? {})) {
    const nested = `${key ? `${key}/` : ""}node_modules/${name}`;
    const top = `node_modules/${name}`;
    if (packages[nested] || packages[top] || parent.peerDependenciesMeta?.[name]) continue;
    const entry = platformEntry(name, range, parent);
    if (!entry) {
      console.warn(`not a platform package, left out: ${name}`);
      continue;
    }
    packages[top] = entry;
    added += 1;
  }
}

lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
fs.writeFileSync("package-lock.json", `${JSON.stringify(lock, null, 2)}\n`);
console.log(`platform packages added: ${added}`);
