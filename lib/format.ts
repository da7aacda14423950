/** How dates, numbers, money and hashes are written for people. Pure: the same in the browser and on the server. */

const LOCALE = "en-GB";

export type DateStyle = "date" | "minute" | "second" | "clock";

const DATE_PARTS: Readonly<Record<DateStyle, Intl.DateTimeFormatOptions>> = {
  date: { day: "numeric", month: "short", year: "numeric" },
  minute: {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZoneName: "short",
  },
  second: {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
    timeZoneName: "short",
  },
  clock: {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
    timeZoneName: "short",
  },
};

/** Whether `zone` is an IANA time zone that this runtime knows. */
export function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat(LOCALE, { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** An instant in a zone, with the zone's name, e.g. `24 Nov 2026, 21:57 GMT`. `iso`: RFC 3339. Text that is no date comes back as it is. */
export function formatInstant(iso: string, timeZone = "UTC", style: DateStyle = "minute"): string {
  const instant = new Date(iso);
  if (Number.isNaN(instant.getTime())) return iso;
  const zone = isTimeZone(timeZone) ? timeZone : "UTC";
  return new Intl.DateTimeFormat(LOCALE, { ...DATE_PARTS[style], timeZone: zone }).format(instant);
}

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
];

/** How long ago or ahead `iso` is, seen from `now`, e.g. `3 hours ago`, `in 2 days`. */
export function formatRelative(iso: string, now: Date): string {
  const seconds = Math.round((new Date(iso).getTime() - now.getTime()) / 1000);
  if (Number.isNaN(seconds)) return iso;
  const size = Math.abs(seconds);
  const [unit, length] = STEPS.find(([, step]) => size >= step) ?? ["second", 1];
  return new Intl.RelativeTimeFormat(LOCALE, { numeric: "auto" }).format(
    Math.trunc(seconds / length),
    unit,
  );
}

/** A length of time in its two largest units, e.g. `2 h 5 min`, `45 s`. */
export function formatDuration(seconds: number): string {
  const total = Math.max(0, Math.round(seconds));
  const units: readonly (readonly [string, number])[] = [
    ["d", 86_400],
    ["h", 3_600],
    ["min", 60],
    ["s", 1],
  ];
  const first = units.findIndex(([, step]) => total >= step);
  if (first === -1) return "0 s";
  let rest = total;
  const parts: string[] = [];
  for (const [name, step] of units.slice(first, first + 2)) {
    const count = Math.floor(rest / step);
    rest -= count * step;
    if (count > 0) parts.push(`${count} ${name}`);
  }
  return parts.join(" ");
}

/** `12345.6` → `12,345.6`. */
export function formatNumber(value: number | bigint, maximumFractionDigits = 2): string {
  return new Intl.NumberFormat(LOCALE, { maximumFractionDigits }).format(value);
}

/** A share from 0 to 1 → `12.5%`. */
export function formatPercent(share: number, maximumFractionDigits = 1): string {
  return new Intl.NumberFormat(LOCALE, { style: "percent", maximumFractionDigits }).format(share);
}

/** Pounds from pence; whole pounds without pence, e.g. `£250,000`, `£12.50`. */
export function formatMoney(pence: number | bigint): string {
  const whole = Number(pence) % 100 === 0;
  return new Intl.NumberFormat(LOCALE, {
    style: "currency",
    currency: "GBP",
    minimumFractionDigits: whole ? 0 : 2,
    maximumFractionDigits: 2,
  }).format(Number(pence) / 100);
}

/** `1 review`, `2 reviews`; `plural` where an s is not enough. */
export function formatCount(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatNumber(count)} ${count === 1 ? singular : plural}`;
}

/** A hash, key or id short enough for a line: its first and last characters. The whole belongs in `title`. */
export function shortHash(hash: string, size = 6): string {
  return hash.length <= size * 2 + 1 ? hash : `${hash.slice(0, size)}…${hash.slice(-size)}`;
}
