import { expect, test } from "vitest";
import { lexicalModel } from "@/lib/server/behaviour/text-model";
import { ALARM, delay, falseAlarms } from "./metrics";
import { accountsPayable } from "./occupations/accounts-payable";
import { replay, withDistances } from "./replay";
import { START, simulate, WARM_UP_DAYS } from "./simulate";
import { scoreAlarm } from "./tables";

const FROM = START + WARM_UP_DAYS * 86_400_000;
const { seriesOf } = scoreAlarm();

/** Pinned: one false alarm more or less is a matter of the seed. The rates are in docs/risk-model.md. */
const PLAYED = [
  ["steady", 75],
  ["seasonal", 74],
  ["sudden hijack", 77],
  ["semantic pivot", 78],
] as const;

/** The whole evaluation is `npm run eval:drift`; this keeps a change from breaking its aims unseen. */
test("hijack and pivot are seen within 15 requests, at no more than one false alarm per agent-month", async () => {
  const agents = PLAYED.map(([behaviour, seed]) => simulate(accountsPayable, behaviour, seed));
  const events = await withDistances(agents, lexicalModel(new Error("fast enough for a test")));
  const runs = agents.map((agent, i) => replay(agent, events[i] ?? [], FROM));
  const quiet = runs.filter(({ onset }) => onset === null);
  expect(quiet).toHaveLength(2);
  const alarms = quiet.map((run) => falseAlarms(run, seriesOf(run), ALARM));
  expect(alarms.reduce((a, b) => a + b)).toBeLessThanOrEqual(2);
  const delays = runs
    .filter(({ onset }) => onset !== null)
    .map((run) => delay(run, seriesOf(run), ALARM));
  expect(delays).toHaveLength(2);
  expect(Math.max(...delays)).toBeLessThanOrEqual(15);
}, 60_000);

test("the same seed gives the same agent, and another seed another", () => {
  const [one, same, other] = [5, 5, 6].map((seed) => simulate(accountsPayable, "outage", seed));
  expect(one?.events).toEqual(same?.events);
  expect(one?.events.length).not.toBe(other?.events.length);
});
