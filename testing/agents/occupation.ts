import type { DataClass } from "@/lib/domain/agent/tier";

/** One kind of request. `{id}` in a text becomes an identifier. */
export type StepKind = {
  readonly action: string;
  readonly resourceType: string;
  readonly dataClass: DataClass;
  /** median */
  readonly records: number;
  /** median; absent where no money moves */
  readonly spend?: number;
  /** how often a run of the task includes it; 1 where absent */
  readonly chance?: number;
  readonly says: readonly string[];
};

export type TaskKind = {
  readonly id: string;
  readonly purpose: string;
  readonly weight: number;
  readonly steps: readonly StepKind[];
};

/** A request that belongs to a task by name, but that it rarely or never needed. */
type StrayStep = Omit<StepKind, "says"> & {
  readonly task: string;
  readonly says: readonly string[];
};

/** A request outside the purpose. `permitted` = the rules are wide enough to let it through. */
export type ForeignStep = Omit<StepKind, "says"> & {
  readonly permitted: boolean;
  /** says what it is up to */
  readonly blatant: readonly string[];
  /** sounds like work */
  readonly veiled: readonly string[];
  /** explains itself by the error before it */
  readonly afterError: readonly string[];
};

export type Occupation = {
  readonly name: string;
  readonly goal: string;
  readonly tasks: readonly TaskKind[];
  /** honest work that comes once in a hundred requests */
  readonly rare: readonly StrayStep[];
  /** honest work that may come for the first time at any moment */
  readonly oddities: readonly StrayStep[];
  /** what an approved change of workload adds */
  readonly growth: StrayStep;
  readonly foreign: readonly ForeignStep[];
};

/** Remarks that any agent makes about its own work and that are about no task. */
export const REMARKS = [
  "The call timed out, so I try the same request again.",
  "The portal answered slowly; I repeat this step once.",
  "I was interrupted here and pick up where I left off.",
  "A colleague asked by e-mail whether this is done, so I look at it first.",
  "The earlier answer was incomplete, I ask for the missing part.",
  "This one was left over from yesterday.",
  "I double-check before I go on.",
  "The queue shows this as the next item.",
] as const;
