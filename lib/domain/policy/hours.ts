import { DAYS, type Hours } from "@/lib/domain/manifest/manifest";

/** A wall-clock moment: `day` 0 = Monday … 6, `minute` of the day 0 … 1439. */
export type WallTime = { readonly day: number; readonly minute: number };

export type CompiledHours = {
  readonly timeZone: string;
  /** Is the time (epoch ms) inside a window, by the clock on the wall of the zone? */
  readonly open: (now: number) => boolean;
  readonly wall: (now: number) => WallTime;
  /** e.g. `Mon–Fri 07:00–19:00` */
  readonly text: string;
};

const QUARTER = 15 * 60_000;
const DAY = 86_400_000;
const SHORT = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;

/** Compile the hours of a manifest. Times follow the zone's daylight saving; `from` is inside, `to` is not. */
export function compileHours(hours: Hours): CompiledHours {
  const offset = offsetOf(hours.timeZone);
  const windows = hours.windows.map((window) => ({
    days: new Set(window.days.map((day) => DAYS.indexOf(day))),
    from: minutes(window.from),
    to: minutes(window.to),
  }));
  const wall = (now: number): WallTime => {
    const local = now + offset(now);
    const days = Math.floor(local / DAY);
    // 1 January 1970 was a Thursday, day 3 of a week that starts on Monday.
    return { day: (((days + 3) % 7) + 7) % 7, minute: Math.floor((local - days * DAY) / 60_000) };
  };
  return {
    timeZone: hours.timeZone,
    wall,
    open(now) {
      const { day, minute } = wall(now);
      return windows.some((w) => minute >= w.from && minute < w.to && w.days.has(day));
    },
    text: describeHours(hours),
  };
}

/** The zone's offset from UTC in ms. Zones change on quarter hours of UTC, so one answer serves a quarter. */
function offsetOf(timeZone: string): (now: number) => number {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  let quarter = Number.NaN;
  let offset = 0;
  return (now) => {
    const start = Math.floor(now / QUARTER);
    if (start !== quarter) {
      offset = offsetAt(format, start * QUARTER);
      quarter = start;
    }
    return offset;
  };
}

function offsetAt(format: Intl.DateTimeFormat, instant: number): number {
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(instant)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - instant;
}

const minutes = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

/** e.g. `Tue 22:14` */
export function wallText({ day, minute }: WallTime): string {
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${SHORT[day] ?? ""} ${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** The windows in words, without the zone: `Mon–Fri 07:00–19:00, Sat 09:00–12:00`. */
function describeHours(hours: Hours): string {
  return hours.windows.map((w) => `${describeDays(w.days)} ${w.from}–${w.to}`).join(", ");
}

function describeDays(days: readonly (typeof DAYS)[number][]): string {
  const sorted = [...new Set(days)].map((day) => DAYS.indexOf(day)).sort((a, b) => a - b);
  const runs: [number, number][] = [];
  for (const day of sorted) {
    const last = runs.at(-1);
    if (last && last[1] === day - 1) last[1] = day;
    else runs.push([day, day]);
  }
  return runs
    .map(([from, to]) => (from === to ? `${SHORT[from]}` : `${SHORT[from]}–${SHORT[to]}`))
    .join(", ");
}
