import { z } from "zod";
import { command } from "../command";
import { notify } from "../notify";
import { ManifestId } from "./input";
import { loadFor } from "./load";

/**
 * Takes a submitted manifest back, as a draft, before anybody signed it. Only the agent's owner. Returns `{ state }`.
 * Errors: "not-found", "forbidden", "conflict".
 */
export const withdrawManifest = command({
  permission: "manifest:submit",
  input: z.strictObject({ manifestId: ManifestId }),
  async run(tx, { ctx, input }) {
    const { manifest, agent, acting } = await loadFor("withdraw", tx, ctx, input.manifestId);
    await tx.manifest.update({
      where: { id: manifest.id },
      data: {
        state: "draft",
        digest: null,
        submittedAt: null,
        revision: { increment: 1 },
        updatedAt: ctx.now,
      },
    });
    await notify(tx, {
      personIds: acting && acting.personId !== ctx.actor.id ? [acting.personId] : [],
      kind: "manifest.withdrawn",
      title: `${agent.name}: version ${manifest.version} of its manifest was withdrawn`,
      href: `/manifests/${manifest.id}`,
      now: ctx.now,
    });
    return {
      value: { state: "draft" as const },
      events: [
        { event: { kind: "manifest.withdrawn", agentId: agent.id, manifestId: manifest.id } },
      ],
    };
  },
});
