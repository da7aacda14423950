/** What every promise needs: people who sign in as a user would, a passkey, an agent process. */
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { type BrowserContext, test as base, expect, type Page } from "@playwright/test";

const ROOT = path.resolve(import.meta.dirname, "..");
const HOME = path.join(ROOT, ".countersign", "e2e");

export type Person =
  | "Nina"
  | "Priya"
  | "Helen"
  | "Marcus"
  | "Aisha"
  | "Grace"
  | "Oliver"
  | "Tom"
  | "Sofia"
  | "Ben"
  | "Daniel";

/** Signs in through the sign-in page, as the demo offers it. */
export async function signIn(page: Page, person: Person): Promise<void> {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: new RegExp(`^Sign in as ${person}`) }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Today" })).toBeVisible();
}

/** A virtual authenticator (WebAuthn), as if the person's device had one. */
async function addAuthenticator(page: Page): Promise<void> {
  const client = await page.context().newCDPSession(page);
  await client.send("WebAuthn.enable");
  await client.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

/** Gives the page an authenticator and registers a passkey in the settings. */
export async function registerPasskey(page: Page): Promise<void> {
  await addAuthenticator(page);
  await page.goto("/settings");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await page.getByRole("button", { name: "Create the passkey" }).click();
  await expect(page.getByText("not used yet")).toBeVisible();
}

/** What the demo's people type where a password confirms an act: made by the seed. */
export function demoPassword(): string {
  return readFileSync(path.join(HOME, "demo-password.txt"), "utf8").trim();
}

export type AgentProcess = {
  /** all lines that it printed so far */
  readonly lines: () => readonly string[];
  /** waits until a line matches */
  readonly says: (pattern: RegExp) => Promise<string>;
  readonly ended: Promise<number | null>;
  readonly stop: () => void;
};

/** Runs `npm run demo:agent` in earnest: another process with its own key, over HTTP. */
export function runAgent(...args: readonly string[]): AgentProcess {
  const child: ChildProcess = spawn(
    process.execPath,
    ["--import", "tsx", "scripts/demo-agent.ts", "--url", "http://localhost:4101", ...args],
    {
      cwd: ROOT,
      env: { ...process.env, COUNTERSIGN_HOME: HOME },
    },
  );
  let text = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    text += chunk.toString();
  });
  child.stderr?.on("data", (chunk: Buffer) => {
    text += chunk.toString();
  });
  const lines = (): readonly string[] => text.split("\n").filter((line) => line !== "");
  return {
    lines,
    async says(pattern) {
      await expect
        .poll(() => lines().find((line) => pattern.test(line)) ?? "", {
          timeout: 30_000,
          message: `the agent says ${pattern}; it said:\n${text}`,
        })
        .toMatch(pattern);
      return lines().find((line) => pattern.test(line)) ?? "";
    },
    ended: new Promise((resolve) => {
      child.once("exit", resolve);
    }),
    stop: () => void child.kill(),
  };
}

type Fixtures = {
  /** a page of one's own browser, signed in as this person; console errors fail the test */
  readonly as: (person: Person) => Promise<Page>;
};

export const test = base.extend<Fixtures>({
  as: async ({ browser }, use) => {
    const contexts: BrowserContext[] = [];
    const errors: string[] = [];
    await use(async (person) => {
      const context = await browser.newContext();
      contexts.push(context);
      const page = await context.newPage();
      page.on("pageerror", (error) => errors.push(`${page.url()}: ${error.message}`));
      page.on("console", (message) => {
        if (message.type() === "error") errors.push(`${page.url()}: ${message.text()}`);
      });
      await signIn(page, person);
      return page;
    });
    for (const context of contexts) await context.close();
    expect(errors, "errors in the browser's console").toEqual([]);
  },
});

export { expect };
