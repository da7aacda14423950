import type { Dice } from "./dice";
import type { Occupation, StepKind, TaskKind } from "./occupation";

/** What stays the same for one agent and differs between agents. */
export type Persona = {
  readonly agent: string;
  readonly occupation: Occupation;
  readonly perDay: number;
  readonly dayNoise: number;
  readonly busyDay: number;
  /** 24 weights */
  readonly hours: readonly number[];
  /** seven factors, Monday first */
  readonly weekdays: readonly number[];
  readonly lateRate: number;
  readonly blockRate: number;
  readonly holdRate: number;
  readonly errorRate: number;
  readonly ambiguousRate: number;
  readonly rareRate: number;
  readonly oddityRate: number;
  /** a run of one task takes a step of another, honestly */
  readonly crossRate: number;
  /** an error is answered by looking elsewhere, honestly */
  readonly fallbackRate: number;
  readonly remarkRate: number;
  readonly recordsSigma: number;
  readonly spendSigma: number;
  readonly newTargetRate: number;
  readonly repeatRate: number;
  readonly voice: string;
  readonly tasks: readonly TaskKind[];
  readonly traced: boolean;
};

const VOICES = ["", "", "Next step: ", "To go on with the task: "] as const;

export function makePersona(occupation: Occupation, agent: string, dice: Dice): Persona {
  const office = dice.chance(0.75);
  const start = dice.between(6, 9);
  const end = start + dice.between(8, 11);
  const hours = Array.from({ length: 24 }, (_, hour) => {
    if (!office) return dice.between(0.6, 1.4);
    return hour >= start && hour < end ? dice.between(0.6, 1.4) : 0;
  });
  const weekend = office ? dice.pick([0, 0, 0.15]) : dice.between(0.4, 1);
  return {
    agent,
    occupation,
    perDay: dice.between(18, 45),
    dayNoise: dice.between(0.12, 0.3),
    busyDay: dice.between(0, 0.05),
    hours,
    weekdays: Array.from({ length: 7 }, (_, day) => (day < 5 ? dice.between(0.75, 1.25) : weekend)),
    lateRate: dice.between(0, 0.006),
    blockRate: dice.between(0.003, 0.04),
    holdRate: dice.between(0, 0.04),
    errorRate: dice.between(0.005, 0.04),
    ambiguousRate: dice.between(0, 0.03),
    rareRate: dice.between(0.004, 0.02),
    oddityRate: dice.between(0, 0.0025),
    crossRate: dice.between(0, 0.006),
    fallbackRate: dice.between(0, 0.12),
    remarkRate: dice.between(0.01, 0.05),
    recordsSigma: dice.between(0.2, 0.6),
    spendSigma: dice.between(0.4, 1),
    newTargetRate: dice.between(0.2, 0.9),
    repeatRate: dice.between(0.03, 0.15),
    voice: dice.pick(VOICES),
    tasks: occupation.tasks.map((task) => ({
      ...task,
      weight: task.weight * dice.between(0.6, 1.6),
      steps: task.steps.map((step) => ownWords(step, dice)),
    })),
    traced: dice.chance(0.75),
  };
}

/** An agent keeps to some of the ways in which a step can be explained. */
function ownWords(step: StepKind, dice: Dice): StepKind {
  const kept = step.says.filter(() => dice.chance(0.75));
  return { ...step, says: kept.length === 0 ? step.says : kept };
}
