/** Working days of the Member State of an entity: weekends, and the bank holidays that a person has named. */
export type Calendar = {
  /** IANA */
  readonly timeZone: string;
  /** local days, YYYY-MM-DD */
  readonly holidays: readonly string[];
};

const DAY_MS = 86_400_000;
const YEAR_DAYS = 366;

/** The local day (YYYY-MM-DD) in which `at` (epoch ms) lies. */
export function localDay(at: number, timeZone: string): string {
  const wall = new Date(at + offsetAt(at, timeZone));
  return wall.toISOString().slice(0, 10);
}

export function isWorkingDay(day: string, { holidays }: Calendar): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !holidays.includes(day);
}

/** Noon, local time, of the first working day after the local day of `at`; epoch ms. */
export function noonOfNextWorkingDay(at: number, calendar: Calendar): number {
  const first = Date.parse(`${localDay(at, calendar.timeZone)}T00:00:00Z`);
  for (let step = 1; step <= YEAR_DAYS; step += 1) {
    const day = new Date(first + step * DAY_MS).toISOString().slice(0, 10);
    if (isWorkingDay(day, calendar)) return noon(day, calendar.timeZone);
  }
  return at;
}

function noon(day: string, timeZone: string): number {
  return instantOf(`${day}T12:00`, timeZone) ?? Number.NaN;
}

/** How far the zone's clocks are ahead of UTC at `at`, in ms. */
function offsetAt(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).formatToParts(new Date(at));
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((one) => one.type === type)?.value ?? 0);
  const wall = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
  return wall - Math.floor(at / 1000) * 1000;
}

/** The same day and time (UTC) a month later; the month's last day where it has no such day. */
export function addMonth(at: number): number {
  const from = new Date(at);
  const last = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + 2, 0)).getUTCDate();
  const to = new Date(at);
  to.setUTCDate(1);
  to.setUTCMonth(from.getUTCMonth() + 1);
  to.setUTCDate(Math.min(from.getUTCDate(), last));
  return to.getTime();
}

/** What a clock in the zone shows at `at`: YYYY-MM-DDTHH:MM, as a form wants it. */
export function wallTime(at: number, timeZone: string): string {
  return new Date(at + offsetAt(at, timeZone)).toISOString().slice(0, 16);
}

/** The instant (epoch ms) at which a clock in the zone shows `wall`; null where that is no time. */
export function instantOf(wall: string, timeZone: string): number | null {
  // Date.parse also reads what is no such time, and finds a meaning in it.
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(wall)) return null;
  const shown = Date.parse(`${wall}:00Z`);
  if (Number.isNaN(shown)) return null;
  return shown - offsetAt(shown - offsetAt(shown, timeZone), timeZone);
}
