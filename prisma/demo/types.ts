import type { DataClass } from "@/lib/domain/agent/tier";
import type { EvaluationRequest } from "@/lib/domain/policy/request";

type Properties = NonNullable<EvaluationRequest["resource"]["properties"]>;

/** One step of an agent's task: what it will declare as its intent. */
export type WorkloadStep = {
  readonly cluster: string;
  readonly purpose: string;
  readonly reasoning: string;
  readonly action: string;
  readonly resource: {
    readonly type: string;
    readonly id: string;
    readonly properties?: Properties;
  };
  readonly dataClass: DataClass;
  readonly records?: number;
  readonly spend?: number;
  readonly destination?: string;
};

/** Draws from a seeded generator, so that the same seed gives the same bank. */
export type Dice = {
  /** in [0, 1) */
  readonly next: () => number;
  /** whole number in [from, to] */
  readonly whole: (from: number, to: number) => number;
  readonly pick: <T>(items: readonly [T, ...T[]]) => T;
  readonly chance: (probability: number) => boolean;
};

/** A task from start to end. `oddity` says which way of leaving the mandate to play, if any. */
export type Task = (dice: Dice, oddity?: string) => readonly WorkloadStep[];

/** Something that a person does at a certain moment of the story. */
export type Act = { readonly at: Date; readonly run: () => Promise<void> };

/** The request that the step stands for. */
export function toRequest(
  agentId: string,
  step: WorkloadStep,
  position: number,
  traceId: string,
): EvaluationRequest {
  return {
    subject: { type: "agent", id: agentId },
    action: { name: step.action },
    resource: step.resource,
    context: {
      cluster: step.cluster,
      purpose: step.purpose,
      reasoning: step.reasoning,
      step: position,
      traceId,
      dataClass: step.dataClass,
      ...(step.records === undefined ? {} : { records: step.records }),
      ...(step.spend === undefined ? {} : { spend: step.spend }),
      ...(step.destination === undefined ? {} : { destination: step.destination }),
    },
  };
}
