import { TIERS } from "@/lib/domain/agent/tier";
import { strictness } from "@/lib/domain/containment/rules";
import type { PortfolioRow } from "./view";

/** Bands of the risk score for an overview. Nothing happens at their borders: thresholds are those of each manifest. */
export const BANDS = [
  { from: 0, to: 19 },
  { from: 20, to: 39 },
  { from: 40, to: 59 },
  { from: 60, to: 79 },
  { from: 80, to: 100 },
] as const;
export type Band = (typeof BANDS)[number];

export function bandOf(score: number): Band {
  return BANDS.findLast(({ from }) => score >= from) ?? BANDS[0];
}

/** `60–79`, as people read it and as addresses hold its start. */
export const bandLabel = ({ from, to }: Band): string => `${from}–${to}`;

/** How far the score moved in a week; null where it was not measured then. */
export function movement({ score, scoreBefore }: PortfolioRow): number | null {
  return scoreBefore === null ? null : score - scoreBefore;
}

/** Agents whose score moved, those that rose most first, then those that fell. */
export function movers(rows: readonly PortfolioRow[]): readonly PortfolioRow[] {
  return rows
    .filter((row) => (movement(row) ?? 0) !== 0)
    .toSorted((a, b) => (movement(b) ?? 0) - (movement(a) ?? 0) || a.name.localeCompare(b.name));
}

const share = ({ refused, requests }: PortfolioRow): number =>
  requests === 0 ? 0 : refused / requests;

const tierRank = ({ tier }: PortfolioRow): number => TIERS.indexOf(tier);

/** Smaller first; equal ones stay in the order of their names. */
const ORDERS = {
  name: (a: PortfolioRow, b: PortfolioRow) => a.name.localeCompare(b.name),
  tier: (a: PortfolioRow, b: PortfolioRow) => tierRank(a) - tierRank(b),
  score: (a: PortfolioRow, b: PortfolioRow) => a.score - b.score,
  moved: (a: PortfolioRow, b: PortfolioRow) => (movement(a) ?? 0) - (movement(b) ?? 0),
  requests: (a: PortfolioRow, b: PortfolioRow) => a.requests - b.requests,
  refused: (a: PortfolioRow, b: PortfolioRow) => share(a) - share(b),
  containment: (a: PortfolioRow, b: PortfolioRow) =>
    strictness(a.containment) - strictness(b.containment),
} as const;
type Order = keyof typeof ORDERS;

/** What of a portfolio is looked at, and in which order; every unknown value counts as not given. */
export type PortfolioFilter = {
  readonly tier: string | null;
  /** where a band begins */
  readonly band: number | null;
  readonly contained: boolean;
  /** a column, with `-` before it for descending */
  readonly sort: string;
  /** from 1 */
  readonly page: number;
};

export const PORTFOLIO_PAGE = 25;

type Asked = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Reads the filter out of an address. */
export function portfolioFilter(asked: Asked): PortfolioFilter {
  const text = (name: string) => {
    const value = asked[name];
    return typeof value === "string" ? value : "";
  };
  const page = Number(text("page"));
  const sort = text("sort");
  return {
    tier: TIERS.find((tier) => tier === text("tier")) ?? null,
    band: BANDS.find(({ from }) => String(from) === text("band"))?.from ?? null,
    contained: text("contained") === "yes",
    sort: isOrder(sort.replace(/^-/, "")) ? sort : "-score",
    page: Number.isSafeInteger(page) && page >= 1 ? page : 1,
  };
}

function isOrder(text: string): text is Order {
  return Object.hasOwn(ORDERS, text);
}

/** One page of the rows that fit, in order. */
export function portfolioPage(
  rows: readonly PortfolioRow[],
  filter: PortfolioFilter,
): { readonly rows: readonly PortfolioRow[]; readonly total: number } {
  const fitting = rows.filter(
    (row) =>
      (filter.tier === null || row.tier === filter.tier) &&
      (filter.band === null || bandOf(row.score).from === filter.band) &&
      (!filter.contained || row.containment !== null),
  );
  const name = filter.sort.replace(/^-/, "");
  const by = isOrder(name) ? ORDERS[name] : ORDERS.score;
  const sign = filter.sort.startsWith("-") ? -1 : 1;
  const sorted = fitting.toSorted((a, b) => sign * by(a, b) || ORDERS.name(a, b));
  const start = (filter.page - 1) * PORTFOLIO_PAGE;
  return { rows: sorted.slice(start, start + PORTFOLIO_PAGE), total: fitting.length };
}
