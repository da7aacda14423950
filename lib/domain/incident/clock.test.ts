import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AI_UNANSWERED, assessAiAct } from "./ai-act";
import {
  addMonth,
  instantOf,
  isWorkingDay,
  localDay,
  noonOfNextWorkingDay,
  wallTime,
} from "./calendar";
import {
  type ClockFacts,
  clocksOf,
  finalDue,
  initialDue,
  intermediateDue,
  withWeekend,
} from "./clock";
import { ENTITY_TYPES } from "./entity";

const at = (iso: string) => Date.parse(iso);
const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
const DUBLIN = { timeZone: "Europe/Dublin", holidays: ["2026-12-25"] };
const HOUR = 3_600_000;

describe("initial notification", () => {
  test("aware on Monday at eight, classified on Tuesday at six: due on Tuesday at eight", () => {
    const due = initialDue(at("2026-11-23T08:00:00Z"), at("2026-11-24T06:00:00Z"));
    expect(iso(due.at)).toBe("2026-11-24T08:00:00.000Z");
    expect(due.limbs.map(({ governs }) => governs)).toEqual([false, true]);
  });
  test("classified soon: four hours from the classification", () => {
    const due = initialDue(at("2026-11-23T08:00:00Z"), at("2026-11-23T09:00:00Z"));
    expect(iso(due.at)).toBe("2026-11-23T13:00:00.000Z");
    expect(due.limbs.map(({ governs }) => governs)).toEqual([true, false]);
  });
  test("classified later than 24 hours after awareness: four hours from the classification", () => {
    const due = initialDue(at("2026-11-23T08:00:00Z"), at("2026-11-25T08:00:00Z"));
    expect(iso(due.at)).toBe("2026-11-25T12:00:00.000Z");
  });
  test("classified 24 hours after awareness to the minute: due at once", () => {
    const due = initialDue(at("2026-11-23T08:00:00Z"), at("2026-11-24T08:00:00Z"));
    expect(iso(due.at)).toBe("2026-11-24T08:00:00.000Z");
  });
  test("never later than four hours from the classification, and one limb governs at least", () => {
    fc.assert(
      fc.property(fc.nat({ max: 1e9 }), fc.nat({ max: 1e9 }), (aware, later) => {
        const due = initialDue(aware, aware + later);
        expect(due.at).toBeLessThanOrEqual(aware + later + 4 * HOUR);
        expect(due.limbs.filter(({ governs }) => governs).map((limb) => limb.at)).toContain(due.at);
      }),
    );
  });
});

test("the others run from submissions, not from the classification", () => {
  expect(iso(intermediateDue(at("2026-11-24T07:00:00Z")).at)).toBe("2026-11-27T07:00:00.000Z");
  expect(iso(finalDue(at("2027-01-31T10:00:00Z")).at)).toBe("2027-02-28T10:00:00.000Z");
  expect(iso(addMonth(at("2026-12-15T10:00:00Z")))).toBe("2027-01-15T10:00:00.000Z");
  expect(iso(addMonth(at("2028-01-31T10:00:00Z")))).toBe("2028-02-29T10:00:00.000Z");
});

