import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DATA_CLASSES } from "@/lib/domain/agent/tier";
import { OUTCOMES } from "@/lib/domain/policy/reasons";
import { assess } from "../assess";
import type { BehaviourEvent } from "../event";
import { SIGNALS, type SignalName } from "../signal";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A Monday noon in UTC. */
const NOW = Date.UTC(2026, 5, 1, 12);

let seq = 0;
function ask(change: Partial<BehaviourEvent> & { readonly at: number }): BehaviourEvent {
  seq += 1;
  return {
    seq,
    traceId: null,
    step: null,
    cluster: "match",
    action: "read",
    resourceType: "invoice",
    target: null,
    dataClass: "internal",
    records: 1,
    spend: null,
    outcome: "allow",
    reason: "within_manifest",
    actionOutcome: "success",
    reasoningDistance: 0.5,
    actDistance: 0.5,
    distanceModel: "test",
    ...change,
  };
}

/** The `i`-th request of one day of an agent that reads, compares and notes, again and again. */
function usual(day: number, i: number, at: number): BehaviourEvent {
  const action = (["read", "compare", "annotate"] as const)[i % 3] ?? "read";
  const wobble = ((day * 7 + i * 5) % 11) / 100;
  const held = (day * 24 + i) % 40 === 0;
  return ask({
    at,
    action,
    resourceType: action === "compare" ? "purchase-order" : "invoice",
    reasoningDistance: 0.45 + wobble,
    actDistance: 0.45 + wobble,
    records: 1 + ((day + i) % 3),
    outcome: held ? "hold" : "allow",
    reason: held ? "confirm_each" : "within_manifest",
  });
}

/** 36 days, 24 requests on each working day, from nine to five. */
function steady(): BehaviourEvent[] {
  return Array.from({ length: 36 }, (_, ago) => NOW - (36 - ago) * DAY - 3 * HOUR)
    .filter((morning) => ![0, 6].includes(new Date(morning).getUTCDay()))
    .flatMap((morning, day) =>
      Array.from({ length: 24 }, (_, i) => usual(day, i, morning + i * 20 * 60_000)),
    );
}

const HISTORY = steady();
const later = (minutes: number) => NOW - 2 * HOUR + minutes * 60_000;
const repeated = (n: number, change: Partial<BehaviourEvent>) =>
  Array.from({ length: n }, (_, i) => ask({ at: later(i), ...change }));

const assessed = (more: readonly BehaviourEvent[], history = HISTORY) =>
  assess([...history, ...more], { tier: "moderate", now: NOW });
function levelOf(signal: SignalName, more: readonly BehaviourEvent[]): number {
  const found = assessed(more).signals.find((one) => one.signal === signal);
  return found?.value ?? Number.NaN;
}
const wordsOf = (signal: SignalName, more: readonly BehaviourEvent[]) =>
  assessed(more).signals.find((one) => one.signal === signal)?.evidence.words;

test("an agent that does what it always does raises no signal", () => {
  const { score, signals } = assessed(
    Array.from({ length: 9 }, (_, i) => usual(30, i, later(i * 10))),
  );
  expect(signals.map(({ signal }) => signal)).toEqual(SIGNALS);
  expect(signals.filter(({ value }) => value > 0.05)).toEqual([]);
  expect(score).toBeLessThanOrEqual(3);
});

test("no history at all is no suspicion", () => {
  expect(assess([], { tier: "critical", now: NOW })).toMatchObject({ score: 0, adjusted: 0 });
  const first = repeated(5, { outcome: "block", reason: "no_rule", dataClass: "restricted" });
  expect(assess(first, { tier: "moderate", now: NOW }).score).toBeLessThan(30);
});

