import type { Tier } from "@/lib/domain/agent/tier";
import { type Finding, SEVERITIES } from "./finding";
import type { IntentManifest } from "./manifest";
import { checkLimits } from "./static-check-limits";
import { checkRules } from "./static-check-rules";

/**
 * What a careful reader would object to in a valid manifest, gravest first. An `error` keeps it from being submitted.
 * `tier`, where it is known, makes the check stricter.
 */
export function checkManifest(
  manifest: IntentManifest,
  facts: { readonly now: Date; readonly tier?: Tier },
): readonly Finding[] {
  const strict = facts.tier === "high" || facts.tier === "critical";
  const findings = [
    ...checkRules(manifest),
    ...checkLimits(manifest, { now: facts.now.getTime(), strict }),
  ];
  return findings.toSorted(
    (a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity),
  );
}
