import { z } from "zod";
import { ReasonInWords } from "@/lib/domain/review/reason-in-words";
import { command } from "../command";
import { notify } from "../notify";
import { ManifestId } from "./input";
import { loadFor } from "./load";

/**
 * Sends a submitted manifest back to its owner, with reasons in words. The agent's sponsor or deputy; after a first
 * signature also who may give the second. Returns `{ state }`. Errors: "not-found", "forbidden", "conflict".
 */
export const returnManifest = command({
  permission: "manifest:return",
  input: z.strictObject({ manifestId: ManifestId, reason: ReasonInWords }),
  async run(tx, { ctx, input }) {
    const { manifest, agent } = await loadFor("return", tx, ctx, input.manifestId);
    await tx.manifest.update({
      where: { id: manifest.id },
      data: {
        state: "returned",
        digest: null,
        returnReason: input.reason,
        revision: { increment: 1 },
        updatedAt: ctx.now,
      },
    });
    await notify(tx, {
      personIds: [agent.ownerId],
      kind: "manifest.returned",
      title: `${agent.name}: version ${manifest.version} of its manifest was returned to you`,
      href: `/manifests/${manifest.id}`,
      now: ctx.now,
    });
    return {
      value: { state: "returned" as const },
      events: [
        {
          event: {
            kind: "manifest.returned",
            agentId: agent.id,
            manifestId: manifest.id,
            sponsorId: ctx.actor.id,
          },
          detail: { reason: input.reason },
        },
      ],
    };
  },
});
