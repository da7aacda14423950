import type { IntentManifest } from "@/lib/domain/manifest/manifest";
import { type CompiledManifest, compileManifest } from "@/lib/domain/policy/compile";
import { decide } from "@/lib/domain/policy/decide";
import type { Decision, UsageByPeriod } from "@/lib/domain/policy/decision";
import type { EvaluationRequest } from "@/lib/domain/policy/request";
import { NO_USAGE } from "@/lib/domain/policy/usage";

const compiled = new WeakMap<IntentManifest, CompiledManifest>();

/** Compiled once for each document object, since to compile costs much more than to decide. */
function compile(manifest: IntentManifest): CompiledManifest {
  const known = compiled.get(manifest);
  if (known) return known;
  const made = compileManifest(manifest, { manifestId: "mft_a", version: 1 });
  compiled.set(manifest, made);
  return made;
}

export type Circumstances = {
  readonly now?: Date;
  readonly usage?: UsageByPeriod;
  readonly riskScore?: number;
  readonly targetConfirmed?: boolean;
};

/** Monday, 2 March 2026, 10:00 UTC: inside every sample's validity and office hours. */
export const MONDAY = new Date("2026-03-02T10:00:00Z");

/** The real decision for an agent in good order under this manifest. */
export function decideUnder(
  manifest: IntentManifest,
  request: EvaluationRequest,
  facts: Circumstances = {},
): Decision {
  return decide(
    request,
    {
      agentId: manifest.agentId,
      status: "production",
      tier: "low",
      containment: null,
      riskScore: facts.riskScore ?? 0,
      sponsor: { personId: "per_sponsor0001", competent: true },
      manifest: compile(manifest),
    },
    {
      now: (facts.now ?? MONDAY).getTime(),
      usage: facts.usage ?? NO_USAGE,
      grantId: null,
      targetConfirmed: facts.targetConfirmed ?? false,
    },
  );
}
