import { expect, test } from "vitest";
import { requestDigest, requestTarget } from "./digest";
import type { EvaluationRequest } from "./request";

const request: EvaluationRequest = {
  subject: { type: "agent", id: "agt_aaaaaaaa" },
  action: { name: "pay" },
  resource: { type: "payee", id: "acme", properties: { amount: 5, desk: "fx" } },
  context: { cluster: "c", purpose: "p", reasoning: "r", dataClass: "internal", spend: 5 },
};
const withContext = (more: Partial<EvaluationRequest["context"]>): EvaluationRequest => ({
  ...request,
  context: { ...request.context, ...more },
});

test("the digest of a known request is known", () => {
  // openssl dgst -sha256 over the JCS text that was written by hand
  expect(requestDigest(request)).toBe("kLJHJjfWAwaqs6T7o4MzGhnfwF8WAMoUHaB4-iKSuWk");
});

test("a retry says its reasoning anew and is the same request", () => {
  const retry = withContext({ purpose: "x", reasoning: "again", step: 9, traceId: "t-2" });
  expect(requestDigest(retry)).toBe(requestDigest(request));
});

test("the order of members makes no difference", () => {
  const properties = { desk: "fx", amount: 5 };
  expect(requestDigest({ ...request, resource: { properties, id: "acme", type: "payee" } })).toBe(
    requestDigest(request),
  );
});

test("whatever bears on authority makes another request", () => {
  const others: EvaluationRequest[] = [
    { ...request, subject: { type: "agent", id: "agt_bbbbbbbb" } },
    { ...request, action: { name: "refund" } },
    { ...request, action: { name: "pay", properties: { urgent: true } } },
    { ...request, resource: { ...request.resource, id: "acme2" } },
    { ...request, resource: { ...request.resource, properties: { amount: 6, desk: "fx" } } },
    withContext({ cluster: "d" }),
    withContext({ spend: 5.01 }),
    withContext({ records: 1 }),
    withContext({ dataClass: "restricted" }),
    withContext({ destination: "a.example:443" }),
  ];
  const digests = new Set([request, ...others].map(requestDigest));
  expect(digests.size).toBe(others.length + 1);
});

test("a target is the action and the resource", () => {
  expect(requestTarget(request)).toBe("pay payee:acme");
});
