import { BEHAVIOURS } from "./behaviours";
import type { Occupation } from "./occupation";
import { accountsPayable } from "./occupations/accounts-payable";
import { claims } from "./occupations/claims";
import { cloudCost } from "./occupations/cloud-cost";
import { collections } from "./occupations/collections";
import { customerSupport } from "./occupations/customer-support";
import { knowYourCustomer } from "./occupations/know-your-customer";
import { type SimulatedAgent, simulate } from "./simulate";

export type Half = "tune" | "report";

/**
 * What was looked at while constants were chosen, and what was not. The halves share no seed, no occupation and no sentence,
 * so that the second says something about agents that nobody had in mind.
 */
const OCCUPATIONS: Readonly<Record<Half, readonly Occupation[]>> = {
  tune: [accountsPayable, customerSupport, knowYourCustomer],
  report: [claims, cloudCost, collections],
};
const FIRST_SEED: Readonly<Record<Half, number>> = { tune: 1, report: 500_001 };

export function agentsOf(half: Half, perKind: number): readonly SimulatedAgent[] {
  return BEHAVIOURS.flatMap((behaviour, b) =>
    OCCUPATIONS[half].flatMap((occupation, o) =>
      Array.from({ length: perKind }, (_, k) =>
        simulate(occupation, behaviour, FIRST_SEED[half] + b * 10_000 + o * 1000 + k),
      ),
    ),
  );
}
