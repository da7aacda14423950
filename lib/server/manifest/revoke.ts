import { z } from "zod";
import { ReasonInWords } from "@/lib/domain/review/reason-in-words";
import { command } from "../command";
import { notify } from "../notify";
import { peopleBehind } from "../standing";
import { ManifestId } from "./input";
import { loadFor } from "./load";

/**
 * Ends the manifest in force at once: the agent has no authority until another one is approved. The agent's sponsor or
 * deputy, trained or not, or compliance. Returns `{ state }`. Errors: "not-found", "forbidden", "conflict".
 */
export const revokeManifest = command({
  permission: "manifest:revoke",
  input: z.strictObject({ manifestId: ManifestId, reason: ReasonInWords }),
  async run(tx, { ctx, input }) {
    const { manifest, agent } = await loadFor("revoke", tx, ctx, input.manifestId);
    await tx.manifest.update({
      where: { id: manifest.id },
      data: { state: "revoked", endedAt: ctx.now, updatedAt: ctx.now },
    });
    await notify(tx, {
      personIds: (await peopleBehind(tx, agent)).filter((id) => id !== ctx.actor.id),
      kind: "manifest.revoked",
      title: `${agent.name}: its manifest was revoked; every request is refused`,
      href: `/manifests/${manifest.id}`,
      now: ctx.now,
    });
    return {
      value: { state: "revoked" as const },
      events: [
        {
          event: { kind: "manifest.revoked", agentId: agent.id, manifestId: manifest.id },
          detail: { reason: input.reason },
        },
      ],
    };
  },
});
