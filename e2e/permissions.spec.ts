import { readdirSync } from "node:fs";
import path from "node:path";
import { expect, type Person, test } from "./fixtures";

const CONSOLE = path.resolve(import.meta.dirname, "..", "app", "(console)");
const PEOPLE: readonly Person[] = ["Nina", "Priya", "Marcus", "Grace", "Oliver"];

/** Pages that not every role may see, with who may. Every other page is for all who are signed in. */
const RESTRICTED: Readonly<Record<string, readonly Person[]>> = {
  "/people": ["Nina", "Grace", "Oliver"],
  "/agents/new": ["Nina"],
  "/incidents/new": ["Nina", "Priya", "Grace"],
};

/** The console's pages without a parameter, found by looking and not by a list. */
function pages(): string[] {
  return readdirSync(CONSOLE, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("page.tsx") && !file.includes("["))
    .map((file) => `/${path.dirname(file)}`.replace("/.", "/"))
    .sort();
}

test("nobody sees a page without signing in", async ({ request }) => {
  for (const url of pages()) {
    const answer = await request.get(url, { maxRedirects: 0 });
    expect(answer.status(), url).toBeGreaterThanOrEqual(302);
    expect(answer.status(), url).toBeLessThan(400);
    expect(answer.headers()["location"], url).toContain("/sign-in");
  }
  for (const url of ["/api/live"]) {
    expect((await request.get(url, { maxRedirects: 0 })).status(), url).toBeGreaterThanOrEqual(302);
  }
  expect(
    (await request.post("/ledger/verify", { maxRedirects: 0 })).status(),
  ).toBeGreaterThanOrEqual(302);
});

for (const person of PEOPLE) {
  test(`${person} sees the pages of their roles and no other`, async ({ browser }) => {
    test.setTimeout(120_000);
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto("/sign-in");
    await page.getByRole("button", { name: new RegExp(`^Sign in as ${person}`) }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Today" })).toBeVisible();
    for (const url of pages()) {
      const answer = await page.request.get(url);
      const may = RESTRICTED[url]?.includes(person) ?? true;
      expect(answer.status(), `${url} as ${person}`).toBe(may ? 200 : 403);
    }
    await context.close();
  });
}
