import { can } from "@/lib/domain/access/permissions";
import { asStatus } from "@/lib/domain/agent/lifecycle";
import { asKind, asTier } from "@/lib/domain/agent/tier";
import { asContainment } from "@/lib/domain/containment/rules";
import { approvalsNeeded, attestationText, digestOf } from "@/lib/domain/manifest/approval";
import { countChanges } from "@/lib/domain/manifest/change";
import { diffManifests } from "@/lib/domain/manifest/diff";
import { documentText } from "@/lib/domain/manifest/document";
import type { IntentManifest } from "@/lib/domain/manifest/manifest";
import {
  MANIFEST_ACTS,
  type ManifestAct,
  type ManifestFacts,
  nextStage,
  obstacleTo,
} from "@/lib/domain/manifest/may";
import { plainEnglish } from "@/lib/domain/manifest/plain-english";
import { checkManifest } from "@/lib/domain/manifest/static-check";
import type {
  BacktestView,
  ComparisonView,
  ManifestPage,
  ManifestView,
  PendingApproval,
} from "@/lib/domain/manifest/view";
import { authorise, type Ctx } from "../context";
import { db } from "../db";
import { isFresh, readResult } from "./backtest-row";
import { approvalViews, historyOf } from "./history";
import { type ManifestFilter, manifestPage } from "./list";
import { asState, loadManifest } from "./load";
import { readStored } from "./stored-document";

/** A page of manifests. Throws AppError("forbidden"). */
export async function listManifests(ctx: Ctx, filter: ManifestFilter): Promise<ManifestPage> {
  authorise(ctx, "manifest:read");
  return manifestPage(ctx, filter);
}

/** One version with everything that its page shows. Throws AppError("forbidden" | "not-found"). */
export async function getManifest(ctx: Ctx, manifestId: string): Promise<ManifestView> {
  authorise(ctx, "manifest:read");
  const { manifest: row, agent, facts, acting } = await loadManifest(db, ctx, manifestId);
  const [people, openReviews, approvals, history] = await Promise.all([
    namesOf([row.authorId, agent.ownerId, ...(acting ? [acting.personId] : [])]),
    db.review.count({ where: { agentId: agent.id, state: "open" } }),
    approvalViews(row.approvals),
    historyOf(manifestId),
  ]);
  const name = (id: string): string => people.get(id) ?? id;
  const tier = asTier(agent.tier);
  const { manifest, problems } = readStored(row.document, agent.id);
  return {
    id: row.id,
    agent: {
      id: agent.id,
      name: agent.name,
      kind: asKind(agent.kind),
      tier,
      status: asStatus(agent.status),
      containment: asContainment(agent.containment),
      riskScore: agent.riskScore,
      openReviews,
      ownerId: agent.ownerId,
      ownerName: name(agent.ownerId),
    },
    version: row.version,
    state: asState(row.state),
    inForce: row.state === "approved" && isValidAt(manifest, ctx.now),
    revision: row.revision,
    digest: row.digest,
    author: { id: row.authorId, name: name(row.authorId) },
    sponsor: acting && {
      personId: acting.personId,
      name: name(acting.personId),
      kind: acting.kind,
      competent: acting.competent,
    },
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    submittedAt: row.submittedAt?.toISOString() ?? null,
    approvedAt: row.approvedAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
    returnReason: row.returnReason,
    reviewId: row.reviewId,
    text: documentText(row.document),
    manifest,
    problems,
    plain: manifest && plainEnglish(manifest, { you: acting?.personId === ctx.actor.id }),
    findings: manifest === null ? [] : checkManifest(manifest, { now: ctx.now, tier }),
    approvals,
    approvalsNeeded: approvalsNeeded(tier),
    nextStage: nextStage(tier, approvals.length),
    history,
    ...whatReaderMay(facts),
  };
}

function whatReaderMay(facts: ManifestFacts): Pick<ManifestView, "can" | "whyNot"> {
  const obstacles = MANIFEST_ACTS.map((act) => [act, obstacleTo(act, facts)] as const);
  const allowed = (act: ManifestAct): boolean =>
    obstacles.some(([name, obstacle]) => name === act && obstacle === null);
  return {
    can: {
      edit: allowed("edit"),
      submit: allowed("submit"),
      withdraw: allowed("withdraw"),
      return: allowed("return"),
      approve: allowed("approve"),
      revoke: allowed("revoke"),
    },
    whyNot: Object.fromEntries(
      obstacles.flatMap(([act, obstacle]) => (obstacle ? [[act, obstacle.message]] : [])),
    ),
  };
}

