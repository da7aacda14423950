/** Decisions written straight into the ledger, for tests of what is read from them. */
import type { Json } from "@/lib/domain/crypto/canonical-json";
import type { ReasonCode } from "@/lib/domain/policy/reasons";
import { REASONS } from "@/lib/domain/policy/reasons";
import type { EvaluationRequest } from "@/lib/domain/policy/request";
import type { Recorded } from "@/lib/server/ledger/append";
import { ledgerTransaction } from "@/lib/server/ledger/transaction";

export type Asked = {
  readonly reason?: ReasonCode;
  readonly action?: string | null;
  readonly cluster?: string;
  readonly reviewId?: string;
  readonly manifestId?: string;
  readonly records?: number;
  readonly spend?: number;
  /** with what only the detail holds */
  readonly request?: EvaluationRequest;
};

/** Records the decisions in one transaction at `at`; their positions, in order. */
export async function decisions(
  agentId: string,
  at: Date,
  asked: readonly Asked[],
): Promise<readonly number[]> {
  const [first, ...rest] = asked.map((one) => recorded(agentId, one));
  if (first === undefined) return [];
  return ledgerTransaction({ personId: null, now: at }, async (_, seq) => ({
    value: asked.map((__, index) => Number(seq) + index),
    events: [first, ...rest],
  }));
}

export const many = (count: number, one: Asked = {}): readonly Asked[] =>
  Array.from({ length: count }, () => one);

function recorded(agentId: string, one: Asked): Recorded {
  const reason = one.reason ?? "within_manifest";
  const action = one.action === undefined ? (one.request?.action.name ?? "read") : one.action;
  const detail: Json | undefined = one.request && { request: one.request, proven: true };
  return {
    event: {
      kind: "decision",
      agentId,
      sponsorId: null,
      manifestId: one.manifestId ?? null,
      manifestVersion: null,
      outcome: REASONS[reason],
      reason,
      cluster: one.cluster ?? one.request?.context.cluster ?? null,
      rule: null,
      action,
      resourceType: action === null ? null : (one.request?.resource.type ?? "invoice"),
      dataClass: one.request?.context.dataClass ?? null,
      records: one.records ?? null,
      spend: one.spend ?? null,
      riskScore: 0,
      containment: null,
      reviewId: one.reviewId ?? null,
      grantId: null,
      simulated: true,
    },
    ...(detail === undefined ? {} : { detail }),
  };
}
