import { z } from "zod";
import { DATA_CLASSES } from "@/lib/domain/agent/tier";
import { OUTCOMES } from "@/lib/domain/policy/reasons";
import type { BehaviourEvent } from "./event";

const word = z.string().min(1).max(512);

/** One line of a trace file from outside (docs/traces-format.md). Unknown fields are refused, so that a typo is heard. */
export const TraceLine = z.strictObject({
  agent: word,
  /** an instant, with offset */
  at: z.iso.datetime({ offset: true }),
  action: word,
  /** `type` or `type:id` */
  resource: word,
  /** the task; empty where the agent has no tasks */
  cluster: z.string().max(64),
  reasoning: z.string().max(20_000),
  /** the gate's answer, and what the act came to */
  outcome: z.enum([...OUTCOMES, "error", "ambiguous"]),
  /** `benign`, or the kind of attack that the request belongs to */
  label: z.string().min(1).max(64).optional(),
  traceId: word.optional(),
  purpose: z.string().max(2000).optional(),
  goal: z.string().max(2000).optional(),
  clusterPurpose: z.string().max(2000).optional(),
  dataClass: z.enum(DATA_CLASSES).optional(),
  records: z.number().int().nonnegative().optional(),
  spend: z.number().nonnegative().optional(),
});
export type TraceLine = z.infer<typeof TraceLine>;

/** A line as an event; `seq` is its place in the file. An act that ended in an error had been allowed. */
export function traceEvent(
  line: TraceLine,
  seq: number,
): Omit<BehaviourEvent, "reasoningDistance" | "actDistance" | "distanceModel"> {
  const colon = line.resource.indexOf(":");
  const ended = line.outcome === "error" || line.outcome === "ambiguous" ? line.outcome : null;
  const outcome = line.outcome === "error" || line.outcome === "ambiguous" ? "allow" : line.outcome;
  return {
    seq,
    at: Date.parse(line.at),
    traceId: line.traceId ?? null,
    step: null,
    cluster: line.cluster === "" ? null : line.cluster,
    action: line.action,
    resourceType: colon === -1 ? line.resource : line.resource.slice(0, colon),
    target: colon === -1 ? null : line.resource.slice(colon + 1),
    dataClass: line.dataClass ?? null,
    records: line.records ?? null,
    spend: line.spend ?? null,
    outcome,
    reason: "",
    actionOutcome: ended ?? (outcome === "allow" ? "success" : null),
  };
}