/**
 * The difference from the version in force (or, for that version and older ones, from the one before it), widenings
 * first. Null while the document is not valid. Throws AppError("forbidden" | "not-found").
 */
export async function compareWithInForce(
  ctx: Ctx,
  manifestId: string,
): Promise<ComparisonView | null> {
  authorise(ctx, "manifest:read");
  const { manifest: row, agent, former } = await loadManifest(db, ctx, manifestId);
  const after = readStored(row.document, agent.id).manifest;
  if (after === null) return null;
  const decided = row.approvedAt !== null;
  const basis = decided ? await versionBefore(agent.id, row.approvedAt) : former;
  const before = basis === null ? null : readStored(basis.document, agent.id).manifest;
  const changes = diffManifests(before, after);
  const counts = countChanges(changes);
  return {
    inForce: basis && { id: basis.id, version: basis.version, digest: basis.digest ?? "" },
    changes,
    counts,
    attestation: attestationText({
      agentName: agent.name,
      version: row.version,
      previousVersion: basis?.version ?? null,
      widenings: counts.widening + counts.unclear,
    }),
  };
}

async function versionBefore(agentId: string, approvedAt: Date | null) {
  if (approvedAt === null) return null;
  return db.manifest.findFirst({
    where: { agentId, approvedAt: { lt: approvedAt } },
    orderBy: { approvedAt: "desc" },
  });
}

/**
 * The latest backtest; null where there is none, and for those who may not read what agents asked.
 * Throws AppError("forbidden" | "not-found").
 */
export async function getBacktest(ctx: Ctx, manifestId: string): Promise<BacktestView | null> {
  authorise(ctx, "manifest:read");
  if (!can(ctx.actor, "ledger:detail")) return null;
  const { manifest, agent, former } = await loadManifest(db, ctx, manifestId);
  const draft = readStored(manifest.document, agent.id).manifest;
  const row = await db.backtest.findFirst({
    where: { manifestId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  const result = readResult(row?.result);
  if (row === null || result === null) return null;
  const current = {
    digest: manifest.digest ?? (draft === null ? "" : digestOf(draft)),
    formerId: former?.id ?? null,
    now: ctx.now,
  };
  return {
    id: row.id,
    digest: row.digest,
    createdAt: row.createdAt.toISOString(),
    fresh: isFresh({ result, createdAt: row.createdAt }, current),
    result,
  };
}

/** Submitted manifests that this person could sign now, the longest waiting first. */
export async function pendingApprovalsFor(ctx: Ctx): Promise<readonly PendingApproval[]> {
  authorise(ctx, "manifest:read");
  if (!can(ctx.actor, "manifest:approve")) return [];
  const waiting = await db.manifest.findMany({
    where: {
      state: "submitted",
      // The rest, such as who acts now, is told by the rules below.
      OR: [
        { agent: { sponsorships: { some: { personId: ctx.actor.id, toAt: null } } } },
        { approvals: { some: {} } },
      ],
    },
    select: { id: true },
    orderBy: [{ submittedAt: "asc" }, { id: "asc" }],
  });
  const found: PendingApproval[] = [];
  for (const { id } of waiting) {
    const { manifest, agent, facts } = await loadManifest(db, ctx, id);
    if (obstacleTo("approve", facts) !== null) continue;
    const tier = asTier(agent.tier);
    found.push({
      manifestId: id,
      agentId: agent.id,
      agentName: agent.name,
      tier,
      version: manifest.version,
      submittedAt: (manifest.submittedAt ?? manifest.updatedAt).toISOString(),
      stage: nextStage(tier, facts.manifest.approverIds.length),
    });
  }
  return found;
}

function isValidAt(manifest: IntentManifest | null, now: Date): boolean {
  if (manifest === null) return false;
  const { notBefore, notAfter } = manifest.validity;
  return new Date(notBefore) <= now && now < new Date(notAfter);
}

async function namesOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const people = await db.person.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, name: true },
  });
  return new Map(people.map((person) => [person.id, person.name]));
}
