import fc from "fast-check";
import { expect, test } from "vitest";
import { ROLES } from "@/lib/domain/access/permissions";
import { TIERS } from "@/lib/domain/agent/tier";
import { CONTAINMENT_LEVELS } from "./level";
import { obstacleToSign } from "./lifting";
import type { ContainmentActor } from "./rules";

const sponsor: ContainmentActor = {
  actor: { id: "per_s", roles: ["sponsor"] },
  ownsAgent: false,
  office: "sponsor",
  competent: true,
};
const deputy: ContainmentActor = {
  ...sponsor,
  actor: { id: "per_d", roles: ["sponsor"] },
  office: "deputy",
};
const officer: ContainmentActor = {
  ...sponsor,
  actor: { id: "per_c", roles: ["compliance"] },
  office: null,
};
const lift = { tier: "critical", current: "stopped", to: null, first: null } as const;
const signed = { ...lift, first: { personId: "per_s", to: null } } as const;

test("the first is a trained sponsor or deputy; compliance can only be the second", () => {
  expect(obstacleToSign(sponsor, lift)).toBeNull();
  expect(obstacleToSign(deputy, lift)).toBeNull();
  expect(obstacleToSign(officer, lift)?.kind).toBe("standing");
  expect(obstacleToSign(officer, signed)).toBeNull();
  expect(obstacleToSign(deputy, signed)).toBeNull();
  expect(obstacleToSign(officer, { ...signed, tier: "high" })?.kind).toBe("standing");
});

test("nobody signs twice, another lift than the first one's, untrained, or for an agent of their own", () => {
  expect(obstacleToSign(sponsor, signed)?.kind).toBe("facts");
  expect(obstacleToSign(sponsor, { ...signed, to: "throttle" })).toBeNull();
  expect(obstacleToSign(deputy, { ...signed, to: "throttle" })?.kind).toBe("facts");
  for (const second of [deputy, officer]) {
    expect(obstacleToSign({ ...second, competent: false }, signed)?.kind).toBe("competence");
    expect(obstacleToSign({ ...second, ownsAgent: true }, signed)?.kind).toBe("standing");
  }
});

test("no lift without training, to the same or a stricter level, or by an owner, whoever signs", () => {
  const anyone: fc.Arbitrary<ContainmentActor> = fc.record({
    actor: fc.record({ id: fc.constantFrom("per_x", "per_y"), roles: fc.subarray([...ROLES]) }),
    ownsAgent: fc.boolean(),
    office: fc.constantFrom("sponsor" as const, "deputy" as const, null),
    competent: fc.boolean(),
  });
  const levels = fc.constantFrom(...CONTAINMENT_LEVELS, null);
  const lifts = fc.record({
    tier: fc.constantFrom(...TIERS),
    current: levels,
    to: levels,
    first: fc.option(fc.record({ personId: fc.constant("per_y"), to: levels })),
  });
  fc.assert(
    fc.property(anyone, lifts, (who, one) => {
      if (obstacleToSign(who, one) !== null) return;
      expect(who.competent).toBe(true);
      expect(who.ownsAgent).toBe(false);
      expect(one.current).not.toBeNull();
      expect(one.to).not.toBe(one.current);
      if (one.tier === "critical" && one.first?.personId === who.actor.id) {
        expect(one.first.to).not.toBe(one.to);
      }
    }),
  );
});
