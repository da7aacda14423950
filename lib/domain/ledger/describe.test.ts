import { describe, expect, it } from "vitest";
import { parseBody } from "./body";
import { describeEntry, KIND_LABEL, peopleIn } from "./describe";
import { type EntryBody, LedgerEvent } from "./event";
import { canonicalBody } from "./leaf";

const stamp = {
  v: 1,
  at: "2026-01-02T03:04:05.006Z",
  personId: "per_actor001",
  commitment: null,
} as const;
const assigned: EntryBody = {
  ...stamp,
  kind: "sponsor.assigned",
  agentId: "agt_abcd1234",
  sponsorId: "per_new00001",
  role: "deputy",
  previousId: "per_old00001",
};
const nameOf = (id: string) => id.replace("per_", "").replace(/0+1$/, "");

describe("describeEntry", () => {
  it("has a label for each kind of event, and for no other", () => {
    const kinds = LedgerEvent.options.map((option) => option.shape.kind.value);
    expect(Object.keys(KIND_LABEL).sort()).toEqual([...kinds].sort());
  });

  it("names people by their names and leaves out who is not there", () => {
    expect(describeEntry(assigned, nameOf)).toBe("new as deputy, after old");
    expect(describeEntry({ ...assigned, previousId: null }, nameOf)).toBe("new as deputy");
  });

  it("says who has seen a drill, which rule contained, and what an incident was assessed as", () => {
    const agentId = "agt_abcd1234";
    const drilled: EntryBody = {
      ...stamp,
      kind: "containment.drilled",
      agentId,
      drillId: "drl_abcd1234",
      level: "stopped",
      seconds: 90,
      acknowledged: [
        { subjectId: "per_new00001", seconds: 30 },
        { subjectId: "per_old00001", seconds: null },
      ],
    };
    expect(describeEntry(drilled, nameOf)).toBe("stopped; 1 of 2 acknowledged");
    expect(peopleIn(drilled)).toEqual(["per_actor001", "per_new00001", "per_old00001"]);
    const rule = "denied-proofs";
    expect(
      describeEntry(
        { ...stamp, kind: "containment.applied", agentId, level: "stopped", rule },
        nameOf,
      ),
    ).toBe("stopped, by rule: three denied proofs within a minute");
    const criteria = ["gate", "t5b"];
    const incident = { incidentId: "inc_abcd1234", agentId: null } as const;
    const assessed = { ...stamp, ...incident, regime: "dora", result: "major", criteria } as const;
    expect(describeEntry({ ...assessed, kind: "incident.assessed" }, nameOf)).toBe(
      "dora: major (gate, t5b)",
    );
  });

  it("says of an unreadable request that it was unreadable", () => {
    const body: EntryBody = {
      ...stamp,
      kind: "decision",
      agentId: "agt_abcd1234",
      sponsorId: null,
      manifestId: null,
      manifestVersion: null,
      outcome: "deny",
      reason: "proof_malformed",
      cluster: null,
      rule: null,
      action: null,
      resourceType: null,
      dataClass: null,
      records: null,
      spend: null,
      riskScore: 0,
      containment: null,
      reviewId: null,
      grantId: null,
      simulated: false,
    };
    expect(describeEntry(body, nameOf)).toBe("a request that could not be read");
    expect(
      describeEntry({ ...body, action: "post", resourceType: "payment", cluster: "pay" }, nameOf),
    ).toBe("post payment, cluster pay");
  });
});

describe("peopleIn", () => {
  it("finds everyone whom a body names", () => {
    expect(peopleIn(assigned)).toEqual(["per_actor001", "per_new00001", "per_old00001"]);
    expect(peopleIn({ ...assigned, personId: null, previousId: null })).toEqual(["per_new00001"]);
  });
});

describe("parseBody", () => {
  it("reads back what was written", () => {
    expect(parseBody(canonicalBody(assigned))).toEqual(assigned);
  });

  it.each([
    ["text that is not JSON", "{"],
    ["an unknown kind", canonicalBody(assigned).replace("sponsor.assigned", "sponsor.renamed")],
    ["a field too many", canonicalBody(assigned).replace("{", '{"name":"Ingrid",')],
    ["another version", canonicalBody(assigned).replace('"v":1', '"v":2')],
    ["null", "null"],
  ])("gives null for %s", (_name, text) => {
    expect(parseBody(text)).toBeNull();
  });
});
