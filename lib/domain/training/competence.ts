import type { Tier } from "@/lib/domain/agent/tier";

/** The modules that a sponsor may need. Validity, pass mark and who takes what are firm policy. */
export const MODULES = [
  { id: "m1", title: "Your role, authority and personal accountability" },
  { id: "m2", title: "Reasoning autonomy and operational constraints" },
  { id: "m3", title: "Reading and challenging an intent manifest" },
  { id: "m4", title: "Routine and transformative actions" },
  { id: "m5", title: "Interpreting risk scores" },
  { id: "m6", title: "The semantic pivot" },
  { id: "m7", title: "Reasoning drift and automation bias" },
  { id: "m8", title: "Triage, override, containment" },
  { id: "m9", title: "Incident escalation and clocks" },
  { id: "m10", title: "Evidence, records, data protection, handover" },
] as const;
export type ModuleId = (typeof MODULES)[number]["id"];

export const MODULE_IDS: readonly ModuleId[] = MODULES.map(({ id }) => id);

const BASIC: readonly ModuleId[] = ["m1", "m2", "m3", "m8", "m10"];
/** What dulls soonest: reading scores, seeing drift, triage, clocks. */
const SHORT_LIVED: ReadonlySet<string> = new Set(["m5", "m6", "m7", "m8", "m9"]);

export const VALIDITY_MONTHS = 12;
const VALIDITY_MONTHS_SHORT = 6;
/** A certificate with less time left than this is said to expire soon. */
const WARNING_DAYS = 14;
/** Least score of a pass, in per cent. */
export const PASS_SCORE = 80;

/** Ids of the modules that a person in this role needs for an agent of this tier. */
export function modulesRequired(_role: "sponsor", tier: Tier): readonly ModuleId[] {
  return tier === "low" ? BASIC : MODULE_IDS;
}

/** For how many months a pass counts, for an agent of this tier. */
function validityMonths(module: string, tier: Tier): number {
  const short = (tier === "high" || tier === "critical") && SHORT_LIVED.has(module);
  return short ? VALIDITY_MONTHS_SHORT : VALIDITY_MONTHS;
}

/** The same instant `months` later (UTC); the last day of the month where there is no such day. */
export function addMonths(instant: Date, months: number): Date {
  const day = instant.getUTCDate();
  const later = new Date(instant);
  later.setUTCDate(1);
  later.setUTCMonth(later.getUTCMonth() + months);
  const last = new Date(Date.UTC(later.getUTCFullYear(), later.getUTCMonth() + 1, 0)).getUTCDate();
  later.setUTCDate(Math.min(day, last));
  return later;
}

export type Pass = { readonly module: string; readonly passedAt: Date; readonly expiresAt: Date };

export type Competence = {
  readonly competent: boolean;
  /** modules without a pass that counts now */
  readonly missing: readonly ModuleId[];
  /** passes that count now and end within WARNING_DAYS */
  readonly expiring: readonly { readonly module: ModuleId; readonly expiresAt: Date }[];
  /** the first moment at which a needed pass has ended; null where competence is missing already */
  readonly competentUntil: Date | null;
};

/** Does this person's training cover what a sponsor of an agent of this tier needs, now and until when? */
export function competence(certificates: readonly Pass[], tier: Tier, now: Date): Competence {
  const missing: ModuleId[] = [];
  const ends: { module: ModuleId; expiresAt: Date }[] = [];
  for (const module of modulesRequired("sponsor", tier)) {
    const end = lastEnd(certificates, module, tier, now);
    if (end > now.getTime()) ends.push({ module, expiresAt: new Date(end) });
    else missing.push(module);
  }
  const soon = now.getTime() + WARNING_DAYS * 86_400_000;
  const competent = missing.length === 0;
  return {
    competent,
    missing,
    expiring: ends.filter(({ expiresAt }) => expiresAt.getTime() <= soon),
    competentUntil: competent
      ? new Date(Math.min(...ends.map(({ expiresAt }) => expiresAt.getTime())))
      : null,
  };
}

/** When the longest-lived pass of the module ends (epoch ms); -Infinity where there is none. */
function lastEnd(passes: readonly Pass[], module: ModuleId, tier: Tier, now: Date): number {
  let end = Number.NEGATIVE_INFINITY;
  for (const pass of passes) {
    // A pass dated in the future proves nothing yet.
    if (pass.module !== module || pass.passedAt.getTime() > now.getTime()) continue;
    const byPolicy = addMonths(pass.passedAt, validityMonths(module, tier)).getTime();
    end = Math.max(end, Math.min(pass.expiresAt.getTime(), byPolicy));
  }
  return end;
}
