import { compileManifest } from "@/lib/domain/policy/compile";
import { decide } from "@/lib/domain/policy/decide";
import type { Decision, Miss } from "@/lib/domain/policy/decision";
import { REASONS, type ReasonCode } from "@/lib/domain/policy/reasons";
import { describeReason } from "@/lib/domain/policy/reasons-text";
import type { EvaluationRequest } from "@/lib/domain/policy/request";
import { NO_USAGE } from "@/lib/domain/policy/usage";
import { widenLimits } from "./amend-limits";
import { allowExactly } from "./amend-rules";
import { IntentManifest } from "./manifest";
import type { AmendStep, Widening } from "./widening";

export type Amendment =
  | { readonly ok: true; readonly manifest: IntentManifest; readonly steps: readonly AmendStep[] }
  | { readonly ok: false; readonly why: string };

/** More objections than a request can meet, one after the other. */
const MAX_STEPS = 8;

/**
 * The smallest widening of a manifest under which a request that was blocked or held would be inside it. `now` is when
 * the request was decided.
 *
 * Smallest by this order: (1) one action on exactly one resource, bounded by the spend and the records that were asked,
 * as a pattern of a rule that says the same already, else as a rule of its own, else as a new task; (2) what can only
 * be widened for every rule at once (data class, network, hours, a budget), by exactly what was missing.
 * A new rule keeps the terms of what it relaxes: a person still confirms where one confirmed before, unless the
 * confirmation itself is what held the request.
 */
export function amendFor(
  manifest: IntentManifest,
  request: EvaluationRequest,
  decision: { readonly reason: ReasonCode; readonly miss: Miss | null } & Partial<
    Pick<Decision, "clusterId" | "ruleIndex">
  >,
  now: Date,
): Amendment {
  let current = manifest;
  let objection = { ruleIndex: null, ...decision };
  const steps: AmendStep[] = [];
  for (let round = 0; round < MAX_STEPS; round++) {
    const widened = widen(current, request, objection, now);
    if ("why" in widened) return { ok: false, why: widened.why };
    current = widened.manifest;
    steps.push(widened.step);
    const next = decideAlone(current, request, now);
    if (isInside(next)) return finished(current, steps);
    objection = next;
  }
  return {
    ok: false,
    why: "The request misses the manifest in too many ways: write a draft for it.",
  };
}

function widen(
  manifest: IntentManifest,
  request: EvaluationRequest,
  objection: {
    readonly reason: ReasonCode;
    readonly miss: Miss | null;
    readonly ruleIndex: number | null;
  },
  now: Date,
): Widening {
  const { reason } = objection;
  switch (reason) {
    case "cluster_unknown":
    case "no_rule":
    case "condition_false":
    case "condition_error":
      return allowExactly(manifest, request, { confirmed: "as-before", like: objection.ruleIndex });
    case "confirm_each":
    case "confirm_new_target":
      return allowExactly(manifest, request, { confirmed: "never", like: objection.ruleIndex });
    case "data_class_exceeded":
    case "destination_outside":
    case "outside_hours":
    case "budget_requests":
    case "budget_records":
    case "budget_spend":
      return widenLimits(manifest, request, { reason, miss: objection.miss }, now);
    default:
      return { why: whyNot(reason) };
  }
}

function whyNot(reason: ReasonCode): string {
  switch (reason) {
    case "never_rule":
      return "A never-rule refused it: nothing is amended around what must never happen. Change the never-rule itself, in a draft of your own.";
    case "risk_review":
    case "risk_contain":
      return "The agent's risk score stopped it, not the reach of the manifest: look into why the score rose.";
    case "contained_confirm_all":
      return "The agent's containment held it, not the manifest: lift the containment once its cause is mended.";
    default:
      return REASONS[reason] === "deny"
        ? `No manifest can allow this: ${describeReason(reason).meaning}`
        : "The request was allowed: there is nothing to amend.";
  }
}

/** What the manifest by itself says: an agent in good order that has used nothing. */
function decideAlone(manifest: IntentManifest, request: EvaluationRequest, now: Date): Decision {
  return decide(
    request,
    {
      agentId: manifest.agentId,
      status: "production",
      tier: "low",
      containment: null,
      riskScore: 0,
      sponsor: { personId: "", competent: true },
      manifest: compileManifest(manifest, { manifestId: "", version: 1 }),
    },
    { now: now.getTime(), usage: NO_USAGE, grantId: null, targetConfirmed: false },
  );
}

function isInside({ outcome, reason }: Decision): boolean {
  return outcome === "allow" || reason === "confirm_each" || reason === "confirm_new_target";
}

function finished(manifest: IntentManifest, steps: readonly AmendStep[]): Amendment {
  const parsed = IntentManifest.safeParse(manifest);
  if (parsed.success) return { ok: true, manifest: parsed.data, steps };
  return {
    ok: false,
    why: "The manifest has no room for another rule: tidy it in a draft of your own.",
  };
}
