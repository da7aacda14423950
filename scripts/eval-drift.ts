/**
 * How well the signals and the score tell agents that go astray from agents that do not.
 *   npm run eval:drift                     generated agents: tuned on one half, reported on the other
 *   npm run eval:drift -- --traces FILE    agents from outside (docs/traces-format.md)
 *   npm run eval:drift -- --export FILE    writes the generated agents of the report half in that format
 *   … --agents N                           agents per behaviour and occupation (5)
 *   … --half tune                          the half that constants were chosen on; never quote it
 */
import { fork } from "node:child_process";
import fs from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { SIGNALS } from "@/lib/domain/behaviour/signal";
import { textModel } from "@/lib/server/behaviour/text-model";
import { agentsOf, type Half } from "@/testing/agents/halves";
import { ALARM } from "@/testing/agents/metrics";
import { type Run, replay, withDistances } from "@/testing/agents/replay";
import { type SimulatedAgent, START, WARM_UP_DAYS } from "@/testing/agents/simulate";
import {
  alarmTable,
  delayTable,
  falseAlarmTable,
  inMarkdown,
  scoreAlarm,
  signalAlarm,
  withoutSignal,
} from "@/testing/agents/tables";
import { measuredFrom, readTraces, traceLines } from "@/testing/agents/traces";

type Result = { readonly runs: readonly Run[]; readonly model: string };

async function runAll(
  agents: readonly SimulatedAgent[],
  fromOf: (agent: SimulatedAgent) => number,
): Promise<Result> {
  const model = await textModel();
  if (model.fallback !== null) console.error(`${model.fallback.message}: words only`);
  const events = await withDistances(agents, model);
  const runs = agents.map((agent, i) => replay(agent, events[i] ?? [], fromOf(agent)));
  return { runs, model: model.name };
}

const runHalf = (half: Half, perKind: number) =>
  runAll(agentsOf(half, perKind), () => START + WARM_UP_DAYS * 86_400_000);

/** Each half in a process of its own: they share nothing anyway. */
function inProcess(half: Half, perKind: number): Promise<Result> {
  return new Promise((resolve, reject) => {
    const child = fork(
      fileURLToPath(import.meta.url),
      ["--run", half, "--agents", String(perKind)],
      // The default would turn the figures into objects.
      { serialization: "advanced" },
    );
    child.once("message", (result: Result) => resolve(result));
    child.once("error", reject);
    child.once("exit", (code) => code !== 0 && reject(new Error(`the ${half} half failed`)));
  });
}

function print(shown: readonly Run[], tuning: readonly Run[]): void {
  const score = scoreAlarm();
  const quiet = tuning.filter(({ behaviour }) => behaviour !== "benign change");
  const signals = SIGNALS.map((signal) => signalAlarm(signal, quiet));
  console.log(`\n## False alarms of the score (threshold ${ALARM})\n`);
  console.log(inMarkdown(falseAlarmTable(score, shown)));
  if (shown.every(({ onset }) => onset === null)) return;
  console.log(`\n## Delay of the score, in requests from the first of the attack\n`);
  console.log(inMarkdown(delayTable(score, shown)));
  console.log("\n## The score, and each signal by itself at one false alarm per agent-month\n");
  console.log(inMarkdown(alarmTable([score, ...signals], shown)));
  console.log("\n## Ablation: the score without one signal\n");
  console.log(inMarkdown(alarmTable([score, ...SIGNALS.map(withoutSignal)], shown)));
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      traces: { type: "string" },
      agents: { type: "string", default: "5" },
      half: { type: "string", default: "report" },
      export: { type: "string" },
      run: { type: "string" },
    },
  });
  const started = Date.now();
  const perKind = Number(values.agents);
  if (!Number.isInteger(perKind) || perKind < 1) throw new Error("--agents is a whole number");
  if (values.run !== undefined) {
    process.send?.(await runHalf(halfOf(values.run), perKind));
    return;
  }
  if (values.export !== undefined) {
    const lines = agentsOf(halfOf(values.half), perKind).flatMap(traceLines);
    fs.writeFileSync(values.export, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    console.log(`${lines.length} lines written to ${values.export}`);
    return;
  }
  if (values.traces !== undefined) {
    const agents = await readTraces(values.traces);
    const { runs, model } = await runAll(agents, measuredFrom);
    console.log(`# ${values.traces}: ${agents.length} agents, text model ${model}`);
    print(runs, runs);
  } else {
    const half = halfOf(values.half);
    const [tune, report] = await Promise.all([
      inProcess("tune", perKind),
      inProcess("report", perKind),
    ]);
    const shown = half === "tune" ? tune : report;
    console.log(
      `# Generated agents, ${half} half: ${shown.runs.length} agents, text model ${shown.model}`,
    );
    print(shown.runs, tune.runs);
  }
  console.log(`\n${Math.round((Date.now() - started) / 1000)} s`);
}

function halfOf(word: string): Half {
  if (word !== "tune" && word !== "report") throw new Error("a half is `tune` or `report`");
  return word;
}

await main();
