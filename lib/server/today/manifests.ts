import type { Need, NeedSection } from "@/lib/domain/today/view";
import type { Ctx } from "../context";
import { db } from "../db";
import { pendingApprovalsFor } from "../manifest/queries";
import { readInForce } from "../manifest-in-force";

const SHOWN = 6;
const DAY_MS = 86_400_000;
/** A manifest with less time left than this is worth a new version now. */
const EXPIRES_SOON_MS = 30 * DAY_MS;

/** Submitted manifests that the reader may sign now. */
export async function manifestsToApprove(ctx: Ctx): Promise<NeedSection> {
  const pending = await pendingApprovalsFor(ctx);
  return {
    kind: "approvals",
    title: "Manifests to approve",
    needs: pending.slice(0, SHOWN).map(
      (manifest): Need => ({
        id: manifest.manifestId,
        title: `${manifest.agentName}, version ${manifest.version}`,
        detail: `tier ${manifest.tier}${manifest.stage === "first" ? "; the first of two signatures" : ""}`,
        href: `/manifests/${manifest.manifestId}`,
        urgency: null,
        at: manifest.submittedAt,
        due: false,
      }),
    ),
    total: pending.length,
    href: "/manifests?state=submitted",
    empty: "No manifest waits for your approval.",
  };
}

/** The owner's own drafts that somebody waits for: returned with reasons, or made from a review. */
export async function draftsToFinish(ctx: Ctx): Promise<NeedSection> {
  const rows = await db.manifest.findMany({
    where: {
      state: { in: ["returned", "draft"] },
      agent: { ownerId: ctx.actor.id, status: { not: "retired" } },
    },
    include: { agent: { select: { name: true } } },
    orderBy: [{ updatedAt: "desc" }, { id: "asc" }],
  });
  return {
    kind: "drafts",
    title: "Your drafts",
    needs: rows.slice(0, SHOWN).map(
      (row): Need => ({
        id: row.id,
        title: `${row.agent.name}, version ${row.version}`,
        detail: draftInWords(row),
        href: row.state === "returned" ? `/manifests/${row.id}` : `/manifests/${row.id}/edit`,
        urgency: null,
        at: row.updatedAt.toISOString(),
        due: false,
      }),
    ),
    total: rows.length,
    href: "/manifests?state=draft",
    empty: "No draft of yours is unfinished.",
  };
}

function draftInWords(row: {
  readonly state: string;
  readonly returnReason: string | null;
  readonly reviewId: string | null;
}): string {
  if (row.state === "returned") {
    return row.returnReason === null ? "returned to you" : `returned: ${row.returnReason}`;
  }
  return row.reviewId === null
    ? "not submitted yet"
    : "made from a review, to allow what was refused: check and submit it";
}

/** Manifests in force of the owner's agents that end soon or have ended, so that the agent stands still. */
export async function manifestsExpiring(ctx: Ctx): Promise<NeedSection> {
  const rows = await db.manifest.findMany({
    where: {
      state: "approved",
      agent: { ownerId: ctx.actor.id, status: "production" },
    },
    include: { agent: { select: { name: true } } },
  });
  const expiring = rows.flatMap((row) => {
    // Read as of a moment at which it was valid, to learn its end whatever the time is now.
    const manifest = readInForce(row, ctx.now) ?? readInForce(row, row.approvedAt ?? ctx.now);
    return manifest && manifest.notAfter.getTime() - ctx.now.getTime() < EXPIRES_SOON_MS
      ? [{ row, notAfter: manifest.notAfter }]
      : [];
  });
  expiring.sort((a, b) => a.notAfter.getTime() - b.notAfter.getTime());
  return {
    kind: "expiring",
    title: "Manifests that end soon",
    needs: expiring.slice(0, SHOWN).map(({ row, notAfter }): Need => {
      const ended = notAfter <= ctx.now;
      return {
        id: row.id,
        title: `${row.agent.name}, version ${row.version}`,
        detail: ended ? "has ended: every request is refused" : "write the next version in time",
        href: `/manifests/${row.id}`,
        urgency: ended ? "overdue" : "soon",
        at: notAfter.toISOString(),
        due: true,
      };
    }),
    total: expiring.length,
    href: "/manifests?state=approved",
    empty: "No manifest of your agents ends within 30 days.",
  };
}