describe("what each signal is there for", () => {
  const blocked = { outcome: "block", reason: "no_rule" } as const;
  const cases: readonly (readonly [SignalName, readonly BehaviourEvent[], RegExp])[] = [
    ["refusals", repeated(12, blocked), /held or blocked; usual for this agent: 2\.\d %/],
    [
      "novelty",
      ["export", "delete", "share", "amend"].flatMap((action) => repeated(2, { action })),
      /4 acts never seen in their task, such as “export invoice” in “match”/,
    ],
    ["mix", repeated(24, { action: "annotate" }), /different mix .*“annotate invoice”/],
    ["sequence", repeated(12, { action: "annotate" }), /bits each under this agent's habit/],
    ["volume", repeated(12, { records: 4000 }), /moved far more .*4,000/],
    ["class", repeated(2, { dataClass: "restricted" }), /restricted data, the agent's highest was/],
    ["hours", repeated(12, { at: NOW - 9.5 * HOUR }), /hours in which this agent does not work/],
    ["reasoning", repeated(14, { reasoningDistance: 0.8 }), /further from the manifest/],
    [
      "pivot",
      [
        ask({ at: later(1), actionOutcome: "error" }),
        ask({ at: later(2), resourceType: "payroll", dataClass: "restricted" }),
      ],
      /after an error it turned to “read payroll”, data that the task “match” never needed/,
    ],
    [
      "say-do",
      repeated(12, { action: "copy", resourceType: "address-book", reasoningDistance: 0.48 }),
      /said what the mandate says and did something else, such as “copy address book”/,
    ],
  ];

  test.each(cases)("%s", (signal, more, words) => {
    expect(levelOf(signal, more)).toBeGreaterThan(0.3);
    expect(wordsOf(signal, more)).toMatch(words);
    const seqs = assessed(more).signals.find((one) => one.signal === signal)?.evidence.seqs ?? [];
    expect(seqs.length).toBeGreaterThan(0);
    expect(more.map((event) => event.seq)).toContain(seqs[0]);
  });

  test("three refused, new, late or far requests can't scream", () => {
    for (const change of [
      blocked,
      { at: NOW - 9.5 * HOUR },
      { reasoningDistance: 1 },
      { action: "export" },
    ]) {
      expect(assessed(repeated(3, change)).score).toBeLessThan(50);
    }
  });

  test("what our own containment answered is not held against the agent", () => {
    expect(levelOf("refusals", repeated(12, { outcome: "block", reason: "risk_contain" }))).toBe(0);
    expect(levelOf("refusals", repeated(12, { outcome: "deny", reason: "proof_stale" }))).toBe(0);
  });

  test("a pivot needs an error, a foreign data set, and both in the same trace", () => {
    const error = { at: later(1), actionOutcome: "error", traceId: "t1" } as const;
    const foreign = { at: later(2), resourceType: "payroll", dataClass: "restricted" } as const;
    const pair = (first: Partial<BehaviourEvent>, second: Partial<BehaviourEvent>) =>
      levelOf("pivot", [ask({ ...error, ...first }), ask({ ...foreign, ...second })]);
    expect(pair({}, { traceId: "t1" })).toBeGreaterThan(0.3);
    expect(pair({}, { traceId: "t2" })).toBe(0);
    expect(pair({ actionOutcome: "success" }, { traceId: "t1" })).toBe(0);
    expect(pair({}, { traceId: "t1", resourceType: "purchase-order" })).toBe(0);
    expect(pair({}, { traceId: "t1", dataClass: "public" })).toBeLessThan(
      pair({}, { traceId: "t1" }),
    );
  });

  test("distances of another model are not compared", () => {
    const other = { reasoningDistance: 0.95, distanceModel: "another" } as const;
    expect(levelOf("reasoning", repeated(14, other))).toBe(0);
    expect(levelOf("reasoning", repeated(14, { reasoningDistance: null }))).toBe(0);
  });

  test("what began last week has not become habit", () => {
    const leak = { action: "read", resourceType: "payroll", dataClass: "restricted" } as const;
    const daily = Array.from({ length: 10 }, (_, i) => ask({ at: NOW - (10 - i) * DAY, ...leak }));
    const history = [...HISTORY, ...daily].sort((a, b) => a.at - b.at);
    const { signals } = assessed([ask({ at: later(1), ...leak })], history);
    expect(signals.find(({ signal }) => signal === "class")?.value).toBeGreaterThan(0.6);
  });
});

describe("more of the same finding never lowers its signal", () => {
  const worse: readonly (readonly [SignalName, (n: number) => readonly BehaviourEvent[]])[] = [
    [
      "refusals",
      (n) => [
        ...repeated(12 - n, {}),
        ...repeated(n, { at: later(30), outcome: "block", reason: "no_rule" }),
      ],
    ],
    ["novelty", (n) => repeated(12, {}).map((e, i) => (i < n ? { ...e, action: `new-${i}` } : e))],
    ["hours", (n) => repeated(12, {}).map((e, i) => (i < n ? { ...e, at: NOW - 10 * HOUR } : e))],
    ["volume", (n) => repeated(12, {}).map((e, i) => (i < n ? { ...e, records: 900 } : e))],
    [
      "class",
      (n) => repeated(12, {}).map((e, i) => (i < n ? { ...e, dataClass: "confidential" } : e)),
    ],
    [
      "reasoning",
      (n) => repeated(12, {}).map((e, i) => (i < n ? { ...e, reasoningDistance: 0.9 } : e)),
    ],
    [
      "pivot",
      (n) => [
        ask({ at: later(0), actionOutcome: "error" }),
        ...repeated(5, {}).map((e, i) => (i < n ? { ...e, resourceType: "payroll" } : e)),
      ],
    ],
    ["say-do", (n) => repeated(12, {}).map((e, i) => (i < n ? { ...e, action: "copy" } : e))],
  ];
  test.each(worse)("%s", (signal, of) => {
    const values = [0, 2, 4, 5].map((n) => levelOf(signal, of(n)));
    expect(values).toEqual([...values].sort((a, b) => a - b));
  });
});

const anyEvent = fc.record({
  minutes: fc.integer({ min: 0, max: 40 * 24 * 60 }),
  cluster: fc.constantFrom("a", "b", null),
  action: fc.constantFrom("read", "post", null),
  resourceType: fc.constantFrom("invoice", "payroll", null),
  target: fc.option(fc.string({ maxLength: 2 }), { nil: null }),
  traceId: fc.constantFrom("t", "u", null),
  dataClass: fc.option(fc.constantFrom(...DATA_CLASSES), { nil: null }),
  records: fc.option(fc.integer({ min: 0, max: 1_000_000_000 }), { nil: null }),
  spend: fc.option(fc.double({ min: 0, max: 1e12, noNaN: true }), { nil: null }),
  outcome: fc.constantFrom(...OUTCOMES),
  actionOutcome: fc.constantFrom("success", "error", "ambiguous", null),
  distance: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: null }),
});

test("whatever the history, every value lies in [0, 1], every sentence is whole, and every seq was given", () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 150 }), (list) => {
      const history = list
        .map(({ minutes, distance, ...rest }) =>
          ask({
            ...rest,
            at: NOW - minutes * 60_000,
            reasoningDistance: distance,
            actDistance: distance,
          }),
        )
        .sort((a, b) => a.at - b.at);
      const known = new Set(history.map((event) => event.seq));
      const { signals, score, adjusted } = assess(history, { tier: "high", now: NOW });
      expect(score).toBeGreaterThanOrEqual(adjusted);
      for (const { value, evidence } of signals) {
        expect(value >= 0 && value <= 1).toBe(true);
        expect(evidence.words).not.toMatch(/NaN|undefined|Infinity/);
        expect(evidence.words).not.toContain("\u0000");
        expect(evidence.seqs.every((one) => known.has(one)) && evidence.seqs.length <= 20).toBe(
          true,
        );
        for (const figure of [
          ...Object.values(evidence.counts),
          ...Object.values(evidence.baseline),
        ]) {
          expect(Number.isFinite(figure)).toBe(true);
        }
      }
    }),
    { numRuns: 60 },
  );
});
