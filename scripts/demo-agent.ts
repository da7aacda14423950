/**
 * A demo agent: a process that walks through its task and asks the gateway before each step.
 *
 *   npm run demo:agent -- --agent "Trade Finance Reconciler"
 *
 *   --agent NAME   its name, its id, or the start of its name
 *   --all          all of them, unhurried
 *   --once         one task, then end: 0 = done, 2 = given up because nobody allowed a step, 1 = it went wrong
 *   --oddity NAME  leave the mandate in this way (prisma/demo/workload.ts names them), in the first task
 *   --pause MS     between two steps
 *   --wait S       how long to wait for people before a task is given up; 600
 *   --url URL      the gateway; COUNTERSIGN_GATEWAY_URL or http://localhost:3001
 *   --quiet        say nothing but what went wrong
 */
import { randomInt } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { compileHours } from "@/lib/domain/policy/hours";
import { type Agent, createAgent } from "@/packages/agent/agent";
import { type Decision, type Intent, NotAllowed } from "@/packages/agent/decision";
import { AGENTS } from "@/prisma/demo/agents";
import { makeDice } from "@/prisma/demo/dice";
import { type Dice, toRequest } from "@/prisma/demo/types";
import { WORKLOADS } from "@/prisma/demo/workload";
import { home } from "./lib/environment.mjs";

const KeyFile = z.object({
  agentId: z.string(),
  name: z.string(),
  privateJwk: z.looseObject({ kty: z.string(), crv: z.string(), x: z.string(), d: z.string() }),
});
type KeyFile = z.infer<typeof KeyFile>;

const { values: options } = parseArgs({
  options: {
    agent: { type: "string" },
    all: { type: "boolean", default: false },
    once: { type: "boolean", default: false },
    oddity: { type: "string" },
    pause: { type: "string" },
    wait: { type: "string", default: "600" },
    url: { type: "string" },
    quiet: { type: "boolean", default: false },
  },
});

const gatewayUrl = options.url ?? process.env["COUNTERSIGN_GATEWAY_URL"] ?? "http://localhost:3001";
const pauseMs = Number(options.pause ?? (options.all ? 20_000 : 2000));
const waitMs = Number(options.wait) * 1000;
/** How often the same request is tried again while people think. */
const retryMs = options.all ? 20_000 : 4000;
/** After a refusal that only people can change. */
const restMs = Math.max(pauseMs, options.all ? 120_000 : 10_000);
const DAY_MS = 86_400_000;
/** How much busier than in the seeded month the agents are, all together: enough to watch, not enough to alarm. */
const LIVELINESS = 2;
/** Out of hours the one request waits until the morning, instead of a new one joining the queue every few minutes. */
const NIGHT = { timeoutMs: 86_400_000, longestPauseMs: 900_000 };
/** Now and then an agent leaves its mandate by itself. */
const ODDITY_CHANCE = 0.06;
/** Systems that an agent works with fail now and then. */
const FAILURE_CHANCE = 0.02;

function readKeyFiles(): readonly KeyFile[] {
  const folder = path.join(home(), "demo-agents");
  const names = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
  const files = names
    .filter((name) => name.endsWith(".jwk.json"))
    .map((name) => KeyFile.parse(JSON.parse(fs.readFileSync(path.join(folder, name), "utf8"))));
  if (files.length === 0) {
    throw new Error(`there are no demo agents in ${folder}: npm run db:seed makes them`);
  }
  return files.sort((a, b) => a.name.localeCompare(b.name));
}

function chosen(files: readonly KeyFile[]): readonly KeyFile[] {
  if (options.all) return files.filter((file) => agentOf(file)?.fate === "production");
  const wanted = (options.agent ?? "").toLowerCase();
  const exact = files.filter(
    (file) => file.agentId === wanted || file.name.toLowerCase() === wanted,
  );
  const found =
    exact.length > 0 ? exact : files.filter((file) => file.name.toLowerCase().startsWith(wanted));
  if (wanted !== "" && found.length === 1) return found;
  throw new Error(
    `--agent needs one of:\n${files.map((file) => `  ${file.name}  (${file.agentId})`).join("\n")}`,
  );
}

const agentOf = (file: KeyFile) => AGENTS.find(({ name }) => name === file.name);

function workloadOf(file: KeyFile) {
  const key = agentOf(file)?.key;
  return key === undefined ? undefined : WORKLOADS[key];
}

/** Nobody starts an agent outside of its hours; asking then would only fill its sponsor's queue. */
function isAtWork(file: KeyFile): boolean {
  const hours = agentOf(file)?.mandate.hours;
  return hours === undefined || compileHours(hours).open(Date.now());
}

