import { expect, test } from "vitest";
import { leftToDo, obstacleToManage } from "./rules";
import { type TimelineEntry, timelineOf } from "./timeline";

const incident = { closed: false, openedById: "per_a", sponsorsAgent: false };

test("compliance and administrators manage every incident, sponsors their own, and nobody a closed one", () => {
  const may = (role: "admin" | "sponsor" | "compliance" | "owner", change = {}) =>
    obstacleToManage({ id: "per_b", roles: [role] }, { ...incident, ...change })?.kind ?? null;
  expect(may("compliance")).toBeNull();
  expect(may("admin")).toBeNull();
  expect(may("sponsor")).toBe("standing");
  expect(may("sponsor", { sponsorsAgent: true })).toBeNull();
  expect(may("sponsor", { openedById: "per_b" })).toBeNull();
  expect(may("owner", { sponsorsAgent: true, openedById: "per_b" })).toBe("standing");
  expect(may("compliance", { closed: true })).toBe("facts");
});

test("says all that is left to do, and nothing once it is done", () => {
  const done = {
    doraAssessed: true,
    aiActAssessed: true,
    awareStated: true,
    rootCauseStated: true,
    openActions: 0,
    clocks: [{ label: "DORA initial notification", submittedAt: 1 }],
  };
  expect(leftToDo(done)).toEqual([]);
  expect(leftToDo({ ...done, openActions: 2 })).toEqual(["finish 2 actions"]);
  expect(leftToDo({ ...done, clocks: [{ label: "Final", submittedAt: null }] })).toEqual([
    "send, and record as sent: Final",
  ]);
  expect(
    leftToDo({
      ...done,
      doraAssessed: false,
      aiActAssessed: false,
      awareStated: false,
      rootCauseStated: false,
      clocks: [{ label: "waits", submittedAt: null }],
    }),
  ).toHaveLength(4);
});

test("alike decisions in a row are one line, whatever stands between others breaks it", () => {
  const entry = (seq: number, change: Partial<TimelineEntry> = {}): TimelineEntry => ({
    seq,
    at: `2026-11-24T00:00:0${seq}Z`,
    kind: "decision",
    label: "",
    summary: "",
    who: null,
    outcome: "block",
    reason: "no_rule",
    words: null,
    ...change,
  });
  const lift = { kind: "containment.lifted", outcome: null, reason: null } as const;
  const items = timelineOf([
    entry(1),
    entry(2),
    entry(3, { reason: "never_rule" }),
    entry(4, lift),
    entry(5, lift),
    entry(6),
  ]);
  expect(items.map(({ seq, lastSeq, count }) => [seq, lastSeq, count])).toEqual([
    [1, 2, 2],
    [3, 3, 1],
    [4, 4, 1],
    [5, 5, 1],
    [6, 6, 1],
  ]);
});
