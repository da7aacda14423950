import { describe, expect, test, vi } from "vitest";
import { compileHours, wallText } from "./hours";

vi.setConfig({ testTimeout: 30_000 });

const office = compileHours({
  timeZone: "Europe/London",
  windows: [
    { days: ["mon", "tue", "wed", "thu", "fri"], from: "07:00", to: "19:00" },
    { days: ["sat"], from: "00:00", to: "24:00" },
  ],
});

describe("office hours in London", () => {
  test.each([
    ["2026-01-05T07:00:00Z", true, "Monday, winter, at the start"],
    ["2026-01-05T06:59:59.999Z", false, "a millisecond before"],
    ["2026-01-05T18:59:59.999Z", true, "a millisecond before the end"],
    ["2026-01-05T19:00:00Z", false, "the end is outside"],
    ["2026-07-06T06:00:00Z", true, "summer: 07:00 on the wall"],
    ["2026-07-06T18:00:00Z", false, "summer: 19:00 on the wall"],
    ["2026-01-10T23:59:59Z", true, "Saturday until midnight"],
    ["2026-01-11T00:00:00Z", false, "Sunday"],
    ["2026-07-11T23:30:00Z", false, "summer: already Sunday on the wall"],
    ["2026-07-10T23:30:00Z", true, "summer: already Saturday on the wall"],
    ["1969-12-29T12:00:00Z", true, "a Monday before the epoch"],
  ])("%s: %s (%s)", (instant, expected) => {
    expect(office.open(Date.parse(instant))).toBe(expected);
  });

  test("are described in words", () => {
    expect(office.text).toBe("Mon–Fri 07:00–19:00, Sat 00:00–24:00");
    expect(wallText(office.wall(Date.parse("2026-07-07T21:14:00Z")))).toBe("Tue 22:14");
  });
});

test.each([
  "Europe/London",
  "Asia/Kolkata",
  "Australia/Lord_Howe",
  "America/St_Johns",
  "Pacific/Apia",
])("the wall clock of %s is that of Intl, also around its changes", (timeZone) => {
  const hours = compileHours({
    timeZone,
    windows: [{ days: ["mon"], from: "00:00", to: "24:00" }],
  });
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const start = Date.parse("2026-03-01T00:00:00Z");
  for (let minute = 0; minute < 250 * 24 * 60; minute += 13) {
    const now = start + minute * 60_000;
    const part = Object.fromEntries(format.formatToParts(now).map((p) => [p.type, p.value]));
    const expected = `${part["weekday"]} ${part["hour"]}:${part["minute"]}`;
    if (wallText(hours.wall(now)) !== expected) expect(wallText(hours.wall(now))).toBe(expected);
  }
});
