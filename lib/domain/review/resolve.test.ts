import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ROLES } from "@/lib/domain/access/permissions";
import { TIERS } from "@/lib/domain/agent/tier";
import { CONTAINMENT_LEVELS } from "@/lib/domain/containment/level";
import { REASONS, type ReasonCode } from "@/lib/domain/policy/reasons";
import {
  assuranceFor,
  obstacleTo,
  obstacleToEscalation,
  resolutionInWords,
  resolutionsOpenTo,
  type Situation,
} from "./resolve";
import { RESOLUTIONS } from "./review";

const blocked: Situation = {
  review: {
    state: "open",
    outcome: "block",
    reason: "no_rule",
    escalated: false,
    manifestId: "mft_one",
    requestKnown: true,
  },
  agent: {
    status: "production",
    tier: "moderate",
    containment: null,
    manifestInForceId: "mft_one",
  },
  resolver: {
    actor: { id: "per_sponsor", roles: ["sponsor"] },
    ownsAgent: false,
    office: "sponsor",
    competent: true,
  },
};
const newTarget: Situation = {
  ...blocked,
  review: { ...blocked.review, outcome: "hold", reason: "confirm_new_target" },
};
const change = (base: Situation, changes: { [K in keyof Situation]?: Partial<Situation[K]> }) => ({
  review: { ...base.review, ...changes.review },
  agent: { ...base.agent, ...changes.agent },
  resolver: { ...base.resolver, ...changes.resolver },
});
const open = (situation: Situation) =>
  resolutionsOpenTo(situation)
    .filter(({ obstacle }) => obstacle === null)
    .map(({ resolution }) => resolution);

const REVIEWED = (Object.keys(REASONS) as ReasonCode[]).filter(
  (reason) => REASONS[reason] === "hold" || REASONS[reason] === "block",
);
const anySituation: fc.Arbitrary<Situation> = fc.record({
  review: fc.record({
    state: fc.constantFrom("open" as const, "resolved" as const),
    outcome: fc.constantFrom("hold" as const, "block" as const),
    reason: fc.constantFrom(...REVIEWED),
    escalated: fc.boolean(),
    manifestId: fc.constantFrom("mft_one", "mft_two", null),
    requestKnown: fc.boolean(),
  }),
  agent: fc.record({
    status: fc.constantFrom("registered" as const, "production" as const, "retired" as const),
    tier: fc.constantFrom(...TIERS),
    containment: fc.constantFrom(...CONTAINMENT_LEVELS, null),
    manifestInForceId: fc.constantFrom("mft_one", "mft_two", null),
  }),
  resolver: fc.record({
    actor: fc.record({ id: fc.constant("per_x"), roles: fc.subarray([...ROLES]) }),
    ownsAgent: fc.boolean(),
    office: fc.constantFrom("sponsor" as const, "deputy" as const, null),
    competent: fc.boolean(),
  }),
});

describe("who may resolve", () => {
  test("the sponsor and the deputy may", () => {
    expect(open(blocked)).toEqual(["uphold", "override", "amend", "stop"]);
    expect(open(change(blocked, { resolver: { office: "deputy" } }))).toContain("override");
  });

  test("a sponsor of other agents, and one who lost the role, may not", () => {
    expect(open(change(blocked, { resolver: { office: null } }))).toEqual([]);
    const former = { actor: { id: "per_sponsor", roles: ["owner"] as const } };
    expect(open(change(blocked, { resolver: former }))).toEqual([]);
  });

  test("compliance may once it is escalated, not before", () => {
    const compliance = {
      actor: { id: "per_c", roles: ["compliance"] as const },
      office: null,
    };
    expect(open(change(blocked, { resolver: compliance }))).toEqual([]);
    const escalated = { review: { escalated: true }, resolver: compliance };
    expect(open(change(blocked, escalated))).toEqual(["uphold", "override", "amend", "stop"]);
  });

  test("for every situation: the owner resolves nothing, and a resolved review stays resolved", () => {
    fc.assert(
      fc.property(anySituation, (situation) => {
        expect(open(change(situation, { resolver: { ownsAgent: true } }))).toEqual([]);
        expect(open(change(situation, { review: { state: "resolved" } }))).toEqual([]);
      }),
    );
  });
});

