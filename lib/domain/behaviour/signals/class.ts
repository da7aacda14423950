import { compareDataClass, DATA_CLASSES, type DataClass } from "@/lib/domain/agent/tier";
import { actInWords, type BehaviourEvent, dataSetOf, taskOf } from "../event";
import { type Habit, type Now, trust } from "../habit";
import { clamp, makeSignal, percent, plural, type Signal } from "../signal";
import { type Belief, belief, tailBits, valueOfBits } from "../stats";

export type ClassHabit = {
  readonly habit: Habit;
  /** the highest class that each task, and the agent, has touched */
  readonly byTask: ReadonlyMap<string, DataClass>;
  readonly highest: DataClass | null;
  /** the share of requests in the highest class */
  readonly share: Belief;
};

const DAY_MS = 86_400_000;
const PRIOR = { mean: 0.05, strength: 10, most: 60 };

export function learnClass(habit: Habit, baseline: readonly BehaviourEvent[]): ClassHabit {
  const byTask = new Map<string, DataClass>();
  let highest: DataClass | null = null;
  for (const event of habit.settled) {
    const { dataClass } = event;
    if (dataClass === null) continue;
    byTask.set(taskOf(event), higher(byTask.get(taskOf(event)), dataClass));
    highest = higher(highest, dataClass);
  }
  const top = baseline.filter(
    ({ dataClass }) => dataClass !== null && dataClass === highest,
  ).length;
  return { habit, byTask, highest, share: belief(top, baseline.length, PRIOR) };
}

const higher = (a: DataClass | null | undefined, b: DataClass): DataClass =>
  a === null || a === undefined || compareDataClass(a, b) < 0 ? b : a;

/**
 * Data of a class that the task (or the agent) never touched, the first touch of a sensitive data set (again on each day on
 * which it is touched), and more of the most sensitive class than usual. Findings add up as 1 − Π(1 − weight).
 */
export function classSignal(learned: ClassHabit, { scales, current }: Now): Signal {
  const touches = firstTouches(learned, current);
  const first = 1 - touches.reduce((left, { weight }) => left * (1 - weight), 1);
  const more = shareOfTop(learned, scales);
  const value = clamp(1 - (1 - first) * (1 - more.value)) * trust(learned.habit.size);
  const telling = touches.toSorted((a, b) => b.weight - a.weight);
  const most = telling[0];
  const usual = learned.share.a / (learned.share.a + learned.share.b);
  return makeSignal("class", value, {
    events: [...telling.map(({ event }) => event), ...more.events.toReversed()],
    counts: { firstTouches: touches.length, inHighestClass: more.events.length, of: more.of },
    baseline: { shareOfHighestClass: usual, requests: learned.habit.size },
    words: words(most, more, { touches: touches.length, usual, highest: learned.highest }),
  });
}

type Touch = {
  readonly event: BehaviourEvent;
  readonly weight: number;
  readonly what: string;
};
type More = {
  readonly value: number;
  readonly events: readonly BehaviourEvent[];
  readonly of: number;
};

function words(
  most: Touch | undefined,
  more: More,
  known: { readonly touches: number; readonly usual: number; readonly highest: DataClass | null },
): string {
  if (most !== undefined) {
    const others =
      known.touches > 1
        ? `, and ${plural(known.touches - 1, "other such touch", "other such touches")}`
        : "";
    return `“${actInWords(most.event)}”: ${most.what}${others}`;
  }
  if (more.value > 0) {
    return `${more.events.length} of ${more.of} requests were for ${known.highest} data; usual: ${percent(known.usual)}`;
  }
  return "no data of a class or kind that is new for its task";
}

/** One touch for each day on which it happens: what comes back day after day is no accident. */
function firstTouches(learned: ClassHabit, current: readonly BehaviourEvent[]): Touch[] {
  const touches = new Map<string, Touch>();
  for (const event of current) {
    const touch = touchOf(learned, event);
    if (touch === null) continue;
    const day = Math.floor(event.at / DAY_MS);
    const key = `${dataSetOf(event)} ${event.dataClass} ${day}`;
    if (!touches.has(key)) touches.set(key, touch);
  }
  return [...touches.values()];
}

function touchOf(learned: ClassHabit, event: BehaviourEvent): Touch | null {
  const { dataClass } = event;
  if (dataClass === null || learned.highest === null) return null;
  if (compareDataClass(dataClass, learned.highest) > 0) {
    return {
      event,
      weight: 0.8,
      what: `${dataClass} data, the agent's highest was ${learned.highest}`,
    };
  }
  // A task without history has no class of its own yet; the agent's says enough.
  const own = learned.byTask.get(taskOf(event));
  if (own !== undefined && compareDataClass(dataClass, own) > 0) {
    const steps = DATA_CLASSES.indexOf(dataClass) - DATA_CLASSES.indexOf(own);
    return {
      event,
      weight: Math.min(0.65, 0.3 + 0.15 * (steps - 1)),
      what: `${dataClass} data, this task's highest was ${own}`,
    };
  }
  const sensitive = compareDataClass(dataClass, "internal") > 0;
  if (sensitive && !learned.habit.dataSets.has(dataSetOf(event))) {
    const newToAgent = !learned.habit.resourceTypes.has(event.resourceType ?? "");
    return {
      event,
      weight: newToAgent ? 0.35 : 0.2,
      what: `the first touch of this ${dataClass} data by ${newToAgent ? "the agent" : "this task"}`,
    };
  }
  return null;
}

function shareOfTop(learned: ClassHabit, scales: Now["scales"]): More {
  let best: More = { value: 0, events: [], of: scales[0]?.length ?? 0 };
  if (learned.highest === null || compareDataClass(learned.highest, "internal") <= 0) return best;
  for (const events of scales) {
    const top = events.filter(({ dataClass }) => dataClass === learned.highest);
    const value = valueOfBits(tailBits(top.length, events.length, learned.share), events.length);
    if (value > best.value) best = { value, events: top, of: events.length };
  }
  return best;
}
