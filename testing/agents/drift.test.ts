import { expect, test } from "vitest";
import { lexicalModel } from "@/lib/server/behaviour/text-model";
import { ALARM, delay, falseAlarms } from "./metrics";
import { accountsPayable } from "./occupations/accounts-payable";
import { replay, withDistances } from "./replay";
import { START, simulate, WARM_UP_DAYS } from "./simulate";
import { scoreAlarm } from "./tables";

const FROM = START + WARM_UP_DAYS * 86_400_000;
const { seriesOf } = scoreAlarm();

/** The whole evaluation is `npm run eval:drift`; this keeps a change from breaking it unseen. */
test("one hijacked and one pivoting agent are seen within 15 requests, a steady and a seasonal one are left alone", async () => {
  const agents = (["steady", "seasonal", "sudden hijack", "semantic pivot"] as const).map(
    (behaviour, index) => simulate(accountsPayable, behaviour, 71 + index),
  );
  const events = await withDistances(agents, lexicalModel(new Error("fast enough for a test")));
  const runs = agents.map((agent, i) => replay(agent, events[i] ?? [], FROM));
  const alarms = runs.map((run) => falseAlarms(run, seriesOf(run), ALARM));
  expect(alarms).toEqual([0, 0, 0, 0]);
  for (const run of runs.slice(2)) {
    expect(delay(run, seriesOf(run), ALARM)).toBeLessThanOrEqual(15);
  }
}, 30_000);

test("the same seed gives the same agent, and another seed another", () => {
  const [one, same, other] = [5, 5, 6].map((seed) => simulate(accountsPayable, "outage", seed));
  expect(one?.events).toEqual(same?.events);
  expect(one?.events.length).not.toBe(other?.events.length);
});
