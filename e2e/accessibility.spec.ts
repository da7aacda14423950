import { createRequire } from "node:module";
import type { Page } from "@playwright/test";
import type { AxeResults } from "axe-core";
import { expect, type Person, signIn, test } from "./fixtures";

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

type Walk = { readonly person: Person; readonly urls: (page: Page) => Promise<readonly string[]> };

/** Between them these three see every page. */
const WALKS: readonly Walk[] = [
  {
    person: "Helen",
    async urls(page) {
      const agent = await firstOf(page, "/agents?q=Trade", /^\/agents\/agt_/);
      return [
        "/",
        "/portfolio",
        "/agents",
        agent,
        ...[
          "behaviour",
          "containment",
          "decisions",
          "manifests",
          "keys",
          "sponsors",
          "settings",
        ].map((tab) => `${agent}?tab=${tab}`),
        await firstOf(page, `${agent}?tab=decisions`, /^\/requests\/\d+/),
        "/manifests",
        await firstOf(page, "/manifests?state=submitted", /^\/manifests\/mft_/),
        "/reviews",
        await firstOf(page, "/reviews", /^\/reviews\/rev_/),
        "/incidents",
        await firstOf(page, "/incidents", /^\/incidents\/inc_/),
        "/incidents/new",
        "/ledger",
        await firstOf(page, "/ledger", /^\/ledger\/\d+/),
        "/settings",
      ];
    },
  },
  { person: "Nina", urls: async () => ["/people", "/agents/new"] },
  {
    person: "Aisha",
    async urls(page) {
      const agent = await firstOf(page, "/agents?q=KYC", /^\/agents\/agt_/);
      const draft = await firstOf(page, "/manifests?state=draft", /^\/manifests\/mft_/);
      return [`${agent}/manifests/new`, `${draft.replace(/\/edit$/, "")}/edit`];
    },
  },
];

/** Looks at one page: what axe finds, and whether it scrolls sideways. */
async function look(page: Page, url: string): Promise<void> {
  // A live page keeps its stream open, so that the network is never idle there.
  await page.goto(url, { waitUntil: "networkidle", timeout: 5000 }).catch(() => undefined);
  expect.soft(await findings(page), url).toEqual([]);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect.soft(overflow, `${url} must not scroll sideways`).toBe(0);
}

for (const { scheme, width } of [
  { scheme: "light", width: 1440 },
  { scheme: "dark", width: 390 },
] as const) {
  for (const { person, urls } of WALKS) {
    test(`${person}'s pages are accessible and fit: ${scheme}, ${width} px`, async ({
      browser,
    }) => {
      test.setTimeout(240_000);
      const context = await browser.newContext({
        colorScheme: scheme,
        viewport: { width, height: 900 },
        bypassCSP: true,
      });
      const page = await context.newPage();
      await look(page, "/sign-in");
      await signIn(page, person);
      for (const url of await urls(page)) await look(page, url);
      await context.close();
    });
  }
}
