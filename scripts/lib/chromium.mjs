/** Finds a Chromium for the browser tests, or installs one. */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { run, tool } from "./steps.mjs";

const PLACES = [
  process.env.CHROMIUM_PATH,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];

export const systemChromium = () => PLACES.find((place) => place && fs.existsSync(place));

export function ensureChromium() {
  if (systemChromium()) return;
  const isRootOnDebian =
    process.getuid?.() === 0 && spawnSync("apt-get", ["--version"]).status === 0;
  if (isRootOnDebian) {
    run("Updating the package list", "apt-get", ["update", "-qq"]);
    run("Installing Chromium", "apt-get", ["install", "-y", "-qq", "chromium", "fonts-liberation"]);
    return;
  }
  run("Installing Playwright's Chromium", ...tool("playwright/cli.js", "install", "chromium"));
}
