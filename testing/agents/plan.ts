import type { Dice } from "./dice";
import type { StepKind } from "./occupation";

/** A step that is about to be asked for. */
export type Planned = {
  readonly kind: Omit<StepKind, "says" | "chance">;
  readonly task: string;
  readonly reasoning: string;
  readonly outcome?: "allow" | "hold" | "block";
  readonly actionOutcome?: "success" | "error" | "ambiguous";
  /** belongs to the attack */
  readonly label: boolean;
  readonly freshTarget?: boolean;
};

export type DayPlan = {
  readonly volume: number;
  readonly records: number;
  readonly taskWeight: (task: string) => number;
  /** changes the steps of one run of a task */
  readonly change: (steps: readonly Planned[], dice: Dice) => readonly Planned[];
  /** runs that come beside the usual ones: task and hour */
  readonly batch: readonly { readonly task: string; readonly hour: number }[];
  readonly anyHour: boolean;
};

export const USUAL: DayPlan = {
  volume: 1,
  records: 1,
  taskWeight: () => 1,
  change: (steps) => steps,
  batch: [],
  anyHour: false,
};

/** `since` = days since onset (negative before it), `date` = the day in UTC. */
export type Plan = (since: number, date: Date) => DayPlan;
