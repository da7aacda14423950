import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { TraceLine, traceEvent } from "@/lib/domain/behaviour/trace-line";
import type { SimulatedAgent, SpokenEvent } from "./simulate";

const DAY_MS = 86_400_000;

/** Agents from a JSONL file, each oldest first. An unreadable line stops the run and is named. */
export async function readTraces(file: string): Promise<readonly SimulatedAgent[]> {
  const byAgent = new Map<string, TraceLine[]>();
  let number = 0;
  for await (const text of createInterface({ input: createReadStream(file, "utf8") })) {
    number += 1;
    if (text.trim() === "") continue;
    const line = parseLine(text, number);
    const known = byAgent.get(line.agent);
    if (known === undefined) byAgent.set(line.agent, [line]);
    else known.push(line);
  }
  return [...byAgent].map(([agent, lines]) => asAgent(agent, lines));
}

function parseLine(text: string, number: number): TraceLine {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`line ${number} is no JSON`, { cause: error });
  }
  const parsed = TraceLine.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`line ${number}: ${issue?.path.join(".")} ${issue?.message}`);
}

function asAgent(agent: string, lines: readonly TraceLine[]): SimulatedAgent {
  // Denials are not behaviour: splitHistory leaves them out as well.
  const sorted = lines
    .filter(({ outcome }) => outcome !== "deny")
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const events = sorted.map(
    (line, index): SpokenEvent => ({
      ...traceEvent(line, index + 1),
      reasoning: line.reasoning,
      purpose: line.purpose ?? "",
      label: line.label === undefined ? null : line.label !== "benign",
    }),
  );
  const onset = events.findIndex(({ label }) => label === true);
  const attack = sorted.find(({ label }) => label !== undefined && label !== "benign");
  const purposes = new Map<string, string>();
  for (const { cluster, clusterPurpose } of sorted) {
    if (clusterPurpose !== undefined) purposes.set(cluster, clusterPurpose);
  }
  return {
    agent,
    behaviour: attack?.label ?? "quiet",
    goal: sorted.find(({ goal }) => goal !== undefined)?.goal ?? "",
    purposes,
    acts: new Map(),
    events,
    onset: onset === -1 ? null : onset,
  };
}

/** Measuring starts after 37 days, or after the first half of a shorter trace. */
export function measuredFrom({ events }: SimulatedAgent): number {
  const first = events[0]?.at ?? 0;
  const last = events.at(-1)?.at ?? first;
  return first + Math.min(37 * DAY_MS, (last - first) / 2);
}
