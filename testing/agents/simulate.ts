/**
 * Agents that never existed, day by day, with a known moment at which they go astray. The noise is meant to hurt: errors,
 * retries, odd hours, busy days, rare and never seen honest work, remarks that are about no task.
 */
import type { BehaviourEvent } from "@/lib/domain/behaviour/event";
import { type BehaviourName, planFor } from "./behaviours";
import { type Dice, makeDice } from "./dice";
import { type Occupation, REMARKS, type StepKind } from "./occupation";
import { makePersona, type Persona } from "./persona";
import type { DayPlan, Planned } from "./plan";

const DAY_MS = 86_400_000;
/** A Monday. */
export const START = Date.UTC(2026, 0, 5);
/** Days before anything is measured, and days that are measured. */
export const WARM_UP_DAYS = 37;
const MEASURED_DAYS = 30;

export type SpokenEvent = Omit<
  BehaviourEvent,
  "reasoningDistance" | "actDistance" | "distanceModel"
> & {
  readonly reasoning: string;
  readonly purpose: string;
  /** belongs to an attack; `null` = nobody knows */
  readonly label: boolean | null;
};

export type SimulatedAgent = {
  readonly agent: string;
  readonly behaviour: string;
  readonly goal: string;
  readonly purposes: ReadonlyMap<string, string>;
  /** what each task's rules name */
  readonly acts: ReadonlyMap<string, readonly string[]>;
  readonly events: readonly SpokenEvent[];
  /** position in `events` of the first request of the attack */
  readonly onset: number | null;
};

export function simulate(
  occupation: Occupation,
  behaviour: BehaviourName,
  seed: number,
): SimulatedAgent {
  const dice = makeDice(seed);
  const persona = makePersona(occupation, `${behaviour} ${occupation.name} ${seed}`, dice);
  const plan = planFor(behaviour, persona, dice);
  const onsetDay = workday(WARM_UP_DAYS + dice.whole(4, 12));
  const timed: Timed[] = [];
  for (let day = 0; day < WARM_UP_DAYS + MEASURED_DAYS; day += 1) {
    const date = new Date(START + day * DAY_MS);
    timed.push(...runDay(persona, plan(day - onsetDay, date), { date, dice }));
  }
  timed.sort((a, b) => a.at - b.at);
  const state: State = { persona, dice, pool: [], fresh: 0 };
  const events = timed.map((one, index) => spoken(state, one, index + 1));
  const first = events.findIndex(({ label }) => label === true);
  return {
    agent: persona.agent,
    behaviour,
    goal: occupation.goal,
    purposes: new Map(occupation.tasks.map(({ id, purpose }) => [id, purpose])),
    acts: new Map(occupation.tasks.map(({ id, steps }) => [id, steps.map(actOf)])),
    events,
    onset: first === -1 ? null : first,
  };
}

const actOf = ({
  action,
  resourceType,
}: {
  readonly action: string;
  readonly resourceType: string;
}) => `${action} ${resourceType}`;

/** Monday to Wednesday of the same week: many agents rest at the weekend, and an attack needs two days. */
const workday = (day: number) => day - Math.max(0, (day % 7) - 2);

type Timed = {
  readonly at: number;
  readonly traceId: string;
  readonly step: number;
  readonly planned: Planned;
  readonly records: number;
};

function runDay(
  persona: Persona,
  plan: DayPlan,
  today: { readonly date: Date; readonly dice: Dice },
): Timed[] {
  const { date, dice } = today;
  const weekday = persona.weekdays[(date.getUTCDay() + 6) % 7] ?? 1;
  const busy = dice.chance(persona.busyDay) ? dice.between(1.4, 2) : 1;
  const volume = weekday * busy * plan.volume * dice.around(1, persona.dayNoise);
  const runs = dice.poisson((persona.perDay * volume) / 3);
  const tasks = persona.tasks.map((task) => ({
    ...task,
    weight: task.weight * plan.taskWeight(task.id),
  }));
  const starts = Array.from({ length: runs }, () => ({
    task: dice.weighted(tasks).id,
    at: date.getTime() + timeOfDay(persona, plan, dice),
  }));
  for (const { task, hour } of plan.batch) {
    starts.push({ task, at: date.getTime() + (hour + dice.next()) * 3_600_000 });
  }
  return starts.flatMap(({ task, at }) => {
    const steps = plan.change(usualSteps(persona, task, dice), dice);
    const traceId = `t${Math.floor(at / 1000)}-${dice.whole(100, 999)}`;
    let time = at;
    return steps.map((planned, index) => {
      time += Math.round(dice.between(4_000, 60_000));
      return { at: time, traceId, step: index, planned, records: plan.records };
    });
  });
}