/** Time from the end of one task to the start of the next. */
function breakMs(file: KeyFile, done: boolean): number {
  if (!options.all) return unevenly(done ? pauseMs : restMs);
  return unevenly(DAY_MS / (LIVELINESS * Math.max(1, agentOf(file)?.tasksPerDay ?? 1)));
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
/** Agents that were started together don't stay in step. */
const unevenly = (ms: number): number => Math.round(ms * (0.6 + Math.random() * 0.8));

function say(file: KeyFile, intent: Intent, decision: Decision): void {
  if (options.quiet) return;
  const { outcome, reasonCode, seq, review } = decision;
  const what = `${intent.action.name} ${intent.resource.type}:${intent.resource.id}`;
  const where = review === null ? "" : `  ${review.url}`;
  console.log(
    `${new Date().toISOString()}  ${file.name}  ${what}  ${outcome.toUpperCase()} ${reasonCode}  #${seq ?? "-"}${where}`,
  );
}

type Walker = { readonly file: KeyFile; readonly agent: Agent; readonly dice: Dice };

/** Asks for one step and waits for people where it must. Null: the step may not be taken. */
async function askForStep({ file, agent }: Walker, intent: Intent): Promise<Decision | null> {
  const first = await agent.ask(intent);
  say(file, intent, first);
  if (first.allowed) return first;
  try {
    const night = options.all && first.reasonCode === "outside_hours";
    return await agent.waitFor(first, {
      ...(night ? NIGHT : { timeoutMs: waitMs, longestPauseMs: retryMs }),
      onAnswer: (again) => say(file, intent, again),
    });
  } catch (error) {
    if (error instanceof NotAllowed) return null;
    throw error;
  }
}

/** Acts as if, and tells what came of it: the work is done even where nobody hears of it. */
async function takeStep(
  { agent, dice }: Walker,
  intent: Intent,
  decision: Decision,
): Promise<void> {
  const { records } = intent.context;
  const outcome = dice.chance(FAILURE_CHANCE)
    ? ({ status: "error", errorClass: dice.pick(["timeout", "http.503", "conflict"]) } as const)
    : { status: "success" as const, ...(records === undefined ? {} : { records }) };
  try {
    await agent.reportOutcome(decision, outcome);
  } catch (error) {
    if (!(error instanceof NotAllowed)) throw error;
    if (!options.quiet)
      console.log(`${new Date().toISOString()}  outcome not told: ${error.message}`);
  }
}

/** One task from start to end. False: it was given up. */
async function walkTask(walker: Walker, oddity: string | undefined): Promise<boolean> {
  const { file, dice } = walker;
  const steps = workloadOf(file)?.task(dice, oddity) ?? [];
  const traceId = randomInt(2 ** 47).toString(16);
  for (const [position, step] of steps.entries()) {
    const intent = toRequest(file.agentId, step, position, traceId);
    const decision = await askForStep(walker, intent);
    if (decision === null) return false;
    await takeStep(walker, intent, decision);
    await sleep(unevenly(pauseMs));
  }
  return true;
}

async function walk(file: KeyFile): Promise<void> {
  const workload = workloadOf(file);
  if (workload === undefined) throw new Error(`${file.name} has no task in the demo`);
  const { oddities } = workload;
  if (options.oddity !== undefined && !oddities.includes(options.oddity)) {
    throw new Error(`${file.name} knows these oddities: ${oddities.join(", ") || "none"}`);
  }
  const dice = makeDice(randomInt(2 ** 31));
  const agent = await createAgent({ gatewayUrl, privateKey: file.privateJwk });
  const walker = { file, agent, dice };
  let oddity = options.oddity;
  if (options.all) await sleep(Math.random() * pauseMs);
  for (;;) {
    if (options.all && !isAtWork(file)) {
      await sleep(unevenly(restMs));
      continue;
    }
    const done = await tryTask(walker, oddity);
    if (options.once) {
      if (!done) process.exitCode ??= 2;
      return;
    }
    oddity = nextOddity(dice, oddities);
    await sleep(breakMs(file, done));
  }
}

function nextOddity(dice: Dice, [odd, ...more]: readonly string[]): string | undefined {
  return odd !== undefined && dice.chance(ODDITY_CHANCE) ? dice.pick([odd, ...more]) : undefined;
}

/** A gateway that is down and an agent without a manifest are no reason to end. */
async function tryTask(walker: Walker, oddity: string | undefined): Promise<boolean> {
  try {
    return await walkTask(walker, oddity);
  } catch (error) {
    if (!(error instanceof NotAllowed)) throw error;
    const code = error.reasonCode ?? error.name;
    if (!options.quiet) {
      console.log(`${new Date().toISOString()}  ${walker.file.name}  ${code}: ${error.message}`);
    }
    if (options.once) process.exitCode = 1;
    return false;
  }
}

for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => process.exit(0));

try {
  await Promise.all(chosen(readKeyFiles()).map(walk));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
