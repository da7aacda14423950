import { describe, expect, test } from "vitest";
import { MODULE_IDS } from "@/lib/domain/training/competence";
import { type Assignment, type Candidate, objections } from "./eligibility";

const NOW = new Date("2026-11-24T12:00:00Z");
const trained = MODULE_IDS.map((module) => ({
  module,
  passedAt: new Date("2026-11-01T00:00:00Z"),
  expiresAt: new Date("2027-11-01T00:00:00Z"),
}));
const candidate: Candidate = {
  id: "per_candidate",
  active: true,
  roles: ["sponsor"],
  certificates: trained,
};
const assignment: Assignment = {
  kind: "sponsor",
  tier: "high",
  ownerId: "per_owner",
  sponsorId: null,
  deputyId: null,
};
const ids = (change: Partial<Candidate>, at: Partial<Assignment> = {}) =>
  objections({ ...candidate, ...change }, { ...assignment, ...at }, NOW).map(({ id }) => id);

describe("who can be assigned", () => {
  test("a trained, active sponsor who does not own the agent", () => {
    expect(ids({})).toEqual([]);
  });

  test.each<[string[], Partial<Candidate>, Partial<Assignment>]>([
    [["inactive"], { active: false }, {}],
    [["role"], { roles: ["owner", "admin"] }, {}],
    [["owner"], { id: "per_owner" }, {}],
    [["same"], {}, { sponsorId: "per_candidate" }],
    [["same"], {}, { kind: "deputy", deputyId: "per_candidate" }],
    [["other"], {}, { kind: "deputy", sponsorId: "per_candidate" }],
    [["training"], { certificates: trained.slice(1) }, {}],
    [["inactive", "role", "training"], { active: false, roles: [], certificates: [] }, {}],
  ])("not: %s", (expected, change, at) => {
    expect(ids(change, at)).toEqual(expected);
  });

  test("the deputy may become the sponsor", () => {
    expect(ids({}, { deputyId: "per_candidate" })).toEqual([]);
  });

  test("what is enough for a low tier is named as missing for a high one", () => {
    const basic = trained.filter(({ module }) => ["m1", "m2", "m3", "m8", "m10"].includes(module));
    expect(ids({ certificates: basic }, { tier: "low" })).toEqual([]);
    const [objection] = objections({ ...candidate, certificates: basic }, assignment, NOW);
    expect(objection?.words).toContain("M4, M5, M6, M7, M9");
  });
});
