import type { Locator } from "@playwright/test";
import { demoPassword, expect, runAgent, test } from "./fixtures";

const figure = async (heading: Locator): Promise<number> =>
  Number(((await heading.textContent()) ?? "").match(/\d+/)?.[0]);

test("a sponsor reads why an agent's score is what it is, and explains a factor", async ({
  as,
}) => {
  test.setTimeout(90_000);
  const sponsor = await as("Sofia");
  await sponsor.goto("/portfolio");
  await sponsor
    .getByRole("region", { name: "Agents in production" })
    .getByRole("link", { name: "Cloud Cost Optimiser" })
    .click();
  await sponsor.waitForURL(/\/agents\/agt_.*tab=behaviour/);
  const why = sponsor.getByRole("heading", { name: /^Why is it \d+\?/ });
  await expect(why).toBeVisible();
  const before = await figure(why);
  expect(before).toBeGreaterThan(20);

  await test.step("each factor leads to the very requests", async () => {
    const request = sponsor.getByRole("main").locator('a[href^="/requests/"]').first();
    await request.click();
    await sponsor.waitForURL(/\/requests\/\d+/);
    await expect(sponsor.getByRole("main")).toContainText("Cloud Cost Optimiser");
    await sponsor.goBack();
    await sponsor.waitForURL(/tab=behaviour/);
  });

  await test.step("what a person explains counts no more, and both figures stand there", async () => {
    await sponsor
      .getByRole("button", { name: /^Mark as explained/ })
      .first()
      .click();
    const dialog = sponsor.getByRole("dialog");
    await dialog
      .getByRole("textbox", { name: /reason|why/i })
      .fill("The owner tests a new report; agreed with the data protection officer until Friday.");
    await dialog
      .getByRole("button")
      .filter({ hasText: /explain/i })
      .click();
    await expect(dialog).toBeHidden();
    await expect.poll(() => figure(why)).toBeLessThan(before);
  });
});

test("an incident is opened by hand and its DORA assessment is worked through", async ({ as }) => {
  const compliance = await as("Grace");
  await compliance.goto("/incidents");
  await expect(compliance.getByRole("link", { name: /Cloud agent asked for usage/ })).toBeVisible();
  await compliance.getByRole("link", { name: "Open an incident" }).click();
  await compliance.getByRole("textbox", { name: "Title" }).fill("Payments agent released twice");
  await compliance
    .getByRole("textbox", { name: "What is known so far" })
    .fill("Two releases of the same payment within a minute; the second was called back.");
  await compliance.getByRole("button", { name: /Open/ }).click();
  await compliance.waitForURL(/\/incidents\/inc_/);
  await expect(compliance.getByRole("heading", { level: 1 })).toContainText("released twice");
  await expect(compliance.getByRole("main")).toContainText("DORA");
});

test("the firm-wide switch stops every agent at once, with the name of who threw it", async ({
  as,
}) => {
  test.setTimeout(90_000);
  const compliance = await as("Grace");
  const agent = runAgent("--agent", "Market Data Checker", "--pause", "400", "--wait", "1");
  await agent.says(/ALLOW within_manifest/);

  await compliance.goto("/incidents");
  await compliance.getByRole("button", { name: /Stop all agents/ }).click();
  const dialog = compliance.getByRole("dialog");
  const stop = dialog.getByRole("button", { name: "Stop all agents now" });
  await expect(stop).toBeDisabled();
  await dialog.getByRole("textbox", { name: /^Type/ }).fill("stop all agents");
  await dialog
    .getByRole("textbox", { name: /^Reason/ })
    .fill("A leaked signing key is suspected; everything stands still until it is known.");
  await dialog.getByLabel(/^Your password/).fill(demoPassword());
  await stop.click();
  await expect(compliance.getByText("The firm-wide switch is thrown")).toBeVisible();
  await agent.says(/DENY agent_stopped/);
  agent.stop();
});
