import { can } from "@/lib/domain/access/permissions";
import { asTier } from "@/lib/domain/agent/tier";
import { asContainment } from "@/lib/domain/containment/rules";
import { AppError } from "@/lib/domain/errors";
import { amendFor } from "@/lib/domain/manifest/amend";
import { IntentManifest } from "@/lib/domain/manifest/manifest";
import { ruleInWords } from "@/lib/domain/manifest/rule-in-words";
import {
  obstacleToEscalation,
  resolutionInWords,
  resolutionsOpenTo,
} from "@/lib/domain/review/resolve";
import { isResolution, urgency } from "@/lib/domain/review/review";
import type { Named, OptionView, ReviewView } from "@/lib/domain/review/view";
import { readFactors } from "@/lib/domain/risk/factors";
import { authorise, type Ctx } from "../context";
import { db } from "../db";
import { env } from "../env";
import { type asReason, type Decided, decidedFor } from "./decided";
import { historyOf } from "./history";
import { loadReview } from "./load";
import { askedFor } from "./queries";
import { markOf } from "./seen";
import { stepsBefore } from "./steps";

/**
 * One review with everything that a person needs to decide it: the request, the agent's reasoning, how far it missed,
 * the last steps, and each resolution with what it would do or why it is closed to this person. Details are given only to
 * those who may read them. Throws AppError("forbidden" | "not-found").
 */
export async function getReview(ctx: Ctx, reviewId: string): Promise<ReviewView> {
  authorise(ctx, "review:read");
  const mayReadDetails = can(ctx.actor, "ledger:detail");
  const { actor, now } = ctx;
  const decided = await decidedFor(reviewId);
  const { review, agent, inForce, situation } = await loadReview(db, reviewId, {
    actor,
    now,
    decided,
  });
  const shown = decided && (mayReadDetails ? decided : { ...decided, detail: null });
  const [people, manifest, steps, history, otherOpenReviews, passkeys, riskFactors] =
    await Promise.all([
      peopleOf(agent),
      manifestOf(decided),
      stepsBefore(review.agentId, review.seq, mayReadDetails),
      historyOf(review, mayReadDetails),
      db.review.count({ where: { agentId: agent.id, state: "open", id: { not: review.id } } }),
      db.passkey.count({ where: { personId: actor.id } }),
      riskFactorsOf(agent.id),
    ]);
  return {
    id: review.id,
    seq: Number(review.seq),
    state: situation.review.state,
    outcome: situation.review.outcome,
    reason: situation.review.reason,
    agent: {
      id: agent.id,
      name: agent.name,
      tier: asTier(agent.tier),
      description: agent.description,
      containment: asContainment(agent.containment),
      riskScore: agent.riskScore,
      riskFactors: mayReadDetails && agent.riskScore > 0 ? riskFactors : [],
      otherOpenReviews,
    },
    ...people,
    manifest: manifest && {
      id: manifest.id,
      version: manifest.version,
      inForce: manifest.id === inForce?.id,
    },
    currency: manifest?.document?.budgets.spend?.currency ?? null,
    createdAt: review.createdAt.toISOString(),
    dueAt: review.dueAt.toISOString(),
    urgency: review.state === "open" ? urgency(review, now) : null,
    times: review.asked,
    escalatedAt: review.escalatedAt?.toISOString() ?? null,
    request: requestOf(decided, mayReadDetails),
    asked: askedFor(shown ?? undefined),
    sentence: shown?.detail?.sentence ?? "",
    miss: shown?.detail?.miss ?? null,
    nearest: nearestOf(shown, manifest?.document ?? null),
    steps,
    options: optionsOf({
      situation,
      widening: wideningOf(shown, situation.review.reason, inForce?.document ?? null),
    }),
    hasPasskey: passkeys > 0,
    escalation: obstacleToEscalation(situation),
    seen: markOf(review),
    history,
    resolution:
      review.resolution !== null && isResolution(review.resolution) ? review.resolution : null,
  };
}

function requestOf(decided: Decided | null, mayReadDetails: boolean): ReviewView["request"] {
  if (!mayReadDetails) return "withheld";
  return decided?.detail?.request ?? "erased";
}

async function peopleOf(agent: { readonly id: string; readonly ownerId: string }): Promise<{
  readonly owner: Named;
  readonly sponsor: Named | null;
  readonly deputy: Named | null;
}> {
  const named = { select: { id: true, name: true } } as const;
  const [owner, offices] = await Promise.all([
    db.person.findUnique({ where: { id: agent.ownerId }, ...named }),
    db.sponsorship.findMany({
      where: { agentId: agent.id, toAt: null },
      select: { kind: true, person: named },
    }),
  ]);
  if (owner === null) throw new AppError("not-found", "the agent has no owner");
  const holder = (kind: string) => offices.find((office) => office.kind === kind)?.person ?? null;
  return { owner, sponsor: holder("sponsor"), deputy: holder("deputy") };
}

async function riskFactorsOf(agentId: string): Promise<readonly string[]> {
  const latest = await db.riskScore.findFirst({ where: { agentId }, orderBy: { at: "desc" } });
  return readFactors(latest?.factors)
    .slice(0, 3)
    .map(({ points, words }) => `${points} points: ${words}`);
}

/** The manifest under which it was decided; `document` is null where it can't be read. */
async function manifestOf(decided: Decided | null) {
  const manifestId = decided?.manifestId ?? null;
  if (manifestId === null) return null;
  const row = await db.manifest.findUnique({ where: { id: manifestId } });
  if (row === null) return null;
  const parsed = IntentManifest.safeParse(row.document);
  return { id: row.id, version: row.version, document: parsed.success ? parsed.data : null };
}

function nearestOf(shown: Decided | null, document: IntentManifest | null): ReviewView["nearest"] {
  const nearest = shown?.detail?.nearest;
  if (!nearest) return null;
  const { clusterId, ruleIndex: index } = nearest;
  const text = document && ruleInWords(document, { clusterId, index }, { you: true });
  return { ...nearest, text };
}

type Widening = { readonly widens: readonly string[]; readonly why: string | null };

/** What an amendment would widen, worked out before anyone asks for it. */
function wideningOf(
  decided: Decided | null,
  reason: ReturnType<typeof asReason>,
  document: IntentManifest | null,
): Widening {
  if (!decided?.detail || document === null) return { widens: [], why: null };
  const { request, miss } = decided.detail;
  const objection = { reason, miss, ruleIndex: decided.rule };
  const amendment = amendFor(document, request, objection, decided.at);
  return amendment.ok
    ? { widens: amendment.steps.map(({ title }) => title), why: null }
    : { widens: [], why: amendment.why };
}

function optionsOf({
  situation,
  widening,
}: {
  readonly situation: Parameters<typeof resolutionsOpenTo>[0];
  readonly widening: Widening;
}): readonly OptionView[] {
  return resolutionsOpenTo(situation).map(({ resolution, obstacle, assurance }) => {
    const amends = resolution === "amend";
    const impossible =
      amends && widening.why !== null ? { kind: "facts" as const, message: widening.why } : null;
    return {
      resolution,
      ...resolutionInWords(resolution, situation.review.outcome),
      obstacle: obstacle ?? impossible,
      assurance,
      passwordAllowed: assurance === "password" || env().COUNTERSIGN_DEMO === "1",
      widens: amends ? widening.widens : [],
    };
  });
}
