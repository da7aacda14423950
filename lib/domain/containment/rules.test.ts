import fc from "fast-check";
import { expect, test } from "vitest";
import { ROLES } from "@/lib/domain/access/permissions";
import { CONTAINMENT_LEVELS, type ContainmentLevel } from "./level";
import { type ContainmentActor, obstacleToApply, obstacleToLift, strictness } from "./rules";

const sponsor: ContainmentActor = {
  actor: { id: "per_s", roles: ["sponsor"] },
  ownsAgent: false,
  office: "sponsor",
  competent: true,
};
const levelOrNone: fc.Arbitrary<ContainmentLevel | null> = fc.constantFrom(
  ...CONTAINMENT_LEVELS,
  null,
);
const level = fc.constantFrom(...CONTAINMENT_LEVELS);
const anyone: fc.Arbitrary<ContainmentActor> = fc.record({
  actor: fc.record({ id: fc.constant("per_x"), roles: fc.subarray([...ROLES]) }),
  ownsAgent: fc.boolean(),
  office: fc.constantFrom("sponsor" as const, "deputy" as const, null),
  competent: fc.boolean(),
});

test("training is never asked for to contain", () => {
  fc.assert(
    fc.property(anyone, levelOrNone, level, (who, current, next) => {
      expect(obstacleToApply({ ...who, competent: false }, current, next)).toEqual(
        obstacleToApply({ ...who, competent: true }, current, next),
      );
    }),
  );
});

test("who sponsors the agent can always make it stricter, and so can compliance and an administrator", () => {
  fc.assert(
    fc.property(levelOrNone, level, (current, next) => {
      fc.pre(strictness(next) > strictness(current));
      expect(obstacleToApply(sponsor, current, next)).toBeNull();
      for (const role of ["compliance", "admin"] as const) {
        const other = { ...sponsor, office: null, actor: { id: "per_o", roles: [role] } };
        expect(obstacleToApply(other, current, next)).toBeNull();
      }
    }),
  );
});

test("containing never makes milder, lifting never makes stricter", () => {
  fc.assert(
    fc.property(anyone, levelOrNone, levelOrNone, (who, current, next) => {
      if (next !== null && strictness(next) <= strictness(current)) {
        expect(obstacleToApply(who, current, next)).not.toBeNull();
      }
      if (strictness(next) >= strictness(current)) {
        expect(obstacleToLift(who, current, next)).not.toBeNull();
      }
    }),
  );
});

test("only a trained sponsor or deputy of this agent who does not own it lifts", () => {
  expect(obstacleToLift(sponsor, "stopped", null)).toBeNull();
  expect(obstacleToLift({ ...sponsor, office: "deputy" }, "stopped", "confirm-all")).toBeNull();
  expect(obstacleToLift({ ...sponsor, competent: false }, "stopped", null)?.kind).toBe(
    "competence",
  );
  expect(obstacleToLift({ ...sponsor, office: null }, "stopped", null)?.kind).toBe("standing");
  expect(obstacleToLift({ ...sponsor, ownsAgent: true }, "stopped", null)?.kind).toBe("standing");
  const admin = { ...sponsor, office: null, actor: { id: "per_a", roles: ["admin"] as const } };
  expect(obstacleToLift(admin, "stopped", null)?.kind).toBe("standing");
  expect(obstacleToLift(sponsor, null, null)?.kind).toBe("facts");
});

test("strangers contain nothing", () => {
  const stranger = { ...sponsor, office: null };
  expect(obstacleToApply(stranger, null, "stopped")?.kind).toBe("standing");
});
