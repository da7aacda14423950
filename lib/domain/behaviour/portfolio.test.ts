import { expect, test } from "vitest";
import { BANDS, bandOf, movers, portfolioFilter, portfolioPage } from "./portfolio";
import type { PortfolioRow } from "./view";

function row(name: string, over: Partial<PortfolioRow> = {}): PortfolioRow {
  return {
    agentId: `agt_${name}`,
    name,
    tier: "low",
    kind: "assistive",
    containment: null,
    score: 0,
    rawScore: 0,
    scoreBefore: null,
    requests: 0,
    refused: 0,
    ...over,
  };
}
const names = (rows: readonly PortfolioRow[]) => rows.map(({ name }) => name);

test("every score from 0 to 100 lies in the band whose borders hold it", () => {
  for (let score = 0; score <= 100; score += 1) {
    const { from, to } = bandOf(score);
    expect(score).toBeGreaterThanOrEqual(from);
    expect(score).toBeLessThanOrEqual(to);
  }
  expect(BANDS.at(-1)?.to).toBe(100);
});

test("movers are those that moved, most risen first; who was not measured a week ago is none", () => {
  const rows = [
    row("fell", { score: 10, scoreBefore: 30 }),
    row("still", { score: 10, scoreBefore: 10 }),
    row("rose", { score: 60, scoreBefore: 10 }),
    row("new", { score: 90 }),
    row("rose a bit", { score: 12, scoreBefore: 10 }),
  ];
  expect(names(movers(rows))).toEqual(["rose", "rose a bit", "fell"]);
});

test("unknown values of an address count as not given", () => {
  expect(
    portfolioFilter({ tier: "huge", band: "61", sort: "-constructor", page: "-3", contained: "1" }),
  ).toEqual({ tier: null, band: null, contained: false, sort: "-score", page: 1 });
  expect(portfolioFilter({ tier: "high", band: "60", sort: "name", page: "2" })).toEqual({
    tier: "high",
    band: 60,
    contained: false,
    sort: "name",
    page: 2,
  });
});

test("a page is filtered, sorted and cut, and counts all that fit", () => {
  const rows = [
    row("b", { score: 70, tier: "high" }),
    row("a", { score: 70, tier: "high", containment: "quarantine" }),
    row("c", { score: 10, tier: "critical", requests: 10, refused: 5 }),
    ...Array.from({ length: 30 }, (_, index) => row(`x${String(index).padStart(2, "0")}`)),
  ];
  const page = (asked: Record<string, string>) => portfolioPage(rows, portfolioFilter(asked));
  expect(names(page({}).rows).slice(0, 3)).toEqual(["a", "b", "c"]);
  expect(page({}).total).toBe(33);
  expect(names(page({ page: "2" }).rows)).toHaveLength(8);
  expect(names(page({ band: "60", sort: "-name" }).rows)).toEqual(["b", "a"]);
  expect(names(page({ contained: "yes" }).rows)).toEqual(["a"]);
  expect(names(page({ sort: "-tier" }).rows).slice(0, 2)).toEqual(["c", "a"]);
  expect(names(page({ sort: "-refused" }).rows)[0]).toBe("c");
});
