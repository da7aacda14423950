import { assessWindow } from "@/lib/domain/behaviour/assess";
import type { BehaviourEvent } from "@/lib/domain/behaviour/event";
import { masked } from "@/lib/domain/behaviour/lexical";
import { learn, type Profile } from "@/lib/domain/behaviour/profile";
import { SIGNALS, type SignalName } from "@/lib/domain/behaviour/signal";
import { borderOf, firstAfter } from "@/lib/domain/behaviour/windows";
import { distances, type StatedStep } from "@/lib/server/behaviour/embed";
import type { TextModel } from "@/lib/server/behaviour/text-model";
import type { SimulatedAgent, SpokenEvent } from "./simulate";

const DAY_MS = 86_400_000;
export const WIDTH = SIGNALS.length;

/** What the signals said after each measured request of one agent. */
export type Run = {
  readonly agent: string;
  readonly behaviour: string;
  /** whole UTC day of each measured request */
  readonly days: Int32Array;
  /** 1 attack, 0 not, -1 not known */
  readonly labels: Int8Array;
  /** index of the first request of the attack among the measured ones; `null` where there is none */
  readonly onset: number | null;
  /** ten values per request, in the order of SIGNALS, after the fall limit */
  readonly held: Float32Array;
  /** the same as measured */
  readonly measured: Float32Array;
  readonly months: number;
};

type Measured = readonly (readonly BehaviourEvent[])[];

/** Events with their distances; every distinct text is embedded once, whichever agent said it. */
export async function withDistances(
  agents: readonly SimulatedAgent[],
  model: TextModel,
): Promise<Measured> {
  const steps = new Map<string, StatedStep>();
  const key = (agent: SimulatedAgent, event: SpokenEvent) =>
    [agent.goal, event.cluster, event.action, event.resourceType, masked(event.reasoning)].join(
      "|",
    );
  const keys = agents.map((agent) =>
    agent.events.map((event) => {
      const own = key(agent, event);
      if (!steps.has(own)) steps.set(own, stepOf(agent, event));
      return own;
    }),
  );
  const found = await distances([...steps.values()], model);
  const byKey = new Map([...steps.keys()].map((own, index) => [own, found[index]]));
  return agents.map((agent, index) =>
    agent.events.map((event, position): BehaviourEvent => {
      const measured = byKey.get(keys[index]?.[position] ?? "");
      const { reasoning: _, purpose: __, label: ___, ...rest } = event;
      return {
        ...rest,
        reasoningDistance: measured?.reasoningDistance ?? null,
        actDistance: measured?.actDistance ?? null,
        distanceModel: measured?.distanceModel ?? null,
      };
    }),
  );
}

function stepOf(agent: SimulatedAgent, event: SpokenEvent): StatedStep {
  return {
    reasoning: event.reasoning,
    purpose: event.purpose,
    action: event.action ?? "",
    resourceType: event.resourceType ?? "",
    goal: agent.goal,
    clusterPurpose: agent.purposes.get(event.cluster ?? "") ?? null,
    clusterActs: agent.acts.get(event.cluster ?? "") ?? [],
  };
}

/**
 * Scores the agent after every request from `from` on, as the worker does: the habit is learned anew each day, from what was
 * known that morning, and each assessment is handed to the next one. Denied requests must have been left out.
 */
export function replay(
  agent: SimulatedAgent,
  events: readonly BehaviourEvent[],
  from: number,
): Run {
  const first = firstAfter(events, from - 1);
  const count = events.length - first;
  const run = {
    days: new Int32Array(count),
    labels: new Int8Array(count),
    held: new Float32Array(count * WIDTH),
    measured: new Float32Array(count * WIDTH),
  };
  let previous: { at: number; signals: Partial<Record<SignalName, number>> } | null = null;
  let morning: { day: number; profile: Profile; border: number } | null = null;
  for (let i = 0; i < count; i += 1) {
    const event = events[first + i];
    if (event === undefined) break;
    const day = Math.floor(event.at / DAY_MS);
    if (morning === null || morning.day !== day) morning = learnMorning(events, day);
    const window = events.slice(morning.border, first + i + 1);
    const result = assessWindow(morning.profile, window, {
      tier: "moderate",
      now: event.at,
      previous,
    });
    const signals: Partial<Record<SignalName, number>> = {};
    for (const factor of result.factors) {
      const at = i * WIDTH + SIGNALS.indexOf(factor.signal);
      run.held[at] = factor.value;
      run.measured[at] = factor.measured;
      signals[factor.signal] = factor.value;
    }
    previous = { at: event.at, signals };
    run.days[i] = day;
    const label = agent.events[first + i]?.label ?? null;
    run.labels[i] = label === null ? -1 : Number(label);
  }
  const span = (events.at(-1)?.at ?? from) - from;
  const onset = agent.onset === null || agent.onset < first ? null : agent.onset - first;
  return {
    ...run,
    agent: agent.agent,
    behaviour: agent.behaviour,
    onset,
    months: span / (30 * DAY_MS),
  };
}

function learnMorning(events: readonly BehaviourEvent[], day: number) {
  const now = day * DAY_MS;
  const border = firstAfter(events, borderOf(events[0]?.at ?? now, now));
  const start = firstAfter(events, now - 37 * DAY_MS);
  return { day, border, profile: learn(events.slice(start, border)) };
}