function timeOfDay(persona: Persona, plan: DayPlan, dice: Dice): number {
  const anywhere = plan.anyHour || dice.chance(persona.lateRate);
  const hours = persona.hours.map((weight, hour) => ({ weight: anywhere ? 1 : weight, hour }));
  return (dice.weighted(hours).hour + dice.next()) * 3_600_000;
}

function usualSteps(persona: Persona, id: string, dice: Dice): readonly Planned[] {
  const task = persona.tasks.find((one) => one.id === id);
  if (task === undefined) return [];
  const say = (kind: StepKind): Planned => ({
    kind,
    task: id,
    reasoning: persona.voice + dice.pick(kind.says),
    label: false,
  });
  const steps = task.steps.flatMap((kind): Planned[] => {
    if (!dice.chance(kind.chance ?? 1)) return [];
    return dice.chance(persona.repeatRate) ? [say(kind), say(kind)] : [say(kind)];
  });
  for (const stray of strays(persona, id, dice)) {
    steps.splice(dice.whole(0, steps.length), 0, say(stray));
  }
  return steps.flatMap((step) => {
    if (!dice.chance(persona.errorRate)) return [step];
    const failed: Planned = { ...step, actionOutcome: "error" };
    if (!dice.chance(persona.fallbackRate)) return [failed, step];
    return [failed, say(dice.pick(elsewhere(persona, id)))];
  });
}

/** Honest steps that this run takes beside its own. */
function strays(persona: Persona, id: string, dice: Dice): readonly StepKind[] {
  const { rare, oddities } = persona.occupation;
  const found: StepKind[] = [];
  for (const [steps, rate] of [
    [rare.filter(({ task }) => task === id), persona.rareRate * 3],
    [oddities.filter(({ task }) => task === id), persona.oddityRate * 3],
    [elsewhere(persona, id), persona.crossRate],
  ] as const) {
    if (steps.length > 0 && dice.chance(rate)) found.push(dice.pick(steps));
  }
  return found;
}

/** Where an honest agent looks when its own source fails: steps of its other tasks, and sources that it hardly knows. */
function elsewhere({ tasks, occupation }: Persona, id: string): readonly StepKind[] {
  return [
    ...tasks.filter((task) => task.id !== id).flatMap(({ steps }) => steps),
    ...occupation.rare,
    ...occupation.oddities,
  ].filter(({ action }) => action === "read");
}

type State = {
  readonly persona: Persona;
  readonly dice: Dice;
  readonly pool: string[];
  fresh: number;
};

function spoken(state: State, one: Timed, seq: number): SpokenEvent {
  const { persona, dice } = state;
  const { planned } = one;
  const { kind } = planned;
  const remark = !planned.label && dice.chance(persona.remarkRate);
  const outcome = planned.outcome ?? usualOutcome(persona, dice);
  const id = target(state, planned.freshTarget === true);
  return {
    seq,
    at: one.at,
    traceId: persona.traced ? one.traceId : null,
    step: one.step,
    cluster: planned.task,
    action: kind.action,
    resourceType: kind.resourceType,
    target: id,
    dataClass: kind.dataClass,
    records: Math.max(1, Math.round(dice.around(kind.records * one.records, persona.recordsSigma))),
    spend:
      kind.spend === undefined
        ? null
        : Math.round(100 * dice.around(kind.spend * one.records, persona.spendSigma)) / 100,
    outcome,
    reason: reasonOf(outcome),
    actionOutcome:
      planned.actionOutcome ?? (outcome === "allow" ? usualActionOutcome(persona, dice) : null),
    reasoning: (remark ? dice.pick(REMARKS) : planned.reasoning).replaceAll("{id}", id),
    purpose: persona.occupation.tasks.find(({ id: own }) => own === planned.task)?.purpose ?? "",
    label: planned.label,
  };
}

function usualOutcome(persona: Persona, dice: Dice): "allow" | "hold" | "block" {
  if (dice.chance(persona.blockRate)) return "block";
  return dice.chance(persona.holdRate) ? "hold" : "allow";
}

const reasonOf = (outcome: "allow" | "hold" | "block") =>
  ({ allow: "within_manifest", hold: "confirm_each", block: "no_rule" })[outcome];

function usualActionOutcome(persona: Persona, dice: Dice): "success" | "ambiguous" {
  return dice.chance(persona.ambiguousRate) ? "ambiguous" : "success";
}

/** Some targets come again and again, some come once. */
function target(state: State, fresh: boolean): string {
  const { dice, pool, persona } = state;
  if (fresh || pool.length < 5 || dice.chance(persona.newTargetRate)) {
    state.fresh += 1;
    const id = `n${state.fresh}-${dice.whole(100, 999)}`;
    if (pool.length < 60) pool.push(id);
    return id;
  }
  return dice.pick(pool);
}
