import { describe, expect, test } from "vitest";
import { ResourcePattern } from "@/lib/domain/manifest/manifest";
import { actionCovers, actionsOverlap, covers, matchesResource, overlaps } from "./pattern";

describe("a resource pattern", () => {
  test.each([
    ["invoice:*", "invoice", "inv-1", true],
    ["invoice:*", "invoice", "uk/inv-1", false],
    ["invoice:*", "letter-of-credit", "inv-1", false],
    ["ledger-entry:uk/**", "ledger-entry", "uk/2026/1", true],
    ["*:uk/**", "ledger-entry", "uk/1", true],
    ["*:uk/**", "invoice", "us/1", false],
    ["*", "anything", "at/all", true],
    ["host:db:5432", "host", "db:5432", true],
    ["invoice", "invoice", "inv-1", false],
  ])("`%s` on %s:%s is %s", (pattern, type, id, expected) => {
    expect(matchesResource(pattern, type, id)).toBe(expected);
  });

  test("of each shape that is tested here passes the manifest's schema, but for the last two", () => {
    expect(ResourcePattern.safeParse("host:db:5432").success).toBe(true);
    expect(ResourcePattern.safeParse("*:uk/**").success).toBe(true);
    expect(ResourcePattern.safeParse("invoice").success).toBe(false);
  });
});

test.each([
  ["*", "invoice:uk/*", true, true],
  ["*:**", "*", true, true],
  ["invoice:**", "*", false, true],
  ["invoice:**", "invoice:uk/*", true, true],
  ["invoice:*", "invoice:uk/*", false, false],
  ["invoice:uk/*", "invoice:*/1", false, true],
  ["invoice:**", "payment:**", false, false],
  ["*:uk/**", "invoice:uk/1", true, true],
  ["invoice:uk/**", "*:uk/1", false, true],
])("`%s` and `%s`: covers %s, overlaps %s", (a, b, isCovered, isOverlap) => {
  expect(covers(a, b)).toBe(isCovered);
  expect(overlaps(a, b)).toBe(isOverlap);
  expect(overlaps(b, a)).toBe(isOverlap);
});

test("an action pattern is a name or everything", () => {
  expect(actionCovers("*", "read")).toBe(true);
  expect(actionCovers("read", "*")).toBe(false);
  expect(actionCovers("read", "read")).toBe(true);
  expect(actionCovers("read", "read-all")).toBe(false);
  expect(actionsOverlap("read", "*")).toBe(true);
  expect(actionsOverlap("read", "post")).toBe(false);
});
