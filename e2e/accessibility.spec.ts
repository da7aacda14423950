import { createRequire } from "node:module";
import type { Page } from "@playwright/test";
import type { AxeResults } from "axe-core";
import { expect, test } from "./fixtures";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** Serious and critical findings of axe (WCAG 2.2 A and AA), each with where it is. */
async function findings(page: Page): Promise<string[]> {
  // The page's content security policy keeps foreign scripts out; the test injects its own past it.
  await page.addScriptTag({ path: AXE }).catch(() => page.evaluate(`0`));
  const results = await page.evaluate(async (): Promise<AxeResults> => {
    const { axe } = globalThis as unknown as {
      axe: { run: (options: object) => Promise<AxeResults> };
    };
    return axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"] });
  });
  return results.violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, html }) => `${id} at ${target.join(" ")}: ${html.slice(0, 120)}`),
    );
}

/** The first link of a list page, so that detail pages are looked at with real content. */
async function firstOf(page: Page, list: string, pattern: RegExp): Promise<string> {
  await page.goto(list);
  const links = await page.getByRole("main").getByRole("link").all();
  for (const link of links) {
    const href = (await link.getAttribute("href")) ?? "";
    if (pattern.test(href)) return href;
  }
  throw new Error(`no link like ${pattern} on ${list}`);
}

for (const { scheme, width } of [
  { scheme: "light", width: 1440 },
  { scheme: "dark", width: 390 },
] as const) {
  test(`every page is accessible and fits: ${scheme}, ${width} px`, async ({ browser }) => {
    test.setTimeout(240_000);
    const context = await browser.newContext({
      colorScheme: scheme,
      viewport: { width, height: 900 },
      bypassCSP: true,
    });
    const page = await context.newPage();
    await page.goto("/sign-in");
    expect(await findings(page), "/sign-in").toEqual([]);
    await page.getByRole("button", { name: /^Sign in as Helen/ }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Today" })).toBeVisible();
    const agent = await firstOf(page, "/agents?q=Trade", /^\/agents\/agt_/);
    const urls = [
      "/",
      "/portfolio",
      "/agents",
      agent,
      `${agent}?tab=behaviour`,
      `${agent}?tab=containment`,
      await firstOf(page, `${agent}?tab=decisions`, /^\/requests\/\d+/),
      "/manifests",
      await firstOf(page, "/manifests?state=submitted", /^\/manifests\/mft_/),
      "/reviews",
      await firstOf(page, "/reviews", /^\/reviews\/rev_/),
      "/incidents",
      "/incidents/new",
      "/ledger",
      await firstOf(page, "/ledger", /^\/ledger\/\d+/),
      "/settings",
    ];
    for (const url of urls) {
      await page.goto(url, { waitUntil: "networkidle" }).catch(() => undefined);
      expect.soft(await findings(page), url).toEqual([]);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect.soft(overflow, `${url} must not scroll sideways`).toBe(0);
    }
    await context.close();
  });
}