describe("what may be chosen", () => {
  test("for every situation: a never-rule is neither overridden nor amended nor confirmed", () => {
    fc.assert(
      fc.property(anySituation, (situation) => {
        const never = open(
          change(situation, { review: { reason: "never_rule", outcome: "block" } }),
        );
        expect(never.filter((r) => r !== "uphold" && r !== "stop")).toEqual([]);
      }),
    );
  });

  test("for every situation: missing training takes what lets through and nothing else", () => {
    fc.assert(
      fc.property(anySituation, (situation) => {
        const trained = open(change(situation, { resolver: { competent: true } }));
        const untrained = open(change(situation, { resolver: { competent: false } }));
        expect(untrained).toEqual(trained.filter((r) => r === "uphold" || r === "stop"));
      }),
    );
  });

  test("a stopped agent can't be stopped again, and a grant would do nothing for it", () => {
    expect(open(change(blocked, { agent: { containment: "stopped" } }))).toEqual([
      "uphold",
      "amend",
    ]);
    expect(open(change(blocked, { agent: { containment: "quarantine" } }))).not.toContain(
      "override",
    );
  });

  test("without a manifest in force there is nothing to override or to widen", () => {
    expect(open(change(blocked, { agent: { manifestInForceId: null } }))).toEqual([
      "uphold",
      "stop",
    ]);
  });

  test("only a new target is confirmed for good, under the very manifest that held it", () => {
    expect(open(newTarget)).toEqual(["uphold", "override", "confirm-target", "amend", "stop"]);
    expect(open(change(newTarget, { agent: { manifestInForceId: "mft_two" } }))).toEqual([
      "uphold",
      "override",
      "stop",
    ]);
    expect(open(change(newTarget, { review: { reason: "confirm_each" } }))).not.toContain(
      "confirm-target",
    );
  });

  test("risk is not a gap in the manifest, and erased words can't be amended for", () => {
    for (const reason of ["risk_contain", "risk_review", "contained_confirm_all"] as const) {
      expect(open(change(blocked, { review: { reason } }))).not.toContain("amend");
    }
    expect(open(change(blocked, { review: { requestKnown: false } }))).toEqual([
      "uphold",
      "override",
      "stop",
    ]);
  });

  test("an obstacle says of which kind it is", () => {
    expect(obstacleTo("override", change(blocked, { resolver: { competent: false } }))?.kind).toBe(
      "competence",
    );
    expect(obstacleTo("uphold", change(blocked, { resolver: { office: null } }))?.kind).toBe(
      "standing",
    );
    expect(
      obstacleTo("override", change(blocked, { review: { reason: "never_rule" } }))?.kind,
    ).toBe("facts");
  });
});

test("escalation: by those who sponsor it or by compliance, once", () => {
  expect(obstacleToEscalation(blocked)).toBeNull();
  const compliance = { actor: { id: "per_c", roles: ["compliance"] as const }, office: null };
  expect(obstacleToEscalation(change(blocked, { resolver: compliance }))).toBeNull();
  expect(obstacleToEscalation(change(blocked, { resolver: { office: null } }))?.kind).toBe(
    "standing",
  );
  expect(obstacleToEscalation(change(blocked, { review: { escalated: true } }))?.kind).toBe(
    "facts",
  );
  expect(obstacleToEscalation(change(blocked, { resolver: { ownsAgent: true } }))?.kind).toBe(
    "standing",
  );
});

test("refusing never asks for more than the session; letting through does, by tier and mandate", () => {
  fc.assert(
    fc.property(anySituation, (situation) => {
      expect(assuranceFor("uphold", situation)).toBe("session");
      expect(assuranceFor("stop", situation)).toBe("session");
      const { tier } = situation.agent;
      if (tier === "high" || tier === "critical") {
        expect(assuranceFor("override", situation)).toBe("passkey");
      }
    }),
  );
  expect(assuranceFor("override", blocked)).toBe("password");
  expect(assuranceFor("override", newTarget)).toBe("session");
  expect(assuranceFor("confirm-target", newTarget)).toBe("password");
});

test("each resolution says what it will do, and a hold is not called a block", () => {
  for (const resolution of RESOLUTIONS) {
    for (const outcome of ["hold", "block"] as const) {
      const words = resolutionInWords(resolution, outcome);
      expect(words.label.length).toBeGreaterThan(3);
      expect(words.effect).toMatch(/\.$/);
    }
  }
  expect(resolutionInWords("override", "hold").label).toBe("Confirm once");
  expect(resolutionInWords("override", "block").label).toBe("Override once");
});
