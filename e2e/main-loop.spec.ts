import { expect, registerPasskey, runAgent, test } from "./fixtures";

const AGENT = "Sanctions Alert Preparer";

/** The loop as one journey: a mandate is approved in the browser, and the agent's next request is decided by it. */
test("a sponsor approves a manifest with a passkey, and the running gateway decides by it", async ({
  as,
}) => {
  test.setTimeout(180_000);
  const owner = await as("Aisha");
  const sponsor = await as("Helen");

  await test.step("the owner drafts a next version and submits it", async () => {
    await owner.goto("/agents");
    await owner.getByRole("link", { name: AGENT }).click();
    await owner.waitForURL(/\/agents\/agt_/);
    await owner.goto(`${new URL(owner.url()).pathname}/manifests/new`);
    await owner.getByRole("button", { name: "Start the draft" }).click();
    await owner.waitForURL(/\/manifests\/mft_.*\/edit/);
    const goal = owner.getByRole("textbox", { name: "What is this agent for?" });
    await goal.fill(
      "Prepare sanctions alerts, with their history, so that an analyst can decide them faster",
    );
    await expect(owner.getByRole("status").filter({ hasText: /Saved/ })).toBeVisible();
    await owner
      .getByRole("button", { name: /^Submit/ })
      .first()
      .click();
    await owner
      .getByRole("alertdialog")
      .getByRole("button", { name: /^Submit/ })
      .click();
    await owner.waitForURL(/\/manifests\/mft_[a-z0-9]+$/);
  });

  await test.step("the sponsor registers a passkey, reads what changes and signs", async () => {
    await registerPasskey(sponsor);
    await sponsor.goto("/");
    await sponsor.getByRole("link", { name: new RegExp(`${AGENT}, version \\d`) }).click();
    await expect(sponsor.getByText("Goal reworded")).toBeVisible();
    await expect(sponsor.getByText("What the last 30 days would have got")).toBeVisible();
    for (const box of await sponsor.getByRole("checkbox").all()) await box.check();
    await sponsor.getByRole("button", { name: /^Approve/ }).click();
    await sponsor
      .getByRole("alertdialog")
      .getByRole("button", { name: /passkey/i })
      .click();
    await expect(sponsor.getByText("Approved", { exact: true }).first()).toBeVisible();
  });

  const agent = runAgent(
    "--agent",
    AGENT,
    "--once",
    "--oddity",
    "close-high",
    "--pause",
    "50",
    "--wait",
    "120",
  );
  await test.step("the agent asks; what lies outside is blocked", async () => {
    await agent.says(/read alert:.* ALLOW within_manifest/);
    await agent.says(/close alert:.* BLOCK condition_false/);
  });

  await test.step("it appears in the queue without a reload, and the sponsor lets it through once", async () => {
    const line = await agent.says(/close alert:.* BLOCK/);
    const url = line.match(/(\/reviews\/rev_[a-z0-9]+)/)?.[1] ?? "";
    expect(url).not.toBe("");
    await sponsor.goto(url);
    await expect(sponsor.getByText("What the agent says")).toBeVisible();
    await sponsor.getByRole("radio", { name: /Override once/ }).check();
    await sponsor
      .getByRole("textbox", { name: /Your reason/ })
      .fill("Checked with the analyst: every identifier differs, close this one.");
    await sponsor.getByRole("button", { name: /Override once/ }).click();
    const dialog = sponsor.getByRole("alertdialog");
    if (await dialog.isVisible().catch(() => false)) {
      await dialog.getByRole("button").last().click();
    }
    await expect(sponsor.getByText(/overrid/i).first()).toBeVisible();
  });

  await test.step("the agent gets through, once", async () => {
    await agent.says(/close alert:.* ALLOW granted_once/);
    await agent.ended;
    expect(agent.lines().filter((line) => / ALLOW granted_once/.test(line))).toHaveLength(1);
  });

  await test.step("the ledger has all of it, and verifies", async () => {
    await sponsor.goto("/ledger");
    await expect(
      sponsor.getByRole("row").filter({ hasText: "granted_once" }).first(),
    ).toBeVisible();
    await sponsor.getByRole("button", { name: "Verify now" }).click();
    await expect(sponsor.getByText(/no problem|all of it|as it was|holds/i).first()).toBeVisible({
      timeout: 60_000,
    });
  });
});

test("a new blocked request appears in an open queue without a reload", async ({ as }) => {
  test.setTimeout(90_000);
  const sponsor = await as("Helen");
  await sponsor.goto("/reviews?q=KYC");
  const rows = sponsor.getByRole("row").filter({ hasText: "KYC Refresh" });
  const before = await rows.count();
  const agent = runAgent(
    "--agent",
    "KYC Refresh",
    "--once",
    "--oddity",
    "suspicion",
    "--pause",
    "50",
    "--wait",
    "1",
  );
  await agent.says(/suspicion-report:.* BLOCK never_rule/);
  await expect(rows).toHaveCount(before + 1, { timeout: 20_000 });
  agent.stop();
});

test("a stopped agent is refused at once, and only a trained sponsor lifts it", async ({ as }) => {
  test.setTimeout(120_000);
  const sponsor = await as("Helen");
  await sponsor.goto("/agents");
  await sponsor.getByRole("link", { name: "KYC Refresh" }).click();
  await sponsor.getByRole("button", { name: "Stop", exact: true }).click();
  const dialog = sponsor.getByRole("alertdialog").or(sponsor.getByRole("dialog"));
  await dialog
    .getByRole("textbox")
    .fill("It asks for suspicion reports; stopped until its owner has looked.");
  await dialog.getByRole("button", { name: "Apply now" }).click();
  await expect(sponsor.getByText(/^Stopped/).first()).toBeVisible();
  const agent = runAgent("--agent", "KYC Refresh", "--once", "--pause", "50", "--wait", "1");
  await agent.says(/DENY agent_stopped/);
  agent.stop();
});
