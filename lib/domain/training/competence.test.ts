import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TIERS, type Tier } from "@/lib/domain/agent/tier";
import { addMonths, competence, MODULE_IDS, modulesRequired, type Pass } from "./competence";

const NOW = new Date("2026-11-24T12:00:00Z");
const YEAR_ON = new Date("2027-12-31T00:00:00Z");
const passed = (modules: readonly string[], passedAt: string, expiresAt = YEAR_ON): Pass[] =>
  modules.map((module) => ({ module, passedAt: new Date(passedAt), expiresAt }));

test("low asks for five modules, every other tier for all ten", () => {
  expect(modulesRequired("sponsor", "low")).toEqual(["m1", "m2", "m3", "m8", "m10"]);
  for (const tier of ["moderate", "high", "critical"] as const) {
    expect(modulesRequired("sponsor", tier)).toEqual(MODULE_IDS);
  }
});

test("months are calendar months, and a short month ends on its last day", () => {
  expect(addMonths(new Date("2026-08-31T10:00:00Z"), 6).toISOString()).toBe(
    "2027-02-28T10:00:00.000Z",
  );
  expect(addMonths(new Date("2027-12-15T00:00:00Z"), 12).toISOString()).toBe(
    "2028-12-15T00:00:00.000Z",
  );
});

describe("competence", () => {
  test("without any training everything is missing", () => {
    expect(competence([], "low", NOW)).toEqual({
      competent: false,
      missing: ["m1", "m2", "m3", "m8", "m10"],
      expiring: [],
      competentUntil: null,
    });
  });

  test("seven months after a pass, m5 to m9 no longer count for a high tier, but do for a moderate one", () => {
    const certificates = passed(MODULE_IDS, "2026-04-20T00:00:00Z");
    expect(competence(certificates, "high", NOW).missing).toEqual(["m5", "m6", "m7", "m8", "m9"]);
    const moderate = competence(certificates, "moderate", NOW);
    expect(moderate.competent).toBe(true);
    expect(moderate.competentUntil?.toISOString()).toBe("2027-04-20T00:00:00.000Z");
  });

  test("a certificate's own end counts where it is earlier than the policy's", () => {
    const certificates = passed(
      MODULE_IDS,
      "2026-11-01T00:00:00Z",
      new Date("2026-12-01T00:00:00Z"),
    );
    const state = competence(certificates, "low", NOW);
    expect(state.competentUntil?.toISOString()).toBe("2026-12-01T00:00:00.000Z");
    expect(state.expiring.map(({ module }) => module)).toEqual(["m1", "m2", "m3", "m8", "m10"]);
  });

  test("it ends at the very moment of expiry, not after it", () => {
    const certificates = passed(MODULE_IDS, "2026-11-01T00:00:00Z", NOW);
    expect(competence(certificates, "low", NOW).competent).toBe(false);
    expect(competence(certificates, "low", new Date(NOW.getTime() - 1)).competent).toBe(true);
  });

  test("a re-take prolongs, and a pass dated in the future counts for nothing", () => {
    const old = passed(MODULE_IDS, "2025-11-01T00:00:00Z");
    const retaken = passed(MODULE_IDS, "2026-11-20T00:00:00Z");
    expect(competence(old, "low", NOW).competent).toBe(false);
    expect(competence([...old, ...retaken], "low", NOW).competent).toBe(true);
    expect(competence(passed(MODULE_IDS, "2026-11-25T00:00:00Z"), "low", NOW).competent).toBe(
      false,
    );
  });

  test("a higher tier never needs less, more passes never hurt, and competentUntil is the truth", () => {
    const pass = fc.record({
      module: fc.constantFrom(...MODULE_IDS),
      passedAt: fc.date({ min: new Date("2025-06-01"), max: NOW, noInvalidDate: true }),
      expiresAt: fc.date({ min: NOW, max: YEAR_ON, noInvalidDate: true }),
    });
    const full = fc.constant(passed(MODULE_IDS, "2026-10-01T00:00:00Z"));
    const passes = fc.oneof(fc.array(pass, { maxLength: 30 }), full);
    fc.assert(
      fc.property(passes, pass, fc.nat(TIERS.length - 1), (held, another, at) => {
        const tier: Tier = TIERS[at] ?? "critical";
        const state = competence(held, tier, NOW);
        const lower = TIERS[Math.max(0, at - 1)] ?? "low";
        if (state.competent) {
          expect(competence(held, lower, NOW).competent).toBe(true);
          expect(competence([...held, another], tier, NOW).competent).toBe(true);
          const until = state.competentUntil?.getTime() ?? 0;
          expect(competence(held, tier, new Date(until - 1)).competent).toBe(true);
          expect(competence(held, tier, new Date(until)).competent).toBe(false);
        } else {
          expect(state.competentUntil).toBeNull();
          expect(state.missing.length).toBeGreaterThan(0);
        }
      }),
    );
  });
});
