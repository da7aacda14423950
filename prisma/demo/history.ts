/**
 * A month of the bank's life: agents ask, the real decision function decides through the real ledger
 * code, sponsors answer what was held and blocked, scores are computed each night. Only the clock is
 * simulated, and the people's reading.
 */
import type pg from "pg";
import type { EvaluationRequest } from "@/lib/domain/policy/request";
import { rescoreAll } from "@/lib/server/behaviour/rescore";
import { db } from "@/lib/server/db";
import { decideGroup } from "@/lib/server/decision/decide";
import type { DecisionAnswer, DecisionItem } from "@/lib/server/decision/item";
import { recordOutcomes } from "@/lib/server/decision/record-outcomes";
import type { DecisionState } from "@/lib/server/decision/state";
import { makeCheckpoint } from "@/lib/server/ledger/checkpoint";
import { escalateOverdue } from "@/lib/server/review/escalate-overdue";
import type { Registered } from "./catalogue";
import { outcomesOf } from "./outcomes";
import { answerReview } from "./reviewers";
import type { Staff } from "./staff";
import { type Act, type Dice, toRequest } from "./types";
import { WORKLOADS } from "./workload";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Nobody answers a review sooner, so that decisions this close together can share a transaction. */
const WINDOW_MS = 20 * MINUTE_MS;
const GROUP = 128;
const EVENING_MS = 10 * HOUR_MS;

type Ask = {
  readonly at: Date;
  readonly agent: Registered;
  readonly request: EvaluationRequest;
  readonly isRetry: boolean;
};

export type Story = {
  readonly staff: Staff;
  readonly agents: readonly Registered[];
  readonly dice: Dice;
  /** of its own, so that what came of an act does not change what is asked next */
  readonly outcomeDice: Dice;
  readonly from: Date;
  readonly to: Date;
  readonly client: pg.ClientBase;
  readonly state: DecisionState;
  /** when the one agent that is retired is */
  readonly retiredAt: Date;
  /** what people do at a certain moment beside answering reviews */
  readonly acts: readonly Act[];
};

const byTime = (a: { readonly at: Date }, b: { readonly at: Date }): number =>
  a.at.getTime() - b.at.getTime();

type Habit = { readonly chance: number; readonly oddities: readonly string[] };

/** How often a task leaves the mandate, and how. The cloud agent drifts for nine days, the mail agent lately. */
function habitOf(key: string, daysLeft: number): Habit {
  const oddities = WORKLOADS[key]?.oddities ?? [];
  const [first = ""] = oddities;
  switch (key) {
    case "cloud-cost":
      return daysLeft < 9
        ? { chance: Math.min(0.45, (9 - daysLeft) * 0.06), oddities: [first] }
        : { chance: 0.008, oddities };
    case "email-triage":
      return { chance: daysLeft < 2 ? 0.12 : 0.008, oddities };
    case "payments":
      return { chance: 0.02, oddities };
    case "trade-finance":
      // The one semantic pivot of the month, on the day that its sponsor answers with a containment.
      return Math.floor(daysLeft) === 11
        ? { chance: 0.08, oddities: ["payroll"] }
        : { chance: 0.008, oddities: ["too-large", "delete"] };
    default:
      return { chance: 0.008, oddities };
  }
}

function oddityOf(key: string, dice: Dice, daysLeft: number): string | undefined {
  const { chance, oddities } = habitOf(key, daysLeft);
  const [first, ...rest] = oddities;
  return first !== undefined && dice.chance(chance) ? dice.pick([first, ...rest]) : undefined;
}

/** A working day's curve: busy from nine to five, and where the mandate has no hours some work at any time. */
function taskTime(dice: Dice, day: Date, hasHours: boolean): Date {
  const night = !hasHours && dice.chance(0.45);
  const hour = night ? dice.next() * 24 : 8 + (dice.next() + dice.next()) * 4.2;
  return new Date(day.getTime() + hour * HOUR_MS);
}

function daysOf({ from, to }: Story): Date[] {
  const count = Math.ceil((to.getTime() - from.getTime()) / DAY_MS);
  return Array.from({ length: count }, (_, n) => new Date(from.getTime() + n * DAY_MS));
}

function dayOf(story: Story, agent: Registered, day: Date): Ask[] {
  const { dice, to } = story;
  const { key, tasksPerDay, mandate } = agent.agent;
  const workload = WORKLOADS[key];
  const weekend = day.getUTCDay() === 0 || day.getUTCDay() === 6;
  if (workload === undefined || (weekend && mandate.hours !== undefined)) return [];
  const daysLeft = (to.getTime() - day.getTime()) / DAY_MS;
  const tasks = Math.round(tasksPerDay * (weekend ? 0.5 : 0.8 + 0.4 * dice.next()));
  return Array.from({ length: tasks }, () => {
    let at = taskTime(dice, day, mandate.hours !== undefined);
    const traceId = dice
      .whole(0, 2 ** 31)
      .toString(16)
      .padStart(16, "0");
    return workload.task(dice, oddityOf(key, dice, daysLeft)).map((step, position): Ask => {
      const request = toRequest(agent.id, step, position, traceId);
      const ask = { at, agent, request, isRetry: false };
      at = new Date(at.getTime() + dice.whole(2, 40) * 1000);
      return ask;
    });
  }).flat();
}

