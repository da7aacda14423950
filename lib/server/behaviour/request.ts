import { can } from "@/lib/domain/access/permissions";
import { asTier } from "@/lib/domain/agent/tier";
import type { RequestView, RuleView, TraceStep } from "@/lib/domain/behaviour/request-view";
import { AppError } from "@/lib/domain/errors";
import { parseBody } from "@/lib/domain/ledger/body";
import type { EntryBody } from "@/lib/domain/ledger/event";
import { IntentManifest } from "@/lib/domain/manifest/manifest";
import { ruleInWords } from "@/lib/domain/manifest/rule-in-words";
import { DecisionDetail } from "@/lib/domain/policy/decision-detail";
import { OUTCOMES, REASONS, type ReasonCode } from "@/lib/domain/policy/reasons";
import { describeReason } from "@/lib/domain/policy/reasons-text";
import { authorise, type Ctx } from "../context";
import { db } from "../db";

const MOST_STEPS = 100;
const NAMED = { select: { id: true, name: true } } as const;

type Decision = Extract<EntryBody, { readonly kind: "decision" }>;

/**
 * One decided request: the intent, the rule that it met or missed, the answer, its review and its trace. What surrounds it
 * beyond that is `surroundings`. Words only for who may read them. Throws AppError("forbidden"), "not-found" where the
 * ledger has no decision there.
 */
export async function decidedRequest(ctx: Ctx, seq: number): Promise<RequestView> {
  authorise(ctx, "ledger:read");
  const body = await readDecision(seq);
  const words = can(ctx.actor, "ledger:detail");
  const [agent, sponsor, manifest, review, row, trace] = await Promise.all([
    readAgent(body.agentId),
    body.sponsorId === null
      ? null
      : db.person.findUnique({ where: { id: body.sponsorId }, ...NAMED }),
    readManifest(body.manifestId),
    readReview(body.reviewId),
    words ? db.ledgerDetail.findUnique({ where: { seq } }) : null,
    readTrace(seq),
  ]);
  const detail = DecisionDetail.safeParse(row?.detail).data ?? null;
  const document = manifest?.document ?? null;
  return {
    seq,
    at: body.at,
    agent,
    sponsor,
    outcome: body.outcome,
    reason: body.reason,
    ...reasonWords(body.reason),
    riskScore: body.riskScore,
    containment: body.containment,
    simulated: body.simulated,
    review,
    granted: body.grantId !== null,
    manifest: manifest && {
      id: manifest.id,
      version: manifest.version,
      goal: document?.goal ?? null,
      clusterPurpose: document?.clusters.find(({ id }) => id === body.cluster)?.purpose ?? null,
    },
    currency: document?.budgets.spend?.currency ?? null,
    cluster: body.cluster,
    asked: body.action === null ? null : `${body.action} ${body.resourceType ?? ""}`.trim(),
    request: words ? (detail?.request ?? "erased") : "withheld",
    sentence: detail?.sentence ?? "",
    rule: ruleOf(body, document),
    miss: detail?.miss ?? null,
    nearest: nearestOf(detail, document),
    never: neverOf(detail, document),
    trace,
  };
}

async function readDecision(seq: number): Promise<Decision> {
  const entry = Number.isSafeInteger(seq)
    ? await db.ledgerEntry.findUnique({ where: { seq: BigInt(seq) }, select: { canonical: true } })
    : null;
  const body = entry && parseBody(entry.canonical);
  if (body?.kind !== "decision") {
    throw new AppError("not-found", "the ledger has no decided request there");
  }
  return body;
}

/** An agent is never deleted; were one, its id would stand for it. */
async function readAgent(id: string): Promise<RequestView["agent"]> {
  const agent = await db.agent.findUnique({
    where: { id },
    select: { id: true, name: true, tier: true },
  });
  return agent ? { ...agent, tier: asTier(agent.tier) } : { id, name: id, tier: "critical" };
}

async function readReview(id: string | null): Promise<RequestView["review"]> {
  if (id === null) return null;
  return db.review.findUnique({
    where: { id },
    select: { id: true, state: true, resolution: true },
  });
}

async function readManifest(id: string | null) {
  if (id === null) return null;
  const row = await db.manifest.findUnique({ where: { id } });
  if (row === null) return null;
  const { version, document } = row;
  return { id, version, document: IntentManifest.safeParse(document).data ?? null };
}

/** From the worker's projection: what it has not read yet, or has dropped after its days, is not there. */
async function readTrace(seq: number): Promise<readonly TraceStep[]> {
  const own = await db.decisionStep.findUnique({
    where: { seq },
    select: { agentId: true, traceId: true },
  });
  if (own === null || own.traceId === null) return [];
  const steps = await db.decisionStep.findMany({
    where: { agentId: own.agentId, traceId: own.traceId },
    orderBy: { seq: "asc" },
    take: MOST_STEPS,
  });
  return steps.map((step) => ({
    seq: Number(step.seq),
    at: step.at.toISOString(),
    step: step.step,
    cluster: step.cluster,
    action: step.action,
    resourceType: step.resourceType,
    outcome: OUTCOMES.find((known) => known === step.outcome) ?? "deny",
    actionOutcome:
      (["success", "error", "ambiguous"] as const).find((known) => known === step.actionOutcome) ??
      null,
  }));
}

function isReason(code: string): code is ReasonCode {
  return Object.hasOwn(REASONS, code);
}

/** A code that this version does not know is shown as it stands. */
function reasonWords(code: string): Pick<RequestView, "reasonTitle" | "reasonMeaning"> {
  if (!isReason(code)) return { reasonTitle: code, reasonMeaning: "" };
  const { title, meaning } = describeReason(code);
  return { reasonTitle: title, reasonMeaning: meaning };
}

function ruleOf(body: Decision, document: IntentManifest | null): RuleView | null {
  const { cluster: clusterId, rule: ruleIndex } = body;
  if (clusterId === null || ruleIndex === null) return null;
  const text = document && ruleInWords(document, { clusterId, index: ruleIndex });
  return { clusterId, ruleIndex, text };
}

function nearestOf(
  detail: DecisionDetail | null,
  document: IntentManifest | null,
): RequestView["nearest"] {
  const nearest = detail?.nearest;
  if (!nearest) return null;
  const { clusterId, ruleIndex: index } = nearest;
  return { ...nearest, text: document && ruleInWords(document, { clusterId, index }) };
}

function neverOf(
  detail: DecisionDetail | null,
  document: IntentManifest | null,
): RequestView["never"] {
  const rule = document?.never.find(({ id }) => id === detail?.neverRuleId);
  return rule === undefined ? null : { id: rule.id, because: rule.because };
}
