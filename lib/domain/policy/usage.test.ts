import { expect, test } from "vitest";
import type { EvaluationRequest } from "./request";
import { addRequest, bucketStarts, NO_USAGE, rollUsage, usageOf } from "./usage";

const request: EvaluationRequest = {
  subject: { type: "agent", id: "agt_aaaaaaaa" },
  action: { name: "pay" },
  resource: { type: "payee", id: "acme" },
  context: {
    cluster: "c",
    purpose: "",
    reasoning: "",
    dataClass: "internal",
    spend: 0.29,
    records: 7,
  },
};

test("buckets start on the minute, hour and day of UTC", () => {
  expect(bucketStarts(Date.parse("2026-06-01T13:45:59.999Z"))).toEqual({
    minute: Date.parse("2026-06-01T13:45:00Z") / 1000,
    hour: Date.parse("2026-06-01T13:00:00Z") / 1000,
    day: Date.parse("2026-06-01T00:00:00Z") / 1000,
  });
});

test("only an allowed request uses its records and spend; each counts as a request", () => {
  expect(usageOf(request, "allow")).toEqual({ requests: 1, records: 7, spend: 29 });
  for (const outcome of ["hold", "block", "deny"] as const) {
    expect(usageOf(request, outcome)).toEqual({ requests: 1, records: 0, spend: 0 });
  }
});

test("a hundred requests of 0.29 spend 29.00 exactly", () => {
  let usage = NO_USAGE;
  for (let i = 0; i < 100; i++) usage = addRequest(usage, request, "allow");
  expect(usage.day).toEqual({ requests: 100, records: 700, spend: 2900 });
  expect(usage.minute).toEqual(usage.day);
});

test("a bucket that is over starts again from nothing", () => {
  const usage = addRequest(NO_USAGE, request, "allow");
  const at = Date.parse("2026-06-01T13:45:59Z");
  expect(rollUsage(usage, at, at + 999)).toEqual(usage);
  const later = rollUsage(usage, at, at + 1000);
  expect(later.minute).toEqual(NO_USAGE.minute);
  expect(later.hour).toEqual(usage.hour);
  expect(rollUsage(usage, at, at + 86_400_000)).toEqual(NO_USAGE);
});
