import { asStatus } from "@/lib/domain/agent/lifecycle";
import { asTier } from "@/lib/domain/agent/tier";
import { AppError } from "@/lib/domain/errors";
import { isManifestState, type ManifestState } from "@/lib/domain/manifest/lifecycle";
import type { ManifestAct, ManifestFacts } from "@/lib/domain/manifest/may";
import { obstacleTo } from "@/lib/domain/manifest/may";
import type { Ctx } from "../context";
import type { Tx } from "../db";
import { refuse } from "../refuse";
import { actingSponsor } from "../sponsor/queries";
import { standingTowards } from "../standing";

type Reader = Pick<Tx, "manifest" | "sponsorship" | "certificate">;

/** States in which a version has been, or is, somebody's authority. */
const APPROVED_ONCE = ["approved", "superseded", "revoked"];

/** A manifest with its agent and signatures, and all that the rules about it ask. Throws AppError("not-found"). */
export async function loadManifest(reader: Reader, ctx: Ctx, manifestId: string) {
  const manifest = await reader.manifest.findUnique({
    where: { id: manifestId },
    include: { agent: true, approvals: { orderBy: { seq: "asc" } } },
  });
  if (manifest === null) throw new AppError("not-found", "there is no such manifest");
  const { agent } = manifest;
  const siblings = await reader.manifest.findMany({
    where: { agentId: agent.id, state: { in: ["submitted", ...APPROVED_ONCE] } },
    select: { id: true, version: true, state: true, digest: true, document: true },
    orderBy: { version: "desc" },
  });
  const acting = await actingSponsor(reader, agent.id, ctx.now);
  const standing = await standingTowards(reader, agent, ctx);
  const approved = siblings.find((sibling) => APPROVED_ONCE.includes(sibling.state));
  const waiting = siblings.find((sibling) => sibling.state === "submitted");
  const facts: ManifestFacts = {
    actor: ctx.actor,
    competent: standing.competent,
    office: standing.office,
    actingSponsorId: acting?.personId ?? null,
    manifest: {
      state: asState(manifest.state),
      version: manifest.version,
      authorId: manifest.authorId,
      approverIds: manifest.approvals.map(({ personId }) => personId),
    },
    agent: { ownerId: agent.ownerId, tier: asTier(agent.tier), status: asStatus(agent.status) },
    approvedVersion: approved?.version ?? null,
    waitingVersion: waiting?.version ?? null,
  };
  /** the version that counts until this one is approved, if any */
  const former = siblings.find((sibling) => sibling.state === "approved") ?? null;
  return { manifest, agent, facts, acting, former };
}

/** The same, for a verb: throws AppError("forbidden" | "competence" | "conflict") where the act is not the actor's to do. */
export async function loadFor(act: ManifestAct, tx: Reader, ctx: Ctx, manifestId: string) {
  const loaded = await loadManifest(tx, ctx, manifestId);
  refuse(obstacleTo(act, loaded.facts));
  return loaded;
}

/** The database checks the list; an unknown word counts as a state without any authority or way on. */
export function asState(value: string): ManifestState {
  return isManifestState(value) ? value : "revoked";
}
