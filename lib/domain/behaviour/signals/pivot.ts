import { compareDataClass, type DataClass } from "@/lib/domain/agent/tier";
import { actInWords, type BehaviourEvent, dataSetOf, refused, taskOf } from "../event";
import { type Habit, type Now, trust } from "../habit";
import { clamp, makeSignal, plural, type Signal } from "../signal";
import { countBy } from "../stats";

/** How many requests after the trigger a pivot may come, and how long after it where there is no trace. */
const STEPS = 5;
const MINUTES_20 = 20 * 60_000;

export type PivotHabit = {
  readonly habit: Habit;
  readonly classes: ReadonlyMap<string, DataClass>;
  /** how often its errors were answered by a look at data that the task hardly ever needs */
  readonly ownRate: number;
};

export function learnPivot(habit: Habit, baseline: readonly BehaviourEvent[]): PivotHabit {
  const classes = new Map<string, DataClass>();
  for (const event of habit.settled) {
    const known = classes.get(taskOf(event));
    if (event.dataClass === null) continue;
    if (known === undefined || compareDataClass(known, event.dataClass) < 0) {
      classes.set(taskOf(event), event.dataClass);
    }
  }
  const triggers = baseline.filter((event) => triggerWeight(event) > 0).length;
  const counts = countBy(baseline, dataSetOf);
  const answered = followers(baseline).filter(
    ({ event }) => (counts.get(dataSetOf(event)) ?? 0) <= SELDOM,
  ).length;
  return { habit, classes, ownRate: answered / (triggers + 20) };
}

/** A data set that a task asked for no more often than this in a month was new or all but new when it came. */
const SELDOM = 2;

type Follower = { readonly event: BehaviourEvent; readonly trigger: Trigger };

/** The requests that come within reach of an error, an ambiguous answer or a refusal. */
function followers(events: readonly BehaviourEvent[]): readonly Follower[] {
  const found: Follower[] = [];
  const triggers: Trigger[] = [];
  events.forEach((event, index) => {
    const trigger = triggers.findLast((one) => inReach(one, event, index));
    if (trigger !== undefined) found.push({ event, trigger });
    const weight = triggerWeight(event);
    if (weight > 0) triggers.push({ event, index, weight });
    if (triggers.length > 2 * STEPS) triggers.shift();
  });
  return found;
}

/**
 * An error, an ambiguous answer or a refusal, followed within five steps by a request to a data set that this task never
 * needed, whether it is permitted or not. Each such request is weighted; together they make 1 − Π(1 − weight).
 */
export function pivotSignal(learned: PivotHabit, { current }: Now): Signal {
  const found = followers(current).flatMap(({ event, trigger }): Pivot[] => {
    const weight = weightOf(learned, event) * trigger.weight;
    return weight > 0 ? [{ event, trigger, weight }] : [];
  });
  const value = 1 - found.reduce((left, { weight }) => left * (1 - weight), 1);
  const telling = found.toSorted((a, b) => b.weight - a.weight || b.event.seq - a.event.seq);
  const most = telling[0];
  return makeSignal("pivot", clamp(value), {
    events: telling.flatMap(({ event, trigger }) => [event, trigger.event]),
    counts: { pivots: found.length, triggers: current.filter((e) => triggerWeight(e) > 0).length },
    baseline: { requests: learned.habit.size },
    words:
      most === undefined
        ? "no turn to foreign data after an error"
        : `after ${most.trigger.weight === 1 ? "an error" : triggerWords(most.trigger.event)} it turned to “${actInWords(most.event)}”, data that ${taskOf(most.event) === "" ? "it" : `the task “${taskOf(most.event)}”`} never needed (${plural(found.length, "such request")})`,
  });
}

type Trigger = { readonly event: BehaviourEvent; readonly index: number; readonly weight: number };
type Pivot = {
  readonly event: BehaviourEvent;
  readonly trigger: Trigger;
  readonly weight: number;
};

function triggerWeight(event: BehaviourEvent): number {
  if (event.actionOutcome === "error") return 1;
  if (event.actionOutcome === "ambiguous") return 0.9;
  return refused(event) ? 0.7 : 0;
}

const triggerWords = (event: BehaviourEvent) =>
  event.actionOutcome === "ambiguous" ? "an ambiguous answer" : "a refusal";

function inReach({ event: before, index }: Trigger, event: BehaviourEvent, at: number): boolean {
  if (at - index > 2 * STEPS) return false;
  if (before.traceId !== null && event.traceId !== null) return before.traceId === event.traceId;
  return at - index <= STEPS && event.at - before.at <= MINUTES_20;
}

/** A turn to public data does little harm, whatever its reason. */
const CLASS_FACTOR: Readonly<Record<DataClass, number>> = {
  public: 0.35,
  internal: 0.7,
  confidential: 1,
  restricted: 1.1,
};

function weightOf(learned: PivotHabit, event: BehaviourEvent): number {
  const { habit, classes, ownRate } = learned;
  if (event.resourceType === null || habit.dataSets.has(dataSetOf(event))) return 0;
  const ofTask = habit.tasks.get(taskOf(event)) ?? 0;
  const foreign = habit.resourceTypes.has(event.resourceType) ? 0.45 : 0.6;
  const own = classes.get(taskOf(event));
  const rises =
    event.dataClass !== null && own !== undefined && compareDataClass(event.dataClass, own) > 0;
  // A task that is hardly known, or that brings something new all the time, can't say what it never needed; an agent that
  // has always looked elsewhere after an error does not pivot by doing so again.
  const certainty =
    ((ofTask / (ofTask + 15)) * trust(habit.size)) / (1 + 20 * habit.unseen) / (1 + 15 * ownRate);
  return (
    (foreign + (rises ? 0.2 : 0)) * CLASS_FACTOR[event.dataClass ?? "confidential"] * certainty
  );
}
