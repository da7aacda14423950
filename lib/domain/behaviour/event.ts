import type { DataClass } from "@/lib/domain/agent/tier";
import type { Outcome } from "@/lib/domain/policy/reasons";

/** What an action came to, told afterwards by the agent or by a trace. */
export type ActionOutcome = "success" | "error" | "ambiguous";

/** One decided request as the signals see it. A history is a list of them, oldest first. */
export type BehaviourEvent = {
  /** position in the ledger */
  readonly seq: number;
  /** epoch ms */
  readonly at: number;
  readonly traceId: string | null;
  readonly step: number | null;
  readonly cluster: string | null;
  readonly action: string | null;
  readonly resourceType: string | null;
  /** the resource's id or a hash of it; `null` where it is not known */
  readonly target: string | null;
  readonly dataClass: DataClass | null;
  readonly records: number | null;
  readonly spend: number | null;
  readonly outcome: Outcome;
  /** a reason code of lib/domain/policy/reasons.ts */
  readonly reason: string;
  readonly actionOutcome: ActionOutcome | null;
  /** stated reasoning to the nearer of the manifest's goal and the cluster's purpose: 0 near, 1 far; `null` = not measured */
  readonly reasoningDistance: number | null;
  /** stated reasoning to the act in words, such as "read invoice" */
  readonly actDistance: number | null;
  /** what measured the two: figures of two models are never compared */
  readonly distanceModel: string | null;
};

/** Answers that our own containment gave. They say something about us, not about the agent's conduct. */
const OWN_ANSWERS: ReadonlySet<string> = new Set([
  "risk_contain",
  "risk_review",
  "contained_confirm_all",
]);

/** Was the request refused for what it asked? Denials speak of proofs and states, so they are not counted at all. */
export function refused(event: BehaviourEvent): boolean {
  return (event.outcome === "hold" || event.outcome === "block") && !OWN_ANSWERS.has(event.reason);
}

/** A separator that no slug, action or resource type can hold. */
const SEPARATOR = "\u0000";

type Keys = {
  readonly task: string;
  readonly pair: string;
  readonly step: string;
  readonly dataSet: string;
  readonly place: string | null;
};
/** Each event is asked for its keys hundreds of times: they are built once. */
const keys = new WeakMap<BehaviourEvent, Keys>();

function keysOf(event: BehaviourEvent): Keys {
  const known = keys.get(event);
  if (known !== undefined) return known;
  const task = event.cluster ?? "";
  const type = event.resourceType ?? "";
  const pair = `${event.action ?? ""}${SEPARATOR}${type}`;
  const built: Keys = {
    task,
    pair,
    step: `${task}${SEPARATOR}${pair}`,
    dataSet: `${task}${SEPARATOR}${type}`,
    place: event.target === null ? null : `${type}${SEPARATOR}${event.target}`,
  };
  keys.set(event, built);
  return built;
}

/** The task that a request belongs to; a request without a cluster belongs to a task of its own. */
export const taskOf = (event: BehaviourEvent): string => keysOf(event).task;

/** Action and resource type. */
export const pairOf = (event: BehaviourEvent): string => keysOf(event).pair;

/** Task, action and resource type: the symbol that mix and sequence are made of. */
export const stepOf = (event: BehaviourEvent): string => keysOf(event).step;

/** Task and resource type: a data set that a task needs. */
export const dataSetOf = (event: BehaviourEvent): string => keysOf(event).dataSet;

/** Resource type and target; `null` where the target is not known. */
export const placeOf = (event: BehaviourEvent): string | null => keysOf(event).place;

/** "read invoice", as a person would say it. */
export function actInWords(event: BehaviourEvent): string {
  const words = `${event.action ?? "ask for"} ${event.resourceType ?? "something"}`;
  return words.replaceAll("-", " ");
}
