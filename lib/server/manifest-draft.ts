import type { Prisma } from "@/prisma/generated/client";
import type { Tx } from "./db";
import { newId } from "./ids";

/**
 * Writes a new draft as the agent's next version, in the caller's transaction. The caller has checked who may, and
 * records `manifest.drafted`. Two drafts of the same version at once: the second breaks the unique index (conflict).
 */
export async function insertDraft(
  tx: Pick<Tx, "manifest">,
  draft: {
    readonly agentId: string;
    readonly authorId: string;
    /** a manifest, complete or not */
    readonly document: Prisma.InputJsonObject;
    /** the review that it amends for, if any */
    readonly reviewId: string | null;
    readonly now: Date;
  },
): Promise<{ readonly manifestId: string; readonly version: number }> {
  const { agentId, authorId, document, reviewId, now } = draft;
  const last = await tx.manifest.aggregate({ where: { agentId }, _max: { version: true } });
  const version = (last._max.version ?? 0) + 1;
  const manifestId = newId("mft");
  await tx.manifest.create({
    data: {
      id: manifestId,
      agentId,
      version,
      document,
      authorId,
      reviewId,
      createdAt: now,
      updatedAt: now,
    },
  });
  return { manifestId, version };
}
