import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { TraceLine, traceEvent } from "@/lib/domain/behaviour/trace-line";
import type { SimulatedAgent, SpokenEvent } from "./simulate";

const DAY_MS = 86_400_000;

/** Lines by agent, each oldest first. An unreadable line stops the run and is named. */
export async function readTraceFile(
  file: string,
): Promise<ReadonlyMap<string, readonly TraceLine[]>> {
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
  for (const lines of byAgent.values()) {
    lines.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  }
  return byAgent;
}

export async function readTraces(file: string): Promise<readonly SimulatedAgent[]> {
  return [...(await readTraceFile(file))].map(([agent, lines]) => asAgent(agent, lines));
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
  // Denials are not behaviour: splitHistory leaves them out as well.
  const sorted = lines.filter(({ outcome }) => outcome !== "deny");
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
    acts: actsIn(events),
    events,
    onset: onset === -1 ? null : onset,
  };
}

/** What each task did before measuring starts stands in for the rules of its manifest. */
function actsIn(events: readonly SpokenEvent[]): ReadonlyMap<string, readonly string[]> {
  const until = measuredFrom({ events });
  const acts = new Map<string, Set<string>>();
  for (const { at, cluster, action, resourceType, label } of events) {
    if (at >= until || label === true) continue;
    const own = acts.get(cluster ?? "") ?? new Set();
    acts.set(cluster ?? "", own.add(`${action} ${resourceType}`));
  }
  return new Map([...acts].map(([cluster, own]) => [cluster, [...own]]));
}

/** A generated agent as a trace file's lines. */
export function traceLines(agent: SimulatedAgent): readonly TraceLine[] {
  return agent.events.map((event) => ({
    agent: agent.agent,
    at: new Date(event.at).toISOString(),
    action: event.action ?? "",
    resource: `${event.resourceType}:${event.target}`,
    cluster: event.cluster ?? "",
    reasoning: event.reasoning,
    outcome:
      event.actionOutcome === null || event.actionOutcome === "success"
        ? event.outcome
        : event.actionOutcome,
    label: event.label === true ? agent.behaviour : "benign",
    purpose: event.purpose,
    goal: agent.goal,
    ...(event.traceId === null ? {} : { traceId: event.traceId }),
    ...(event.dataClass === null ? {} : { dataClass: event.dataClass }),
    ...(event.records === null ? {} : { records: event.records }),
    ...(event.spend === null ? {} : { spend: event.spend }),
    ...purposeOf(agent, event),
  }));
}

function purposeOf({ purposes }: SimulatedAgent, { cluster }: SpokenEvent) {
  const clusterPurpose = purposes.get(cluster ?? "");
  return clusterPurpose === undefined ? {} : { clusterPurpose };
}

/** Measuring starts after 37 days, or after the first half of a shorter trace. */
export function measuredFrom({ events }: Pick<SimulatedAgent, "events">): number {
  const first = events[0]?.at ?? 0;
  const last = events.at(-1)?.at ?? first;
  return first + Math.min(37 * DAY_MS, (last - first) / 2);
}
