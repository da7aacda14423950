import { z } from "zod";
import { asTier } from "@/lib/domain/agent/tier";
import { AppError } from "@/lib/domain/errors";
import { MAX_DOCUMENT_BYTES } from "@/lib/domain/manifest/document";
import { checkManifest } from "@/lib/domain/manifest/static-check";
import { unrecorded } from "../unrecorded";
import { ManifestId, Revision } from "./input";
import { loadFor } from "./load";
import { documentToStore, readStored } from "./stored-document";

/**
 * Keeps what the owner has written so far, complete or not, and says what is still wrong with it. `revision` is the one
 * that the text was read at. A returned manifest becomes a draft again. Returns
 * `{ revision, state, problems, findings }`. Errors: "invalid" where the text is no JSON object of at most 256 KB;
 * "stale" where somebody saved in between; "conflict" where the manifest does not change any more.
 */
export const saveDraft = unrecorded({
  permission: "manifest:draft",
  because: "a draft gives no authority; its submission is recorded",
  input: z.strictObject({
    manifestId: ManifestId,
    revision: Revision,
    text: z.string().max(MAX_DOCUMENT_BYTES, "the document is larger than 256 KB"),
  }),
  async run(tx, { ctx, input }) {
    const { manifest, agent } = await loadFor("edit", tx, ctx, input.manifestId);
    const document = documentToStore(input.text);
    const { count } = await tx.manifest.updateMany({
      where: {
        id: manifest.id,
        revision: input.revision,
        state: { in: ["draft", "returned"] },
      },
      data: {
        document,
        state: "draft",
        digest: null,
        revision: input.revision + 1,
        updatedAt: ctx.now,
      },
    });
    if (count === 0) {
      throw new AppError("stale", "it was saved in another window: reload to see what changed");
    }
    const read = readStored(document, agent.id);
    const findings =
      read.manifest === null
        ? []
        : checkManifest(read.manifest, { now: ctx.now, tier: asTier(agent.tier) });
    return {
      revision: input.revision + 1,
      state: "draft" as const,
      problems: read.problems,
      findings,
    };
  },
});
