/** Things that have no plural. */
const UNCOUNTED = new Set([
  "payroll",
  "series",
  "data",
  "metadata",
  "information",
  "correspondence",
  "evidence",
  "feedback",
  "staff",
  "software",
  "inventory",
  "cash",
  "money",
  "infrastructure",
]);

/** "a", "a and b", "a, b and c". */
export function listInWords(items: readonly string[], word: "and" | "or" = "and"): string {
  if (items.length <= 1) return items[0] ?? "";
  return `${items.slice(0, -1).join(", ")} ${word} ${items.at(-1) ?? ""}`;
}

/** `ledger-entry` → "ledger entry", `customerId` → "customer id". */
export function wordsOf(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/[-_.]+/g, " ")
    .toLowerCase();
}

/** `ledger-entry` → "ledger entries", `letter-of-credit` → "letters of credit". */
export function pluralOf(type: string): string {
  const words = wordsOf(type).split(" ");
  const of = words.indexOf("of");
  const head = of > 0 ? of - 1 : words.length - 1;
  return words.map((word, i) => (i === head ? plural(word) : word)).join(" ");
}

function plural(word: string): string {
  if (UNCOUNTED.has(word)) return word;
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}

/** `post` → "post", `ledger.post` → "ledger post", `*` → "do anything with". */
export function actionsInWords(actions: readonly string[]): string {
  if (actions.includes("*")) return "do anything with";
  return listInWords(actions.map(wordsOf));
}

/**
 * `invoice:**` → "invoices", `ledger-entry:uk/**` → "ledger entries under “uk/”".
 * In a may-sentence `type:*` reads as every one of the type, which says more than is allowed; where less would be said
 * (`exact`), the missing part is spelt out.
 */
export function resourceInWords(pattern: string, exact = false): string {
  const colon = pattern.indexOf(":");
  const type = pattern.slice(0, colon);
  const glob = pattern.slice(colon + 1);
  const any = type === "*";
  const many = any ? "anything" : pluralOf(type);
  if (glob === "**") return any ? "anything at all" : many;
  if (glob === "*") return exact ? `${many} without “/” in the id` : many;
  if (glob.includes("*")) return `${many} ${globInWords(glob)}`;
  return any ? `anything called “${glob}”` : `the ${wordsOf(type)} “${glob}”`;
}

function globInWords(glob: string): string {
  const under = /^([^*]+\/)(\*{1,2})$/.exec(glob);
  if (under) return `${under[2] === "*" ? "directly under" : "under"} “${under[1] ?? ""}”`;
  const start = /^([^*]+)\*\*$/.exec(glob);
  return start ? `whose id starts with “${start[1] ?? ""}”` : `matching “${glob}”`;
}

/** 250000, "GBP" → "£250,000"; without a currency "250,000". */
export function moneyInWords(value: number, currency?: string): string {
  if (currency === undefined) return numberInWords(value);
  return new Intl.NumberFormat("en-GB", {
    style: "currency",
    currency,
    minimumFractionDigits: Number.isInteger(value) ? 0 : 2,
    maximumFractionDigits: 2,
  }).format(value);
}

/** 5000 → "5,000". */
export function numberInWords(value: number): string {
  return new Intl.NumberFormat("en-GB", { maximumFractionDigits: 6 }).format(value);
}

const DAY_NAMES = {
  mon: "Monday",
  tue: "Tuesday",
  wed: "Wednesday",
  thu: "Thursday",
  fri: "Friday",
  sat: "Saturday",
  sun: "Sunday",
} as const;
type Day = keyof typeof DAY_NAMES;
const WEEK = Object.keys(DAY_NAMES) as Day[];

/** mon, tue, wed, sat → "Monday to Wednesday and Saturday"; all seven → "every day". */
export function daysInWords(days: readonly Day[]): string {
  const held = WEEK.map((day) => days.includes(day));
  if (held.every(Boolean)) return "every day";
  const runs: string[] = [];
  for (let i = 0; i < WEEK.length; i++) {
    if (!held[i]) continue;
    let end = i;
    while (held[end + 1]) end++;
    runs.push(...runInWords(WEEK.slice(i, end + 1)));
    i = end;
  }
  return listInWords(runs);
}

function runInWords(run: readonly Day[]): string[] {
  const names = run.map((day) => DAY_NAMES[day]);
  return names.length > 2 ? [`${names[0] ?? ""} to ${names.at(-1) ?? ""}`] : names;
}

/** "2026-12-31T00:00:00Z" → "31 December 2026, 00:00 UTC". */
export function instantInWords(iso: string): string {
  const at = new Date(iso);
  const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }).format(at);
  const time = new Intl.DateTimeFormat("en-GB", { timeStyle: "short", timeZone: "UTC" }).format(at);
  return `${day}, ${time} UTC`;
}
