import { describe, expect, test } from "vitest";
import { readManifest } from "@/lib/domain/manifest/document";
import { TraceLine, traceEvent } from "./trace-line";
import { traceManifest, traceRequest } from "./trace-request";

const line = (change: Record<string, unknown> = {}) =>
  TraceLine.parse({
    agent: "travel-bot",
    at: "2026-05-04T09:00:00+02:00",
    action: "Get_Hotel",
    resource: "Hotel Offer:paris/../1%2f",
    cluster: "Book a trip",
    reasoning: "The user asks for a hotel\nnear the station.",
    outcome: "allow",
    ...change,
  });
const AGENT = "agt_scratch001";

describe("a line from outside", () => {
  test("becomes an event: offset respected, type and target apart", () => {
    expect(traceEvent(line(), 7)).toMatchObject({
      seq: 7,
      at: Date.UTC(2026, 4, 4, 7),
      action: "Get_Hotel",
      resourceType: "Hotel Offer",
      target: "paris/../1%2f",
      outcome: "allow",
      actionOutcome: "success",
    });
    expect(traceEvent(line({ resource: "mail", cluster: "" }), 1)).toMatchObject({
      resourceType: "mail",
      target: null,
      cluster: null,
    });
  });

  test("an error is an act that was allowed and failed; a refused act came to nothing", () => {
    expect(traceEvent(line({ outcome: "error" }), 1)).toMatchObject({
      outcome: "allow",
      actionOutcome: "error",
    });
    expect(traceEvent(line({ outcome: "block" }), 1)).toMatchObject({
      outcome: "block",
      actionOutcome: null,
    });
  });

  test.each([
    ["a typo in a field", { resaoning: "x" }],
    ["a time without offset", { at: "2026-05-04T09:00:00" }],
    ["an outcome of its own", { outcome: "ok" }],
  ])("is refused for %s", (_, change) => {
    const given = { ...line(), ...change };
    expect(TraceLine.safeParse(given).success).toBe(false);
  });

  test("becomes a request that our gateway would read", () => {
    const request = traceRequest(line({ traceId: "a b/c", spend: 1.005 }), AGENT);
    expect(request.action.name).toBe("get-hotel");
    expect(request.resource).toEqual({ type: "hotel-offer", id: "paris/-/1-2f" });
    expect(request.context).toMatchObject({
      cluster: "book-a-trip",
      reasoning: "The user asks for a hotel near the station.",
      traceId: "a-b-c",
      spend: 1,
      dataClass: "internal",
    });
    expect(() =>
      traceRequest(line({ action: "…", resource: "9:", cluster: "" }), AGENT),
    ).not.toThrow();
  });
});

test("the manifest names what quiet lines did, and is one that our schema accepts", () => {
  const lines = [
    line({ goal: "Book trips", clusterPurpose: "Find a hotel" }),
    line({ action: "pay", resource: "invoice:1", cluster: "" }),
    line({ action: "send-money", resource: "account:x", label: "hijack" }),
  ];
  const validity = { notBefore: "2026-05-01T00:00:00Z", notAfter: "2026-06-01T00:00:00Z" };
  const manifest = traceManifest(lines, AGENT, validity);
  expect(readManifest(manifest).problems).toEqual([]);
  expect(manifest.goal).toBe("Book trips");
  expect(manifest.clusters.map(({ id, purpose }) => [id, purpose])).toEqual([
    ["book-a-trip", "Find a hotel"],
    ["untasked", "untasked"],
  ]);
  expect(JSON.stringify(manifest)).not.toContain("send-money");
});