/** What is on the desks when the reader first signs in, at whatever time of day that is. */
const LATE: readonly { readonly key: string; readonly oddity: string; readonly minutes: number }[] =
  [
    { key: "kyc", oddity: "suspicion", minutes: 47 },
    { key: "payments", oddity: "new-payee", minutes: 38 },
    { key: "cloud-cost", oddity: "customer-usage", minutes: 26 },
    { key: "sanctions", oddity: "close-high", minutes: 21 },
    { key: "payments", oddity: "above-limit", minutes: 12 },
  ];

function lateAsks(story: Story): Ask[] {
  return LATE.flatMap(({ key, oddity, minutes }) => {
    const agent = story.agents.find((each) => each.agent.key === key);
    const steps = WORKLOADS[key]?.task(story.dice, oddity) ?? [];
    if (agent === undefined) return [];
    return steps.map((step, position): Ask => {
      const at = new Date(story.to.getTime() - minutes * MINUTE_MS + position * 9000);
      const request = toRequest(agent.id, step, position, `late${minutes}${key}`);
      return { at, agent, request, isRetry: false };
    });
  });
}

/** Who was retired is switched off: nobody lets it go on asking for days. */
const lives = (story: Story, { at, agent }: Ask): boolean =>
  agent.agent.fate !== "retired" || at < story.retiredAt;

function asksOf(story: Story): Ask[] {
  return daysOf(story)
    .flatMap((day) => story.agents.flatMap((agent) => dayOf(story, agent, day)))
    .filter((ask) => ask.at < story.to && lives(story, ask))
    .concat(lateAsks(story))
    .sort(byTime);
}

function nightly(from: Date, to: Date): Act[] {
  const acts: Act[] = [];
  for (
    let at = new Date(from.getTime() + 2 * HOUR_MS);
    at < to;
    at = new Date(at.getTime() + DAY_MS)
  ) {
    acts.push({
      at,
      run: async () => {
        await escalateOverdue(at);
        await rescoreAll(at);
        await makeCheckpoint(at);
      },
    });
  }
  return acts;
}

type Plot = Story & { readonly asks: Ask[]; readonly agenda: Act[] };

/** Plays the story. Returns how many requests were decided. */
export async function play(story: Story): Promise<number> {
  const agenda = [...story.acts, ...nightly(story.from, story.to)].sort(byTime);
  const plot: Plot = { ...story, asks: asksOf(story), agenda };
  let decided = 0;
  for (;;) {
    const ask = plot.asks[0]?.at ?? story.to;
    const act = plot.agenda[0];
    if (act !== undefined && act.at < story.to && act.at <= ask) {
      plot.agenda.shift();
      await act.run();
    } else if (plot.asks.length > 0) {
      decided += await decideNext(plot);
    } else return decided;
  }
}

/** Decides the requests up to the next human act, or to the end of the window. */
async function decideNext(plot: Plot): Promise<number> {
  const { asks, agenda, client, state, to } = plot;
  const start = asks[0]?.at.getTime() ?? 0;
  const until = Math.min(start + WINDOW_MS, agenda[0]?.at.getTime() ?? to.getTime());
  const later = asks.findIndex(
    ({ at }, index) => index > 0 && (index >= GROUP || at.getTime() >= until),
  );
  const group = asks.splice(0, later === -1 ? asks.length : later);
  const items = group.map(
    ({ agent, request, at }): DecisionItem => ({
      agentId: agent.id,
      request,
      at,
      credential: null,
    }),
  );
  const answers = await decideGroup(client, state, items);
  await reportOutcomes(plot, group, answers);
  for (const [index, answer] of answers.entries()) {
    const ask = group[index];
    if (ask !== undefined) schedule(plot, ask, answer);
  }
  return answers.length;
}

async function reportOutcomes(
  { client, outcomeDice }: Plot,
  group: readonly Ask[],
  answers: readonly DecisionAnswer[],
): Promise<void> {
  const decided = answers.flatMap((answer, index) => {
    const ask = group[index];
    return ask === undefined ? [] : [{ at: ask.at, request: ask.request, answer }];
  });
  await recordOutcomes(client, outcomesOf(decided, outcomeDice));
}

function insert<T extends { readonly at: Date }>(list: T[], item: T): void {
  const index = list.findIndex((each) => each.at > item.at);
  list.splice(index === -1 ? list.length : index, 0, item);
}

/** A person answers what was held or blocked; where they let it through, the agent asks again. */
function schedule(plot: Plot, ask: Ask, answer: DecisionAnswer): void {
  const { staff, dice, asks, agenda } = plot;
  if (answer.review?.state !== "open") return;
  const reviewId = answer.review.id;
  // The last day's work is not all done yet.
  const fresh = plot.to.getTime() - ask.at.getTime() < EVENING_MS;
  if (fresh && dice.chance(0.15)) return;
  // Where the mandate has hours its sponsor answers within them, or the agent could not ask again.
  const slow = ask.agent.agent.mandate.hours === undefined && dice.chance(0.06);
  const minutes = slow ? dice.whole(200, 900) : dice.whole(22, 58);
  const at = new Date(ask.at.getTime() + minutes * MINUTE_MS);
  insert(agenda, {
    at,
    run: async () => {
      const review = await db.review.findUniqueOrThrow({ where: { id: reviewId } });
      if (review.state !== "open") return;
      const letThrough = await answerReview(staff, {
        review,
        ask,
        at,
        dice,
        // What was let through once and stopped again for another reason is not let through a second time.
        onlyUphold: ask.isRetry,
      });
      if (letThrough) insert(asks, { ...ask, at: new Date(at.getTime() + 45_000), isRetry: true });
    },
  });
}
