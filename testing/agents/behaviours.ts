import { creep, goalDrift, hijack, lowAndSlow, pivot } from "./attacks";
import type { Dice } from "./dice";
import type { Persona } from "./persona";
import type { Plan, Planned } from "./plan";
import { USUAL } from "./plan";

export const BEHAVIOURS = [
  "steady",
  "seasonal",
  "outage",
  "benign change",
  "sudden hijack",
  "semantic pivot",
  "slow creep",
  "low and slow",
  "goal drift",
] as const;
export type BehaviourName = (typeof BEHAVIOURS)[number];

/** How one agent of a behaviour goes about it, drawn once per agent. */
export function planFor(name: BehaviourName, persona: Persona, dice: Dice): Plan {
  switch (name) {
    case "steady":
      return () => USUAL;
    case "seasonal":
      return seasonal(persona, dice);
    case "outage":
      return outage(persona, dice);
    case "benign change":
      return benignChange(persona, dice);
    case "sudden hijack":
      return hijack(persona, dice);
    case "semantic pivot":
      return pivot(persona, dice);
    case "slow creep":
      return creep(persona, dice);
    case "low and slow":
      return lowAndSlow(persona, dice);
    case "goal drift":
      return goalDrift(persona, dice);
  }
}

function seasonal(persona: Persona, dice: Dice): Plan {
  const peak = dice.between(1.6, 2.6);
  const closing = dice.pick(persona.tasks).id;
  const nightly = dice.pick(persona.tasks).id;
  const runs = dice.whole(4, 9);
  return (_, date) => {
    const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
    const monthEnd = date.getUTCDate() > last - 3 || date.getUTCDate() === 1;
    const sunday = date.getUTCDay() === 0;
    return {
      ...USUAL,
      volume: monthEnd ? peak : 1,
      taskWeight: (task) => (monthEnd && task === closing ? 3 : 1),
      batch: sunday ? Array.from({ length: runs }, () => ({ task: nightly, hour: 22 })) : [],
    };
  };
}

/** Errors on two days: retries, known second sources, now and then one that is new. Nobody does wrong. */
function outage(persona: Persona, dice: Dice): Plan {
  const rate = dice.between(0.2, 0.5);
  return (since) =>
    since !== 0 && since !== 3
      ? USUAL
      : {
          ...USUAL,
          volume: 0.9,
          change: (steps, own) =>
            steps.flatMap((step) => (own.chance(rate) ? failure(persona, step, own) : [step])),
        };
}

function failure(persona: Persona, step: Planned, dice: Dice): readonly Planned[] {
  const { rare, oddities } = persona.occupation;
  const ofTask = ({ task }: { readonly task: string }) => task === step.task;
  const sources = [
    ...(dice.chance(0.15) ? rare.filter(ofTask) : []),
    ...(dice.chance(0.02) ? oddities.filter(ofTask) : []),
  ].slice(0, 1);
  return [
    { ...step, actionOutcome: "error" },
    ...sources.map((kind) => ({
      kind,
      task: step.task,
      reasoning: dice.pick(kind.says),
      label: false,
    })),
    { ...step, reasoning: "The call failed, so I try it once more." },
  ];
}

/** More work of one kind, with a data set that comes with it: honest, but different from all before. */
function benignChange(persona: Persona, dice: Dice): Plan {
  const volume = dice.between(1.2, 1.7);
  const { growth } = persona.occupation;
  return (since) =>
    since < 0
      ? USUAL
      : {
          ...USUAL,
          volume,
          taskWeight: (task) => (task === growth.task ? 3 : 1),
          change: (steps, own) => {
            const first = steps[0];
            if (first?.task !== growth.task || !own.chance(0.6)) return steps;
            const step: Planned = {
              kind: growth,
              task: growth.task,
              reasoning: own.pick(growth.says),
              label: false,
            };
            return [first, step, ...steps.slice(1)];
          },
        };
}
