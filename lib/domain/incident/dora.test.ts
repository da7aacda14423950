import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assessDora, DoraWorksheet, UNANSWERED } from "./dora";

const incident: DoraWorksheet = { ...UNANSWERED, ictIncident: true };
const gated: DoraWorksheet = { ...incident, supervisedServices: true };
const result = (change: Partial<DoraWorksheet>, base = gated) =>
  assessDora({ ...base, ...change }).result;

describe("the examples that the test was written from", () => {
  test.each([
    ["blocked, nothing returned", UNANSWERED, "not-an-incident"],
    [
      "read outside purpose, no attacker, ten minutes",
      { ...gated, dataLoss: true, durationHours: 0.2 },
      "not-major",
    ],
    [
      "the same, and relevant clients are affected",
      { ...gated, dataLoss: true, relevantClients: true },
      "major",
    ],
    [
      "injected agent exports client data with valid credentials",
      { ...incident, maliciousAccess: true, maliciousDataAccess: true },
      "major",
    ],
    [
      "a loop stops payments for three hours, EUR 150,000",
      { ...incident, criticalFunctions: true, downtimeHours: 3, costEur: 150_000 },
      "major",
    ],
  ] as const)("%s", (_, sheet, expected) => {
    expect(assessDora(sheet).result).toBe(expected);
  });
});

describe("each threshold alone is not enough, and two are", () => {
  const each: readonly Partial<DoraWorksheet>[] = [
    { clientsPercent: 10.1 },
    { clients: 100_001 },
    { counterpartsPercent: 30.1 },
    { transactionsPercent: 10.1 },
    { transactionsValuePercent: 10.1 },
    { relevantClients: true },
    { media: true },
    { complaints: true },
    { requirements: true },
    { clientsLost: true },
    { durationHours: 24.1 },
    { downtimeHours: 2.1 },
    { memberStates: ["IE", "FR"] },
    { dataLoss: true },
    { costEur: 100_000.01 },
  ];
  test.each(each)("%o", (change) => {
    expect(assessDora({ ...gated, ...change }).counted).toBe(1);
    expect(result(change)).toBe("not-major");
    const second = "media" in change ? { dataLoss: true } : { media: true };
    const reputational = ["complaints", "requirements", "clientsLost"].some((key) => key in change);
    expect(result({ ...change, ...second })).toBe(reputational ? "not-major" : "major");
    expect(result({ ...change, costEur: 200_000, memberStates: ["IE", "FR"] })).toBe("major");
    expect(result({ ...change, costEur: 200_000, memberStates: ["IE", "FR"] }, incident)).toBe(
      "not-major",
    );
  });

  test.each([
    { clientsPercent: 10, clients: 100_000, counterpartsPercent: 30 },
    { transactionsPercent: 10, transactionsValuePercent: 10 },
    { durationHours: 24, downtimeHours: 2 },
    { memberStates: ["IE"] },
    { memberStates: ["IE", "IE"] },
    { costEur: 100_000 },
  ])("a figure at the limit is not above it: %o", (change) => {
    expect(assessDora({ ...gated, ...change }).counted).toBe(0);
  });
});

test("data losses count once, and malicious access does not count towards the two", () => {
  const both = { ...gated, maliciousAccess: true, dataLoss: true, maliciousDataAccess: true };
  expect(assessDora(both)).toMatchObject({ result: "major", counted: 1 });
});

test("malicious access to data without malicious access is a contradiction", () => {
  expect(DoraWorksheet.safeParse({ ...gated, maliciousDataAccess: true }).success).toBe(false);
});

test("the result is the formula, whatever is answered", () => {
  const sheets: fc.Arbitrary<DoraWorksheet> = fc.record({
    ictIncident: fc.boolean(),
    criticalFunctions: fc.boolean(),
    supervisedServices: fc.boolean(),
    maliciousAccess: fc.boolean(),
    clientsPercent: fc.option(fc.constantFrom(0, 10, 11)),
    clients: fc.option(fc.constantFrom(5, 200_000)),
    counterpartsPercent: fc.option(fc.constantFrom(30, 31)),
    transactionsPercent: fc.option(fc.constantFrom(10, 11)),
    transactionsValuePercent: fc.option(fc.constantFrom(10, 11)),
    relevantClients: fc.boolean(),
    estimated: fc.boolean(),
    media: fc.boolean(),
    complaints: fc.boolean(),
    requirements: fc.boolean(),
    clientsLost: fc.boolean(),
    durationHours: fc.option(fc.constantFrom(24, 25)),
    downtimeHours: fc.option(fc.constantFrom(2, 3)),
    memberStates: fc.subarray(["IE", "FR", "DE"]),
    dataLoss: fc.boolean(),
    maliciousDataAccess: fc.boolean(),
    costEur: fc.option(fc.constantFrom(100_000, 100_001)),
  });
  fc.assert(
    fc.property(sheets, (sheet) => {
      const { result: found, thresholds } = assessDora(sheet);
      const met = (ids: readonly string[]) =>
        thresholds.filter((one) => one.met && ids.includes(one.id)).length;
      const gate = sheet.criticalFunctions || sheet.supervisedServices || sheet.maliciousAccess;
      const two = met(["T1", "T2", "T3", "T4", "T5a", "T6"]) >= 2;
      const major = sheet.ictIncident && gate && (sheet.maliciousDataAccess || two);
      expect(found === "major").toBe(major);
      expect(found === "not-an-incident").toBe(!sheet.ictIncident);
    }),
  );
});
