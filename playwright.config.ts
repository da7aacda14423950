import { defineConfig } from "@playwright/test";
import { systemChromium } from "./scripts/lib/chromium.mjs";

const WEB_PORT = 4100;
const GATEWAY_PORT = 4101;
const executablePath = systemChromium();

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results/e2e",
  // One firm, one ledger: the files tell one story after another.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: process.env["CI"] !== undefined,
  reporter: [["list"], ["json"]],
  use: {
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    baseURL: `http://localhost:${WEB_PORT}`,
    browserName: "chromium",
    trace: "retain-on-failure",
    timezoneId: "Europe/London",
    locale: "en-GB",
    launchOptions: {
      // undefined = the browser that Playwright installed
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
      ],
    },
  },
  webServer: {
    command: "node scripts/start.mjs --fresh --no-agents --no-build",
    url: `http://localhost:${WEB_PORT}/api/health`,
    timeout: 240_000,
    // for whoever writes a test: keeps one server between runs
    reuseExistingServer: process.env["E2E_REUSE"] === "1",
    gracefulShutdown: { signal: "SIGTERM", timeout: 10_000 },
    stdout: "ignore",
    stderr: "pipe",
    env: {
      WEB_PORT: String(WEB_PORT),
      GATEWAY_PORT: String(GATEWAY_PORT),
      COUNTERSIGN_HOME: ".countersign/e2e",
      COUNTERSIGN_DEMO: "1",
      DATABASE_URL: "",
      LOG_LEVEL: "warn",
    },
  },
});
