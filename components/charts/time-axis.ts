import { formatInstant } from "@/lib/format";

const DAY_MS = 86_400_000;
const MOST_TICKS = 10;

/** Midnights (UTC) between two instants (epoch ms), at most ten, evenly apart; both ends where they lie within a day. */
export function dayTicks(from: number, to: number): number[] {
  const first = Math.ceil(from / DAY_MS) * DAY_MS;
  const count = Math.floor((to - first) / DAY_MS) + 1;
  if (!Number.isFinite(count) || count < 2) return [from, to].filter(Number.isFinite);
  const step = Math.ceil(count / MOST_TICKS);
  return Array.from({ length: Math.ceil(count / step) }, (_, i) => first + i * step * DAY_MS);
}

/** `24 Nov` in the zone. */
export function shortDay(at: number, timeZone: string): string {
  return formatInstant(new Date(at).toISOString(), timeZone, "date").replace(/ \d{4}$/, "");
}

/** `24 Nov, 22:15`: without year and zone, which the heading names. */
export function shortInstant(at: number, timeZone: string): string {
  return formatInstant(new Date(at).toISOString(), timeZone)
    .replace(/ \d{4},/, ",")
    .replace(/(\d\d:\d\d).*$/, "$1");
}
