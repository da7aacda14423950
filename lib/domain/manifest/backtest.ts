import { z } from "zod";
import type { Tier } from "@/lib/domain/agent/tier";
import type { ContainmentLevel } from "@/lib/domain/containment/level";
import type { Json } from "@/lib/domain/crypto/canonical-json";
import type { CompiledManifest } from "@/lib/domain/policy/compile";
import { decide } from "@/lib/domain/policy/decide";
import type { UsageByPeriod } from "@/lib/domain/policy/decision";
import { requestTarget } from "@/lib/domain/policy/digest";
import { OUTCOMES } from "@/lib/domain/policy/reasons";
import type { EvaluationRequest } from "@/lib/domain/policy/request";
import { addRequest, NO_USAGE, rollUsage } from "@/lib/domain/policy/usage";
import { digestOf } from "./approval";

/** Days that a backtest looks back. */
export const BACKTEST_DAYS = 30;
/** At most so many requests are replayed, the latest ones. */
export const BACKTEST_MAX = 20_000;
/** At most so many are listed of each kind; all are counted. */
const LISTED_MAX = 500;

/** A request that was decided in the past, with what the ledger says of the moment. */
export type PastRequest = {
  /** ledger position */
  readonly seq: string;
  /** epoch ms */
  readonly at: number;
  readonly request: EvaluationRequest;
  readonly riskScore: number;
  readonly containment: ContainmentLevel | null;
};

/** One side of the comparison. */
export type BacktestManifest = {
  readonly manifestId: string;
  readonly digest: string;
  /** null where none was in force: nothing was allowed */
  readonly compiled: CompiledManifest | null;
  /** `cluster target` of what was confirmed for good under this version */
  readonly confirmed: ReadonlySet<string>;
};

const Verdict = z.strictObject({
  outcome: z.enum(OUTCOMES),
  /** a reason code */
  reason: z.string(),
});
type Verdict = z.infer<typeof Verdict>;

const BacktestRow = z.strictObject({
  seq: z.string(),
  at: z.string(),
  action: z.string(),
  /** `type:id` */
  resource: z.string(),
  cluster: z.string(),
  before: Verdict,
  after: Verdict,
});
type BacktestRow = z.infer<typeof BacktestRow>;

/** What the approver sees. A schema, because it is read back from the database. */
export const BacktestResult = z.strictObject({
  v: z.literal(1),
  manifestId: z.string(),
  manifestDigest: z.string(),
  previousManifestId: z.string().nullable(),
  previousManifestDigest: z.string().nullable(),
  /** the span looked at: ISO instants */
  from: z.string(),
  to: z.string(),
  total: z.number().int(),
  unchanged: z.number().int(),
  counts: z.strictObject({
    allowed: z.number().int(),
    blocked: z.number().int(),
    held: z.number().int(),
  }),
  newlyAllowed: z.array(BacktestRow),
  newlyBlocked: z.array(BacktestRow),
  newlyHeld: z.array(BacktestRow),
  /** true where there were more requests than are replayed */
  truncated: z.boolean(),
});
export type BacktestResult = z.infer<typeof BacktestResult>;

/**
 * What past requests would have got under `after`, beside what they get under `before`, both by the real decision with
 * the risk and the containment of the time. Budgets run along each side by what that side allows. The question is what
 * the text allows, so both count as valid throughout, and single-use grants are left out. `past` is in ledger order.
 */
export function backtest(
  past: readonly PastRequest[],
  sides: { readonly before: BacktestManifest | null; readonly after: BacktestManifest },
  span: {
    readonly from: Date;
    readonly to: Date;
    readonly truncated: boolean;
    readonly agentId: string;
    readonly tier: Tier;
  },
): BacktestResult {
  const before = replay(past, sides.before, span);
  const after = replay(past, sides.after, span);
  const lists = { allow: [], block: [], hold: [] } as Record<
    "allow" | "block" | "hold",
    BacktestRow[]
  >;
  for (const [index, item] of past.entries()) {
    const [was, is] = [before[index], after[index]];
    if (was === undefined || is === undefined || kindOf(was) === kindOf(is)) continue;
    lists[kindOf(is)].push(rowOf(item, was, is));
  }
  const changed = lists.allow.length + lists.block.length + lists.hold.length;
  return {
    v: 1,
    manifestId: sides.after.manifestId,
    manifestDigest: sides.after.digest,
    previousManifestId: sides.before?.manifestId ?? null,
    previousManifestDigest: sides.before?.digest ?? null,
    from: span.from.toISOString(),
    to: span.to.toISOString(),
    total: past.length,
    unchanged: past.length - changed,
    counts: { allowed: lists.allow.length, blocked: lists.block.length, held: lists.hold.length },
    newlyAllowed: lists.allow.slice(0, LISTED_MAX),
    newlyBlocked: lists.block.slice(0, LISTED_MAX),
    newlyHeld: lists.hold.slice(0, LISTED_MAX),
    truncated: span.truncated,
  };
}

/** base64url SHA-256 of JCS(result): what the approver's signature binds. */
export function backtestDigest(result: BacktestResult): string {
  return digestOf(result satisfies Json);
}

/** A deny and a block both refuse. */
function kindOf({ outcome }: Verdict): "allow" | "block" | "hold" {
  return outcome === "deny" ? "block" : outcome;
}

function replay(
  past: readonly PastRequest[],
  side: BacktestManifest | null,
  { agentId, tier }: { readonly agentId: string; readonly tier: Tier },
): readonly Verdict[] {
  const manifest = side?.compiled && {
    ...side.compiled,
    notBefore: Number.NEGATIVE_INFINITY,
    notAfter: Number.POSITIVE_INFINITY,
  };
  let usage: UsageByPeriod = NO_USAGE;
  let last = past[0]?.at ?? 0;
  return past.map(({ request, at, riskScore, containment }) => {
    usage = rollUsage(usage, last, at);
    last = at;
    const target = `${request.context.cluster} ${requestTarget(request)}`;
    const { outcome, reason } = decide(
      request,
      {
        agentId,
        status: "production",
        tier,
        containment: outsideOf(containment),
        riskScore,
        sponsor: { personId: "", competent: true },
        manifest: manifest ?? null,
      },
      { now: at, usage, grantId: null, targetConfirmed: side?.confirmed.has(target) ?? false },
    );
    usage = addRequest(usage, request, outcome);
    return { outcome, reason };
  });
}

/** Under quarantine nothing tells manifests apart, so that the comparison looks past it. */
function outsideOf(containment: ContainmentLevel | null): ContainmentLevel | null {
  return containment === "quarantine" || containment === "stopped" ? null : containment;
}

function rowOf({ seq, at, request }: PastRequest, before: Verdict, after: Verdict): BacktestRow {
  return {
    seq,
    at: new Date(at).toISOString(),
    action: request.action.name,
    resource: `${request.resource.type}:${request.resource.id}`,
    cluster: request.context.cluster,
    before,
    after,
  };
}