describe("weekends and bank holidays", () => {
  const saturday = { at: at("2026-11-28T09:00:00Z"), limbs: [] };
  test("an entity with relief files by noon of the next working day, local time", () => {
    const due = withWeekend(saturday, "initial", "other", DUBLIN);
    expect(iso(due.at)).toBe("2026-11-30T12:00:00.000Z");
    const berlin = withWeekend(saturday, "initial", "other", {
      timeZone: "Europe/Berlin",
      holidays: ["2026-11-30"],
    });
    expect(iso(berlin.at)).toBe("2026-12-01T11:00:00.000Z");
  });
  test("a bank holiday before a weekend moves it to Monday; the night after midnight counts as the local day", () => {
    const friday = { at: at("2026-12-25T09:00:00Z"), limbs: [] };
    expect(iso(withWeekend(friday, "final", "other", DUBLIN).at)).toBe("2026-12-28T12:00:00.000Z");
    // 23:30 UTC on Friday is Saturday in Berlin.
    expect(localDay(at("2026-11-27T23:30:00Z"), "Europe/Berlin")).toBe("2026-11-28");
    const night = { at: at("2026-11-27T23:30:00Z"), limbs: [] };
    const berlin = { timeZone: "Europe/Berlin", holidays: [] };
    expect(iso(withWeekend(night, "final", "other", berlin).at)).toBe("2026-11-30T11:00:00.000Z");
    expect(iso(withWeekend(night, "final", "other", DUBLIN).at)).toBe(iso(night.at));
  });
  test.each(ENTITY_TYPES.filter((type) => type !== "other"))(
    "%s: none for the first two reports, but for the final one",
    (entity) => {
      expect(withWeekend(saturday, "initial", entity, DUBLIN).at).toBe(saturday.at);
      expect(withWeekend(saturday, "intermediate", entity, DUBLIN).at).toBe(saturday.at);
      expect(withWeekend(saturday, "final", entity, DUBLIN).at).toBeGreaterThan(saturday.at);
    },
  );
  test("noon is noon on the days when the clocks change", () => {
    const berlin = { timeZone: "Europe/Berlin", holidays: [] };
    expect(iso(noonOfNextWorkingDay(at("2027-03-27T10:00:00Z"), berlin))).toBe(
      "2027-03-29T10:00:00.000Z",
    );
    expect(iso(noonOfNextWorkingDay(at("2026-10-24T10:00:00Z"), berlin))).toBe(
      "2026-10-26T11:00:00.000Z",
    );
  });
  test("what comes out is a working day, later, and at noon", () => {
    const zones = fc.constantFrom("Europe/Dublin", "Europe/Helsinki", "Atlantic/Azores");
    fc.assert(
      fc.property(
        fc.integer({ min: at("2026-01-01"), max: at("2030-01-01") }),
        zones,
        (ms, timeZone) => {
          const calendar = { timeZone, holidays: [] };
          const noon = noonOfNextWorkingDay(ms, calendar);
          expect(noon).toBeGreaterThan(ms);
          expect(isWorkingDay(localDay(noon, timeZone), calendar)).toBe(true);
          expect(
            new Intl.DateTimeFormat("en-GB", {
              timeZone,
              hour: "2-digit",
              hourCycle: "h23",
            }).format(noon),
          ).toBe("12");
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("all clocks of an incident", () => {
  const facts: ClockFacts = {
    awareAt: at("2026-11-23T08:00:00Z"),
    classifiedAt: at("2026-11-23T09:00:00Z"),
    result: "major",
    aiAct: null,
    reports: [],
    entity: "credit-institution",
    calendar: DUBLIN,
  };
  const states = (change: Partial<ClockFacts>, now = at("2026-11-23T10:00:00Z")) =>
    clocksOf({ ...facts, ...change }, now).map(({ kind, state, due }) => [kind, state, iso(due)]);

  test("run, are overdue, met or late", () => {
    expect(states({})).toEqual([
      ["dora-initial", "running", "2026-11-23T13:00:00.000Z"],
      ["dora-intermediate", "waiting", null],
      ["dora-final", "waiting", null],
    ]);
    expect(states({}, at("2026-11-23T13:00:01Z"))[0]?.[1]).toBe("overdue");
    const initial = { kind: "dora-initial", submittedAt: at("2026-11-23T12:59:00Z") } as const;
    expect(states({ reports: [initial] })).toEqual([
      ["dora-initial", "met", "2026-11-23T13:00:00.000Z"],
      ["dora-intermediate", "running", "2026-11-26T12:59:00.000Z"],
      ["dora-final", "waiting", null],
    ]);
    const late = { ...initial, submittedAt: at("2026-11-23T14:00:00Z") };
    expect(states({ reports: [late] })[0]?.[1]).toBe("late");
  });

  test("an updated intermediate report moves the final one", () => {
    const reports = ["2026-11-24T10:00:00Z", "2026-12-01T10:00:00Z"].map((one) => ({
      kind: "dora-intermediate" as const,
      submittedAt: at(one),
    }));
    expect(states({ reports })[2]).toEqual(["dora-final", "running", "2027-01-01T10:00:00.000Z"]);
  });

  test("what is not major has none; what is not assessed or lacks awareness says so", () => {
    expect(states({ result: "not-major", classifiedAt: null })).toEqual([]);
    expect(states({ result: null, classifiedAt: null })).toEqual([
      ["dora-initial", "waiting", null],
    ]);
    expect(states({ awareAt: null })).toEqual([["dora-initial", "waiting", null]]);
  });

  test("the AI Act's run beside them", () => {
    const sheet = { ...AI_UNANSWERED, highRisk: true, causalLink: "likely", rights: true } as const;
    const aiAct = { ...assessAiAct(sheet), providerReachable: true };
    expect(states({ result: "not-major", classifiedAt: null, aiAct })).toEqual([
      ["ai-provider", "running", null],
      ["ai-authority", "running", "2026-12-08T08:00:00.000Z"],
    ]);
  });
});

test("a time on the wall is the instant that shows it", () => {
  expect(wallTime(at("2026-07-01T10:30:00Z"), "Europe/Berlin")).toBe("2026-07-01T12:30");
  expect(iso(instantOf("2026-12-01T00:15", "Europe/Helsinki"))).toBe("2026-11-30T22:15:00.000Z");
  expect(instantOf("", "Europe/Berlin")).toBeNull();
  fc.assert(
    fc.property(fc.integer({ min: 29_000_000, max: 31_000_000 }), (minutes) => {
      const ms = minutes * 60_000;
      const back = instantOf(wallTime(ms, "Europe/Dublin"), "Europe/Dublin");
      // In the hour that comes twice, either is right.
      expect(Math.abs((back ?? 0) - ms) % HOUR).toBe(0);
      expect(wallTime(back ?? 0, "Europe/Dublin")).toBe(wallTime(ms, "Europe/Dublin"));
    }),
  );
});
