import { z } from "zod";
import { asTier } from "@/lib/domain/agent/tier";
import { AppError } from "@/lib/domain/errors";
import { digestOf } from "@/lib/domain/manifest/approval";
import type { Finding } from "@/lib/domain/manifest/finding";
import type { IntentManifest } from "@/lib/domain/manifest/manifest";
import { checkManifest } from "@/lib/domain/manifest/static-check";
import { command } from "../command";
import type { Ctx } from "../context";
import { notify } from "../notify";
import { peopleBehind } from "../standing";
import { ManifestId, Revision } from "./input";
import { loadFor } from "./load";
import { readStored, toStore } from "./stored-document";

/**
 * Puts a draft before the agent's acting sponsor. From now on the document does not change; its digest is
 * SHA-256(JCS(document)). Returns `{ digest }`. Errors: "invalid" whose fields name each problem by JSON pointer;
 * "stale" where the draft was saved since `revision`; "conflict" where another version waits or overtook this one.
 */
export const submitManifest = command({
  permission: "manifest:submit",
  input: z.strictObject({ manifestId: ManifestId, revision: Revision }),
  async run(tx, { ctx, input }) {
    const { manifest, agent, acting } = await loadFor("submit", tx, ctx, input.manifestId);
    if (manifest.revision !== input.revision) throw savedElsewhere();
    const { document, findings } = sound(manifest.document, agent, ctx);
    const digest = digestOf(document);
    // Saving takes no lock: what was saved after it was read here must not be overwritten.
    const { count } = await tx.manifest.updateMany({
      where: { id: manifest.id, revision: input.revision, state: manifest.state },
      data: {
        state: "submitted",
        // As it was read: trimmed, so that what is signed is what is stored.
        document: toStore(document),
        digest,
        returnReason: null,
        submittedAt: ctx.now,
        updatedAt: ctx.now,
      },
    });
    if (count === 0) throw savedElsewhere();
    const { version } = manifest;
    const readers = acting ? [acting.personId] : await peopleBehind(tx, agent);
    await notify(tx, {
      personIds: readers.filter((id) => id !== ctx.actor.id),
      kind: "manifest.submitted",
      title: `${agent.name}: version ${version} of its manifest waits for your approval`,
      href: `/manifests/${manifest.id}`,
      now: ctx.now,
    });
    return {
      value: { digest },
      events: [
        {
          event: {
            kind: "manifest.submitted",
            agentId: agent.id,
            manifestId: manifest.id,
            version,
            digest,
          },
          detail: {
            findings: findings.map(({ severity, code, path }) => ({ severity, code, path })),
          },
        },
      ],
    };
  },
});

function savedElsewhere(): AppError {
  return new AppError("stale", "it was saved in another window: reload to see what changed");
}

function sound(
  stored: unknown,
  agent: { readonly id: string; readonly tier: string },
  ctx: Ctx,
): { readonly document: IntentManifest; readonly findings: readonly Finding[] } {
  const { manifest, problems } = readStored(stored, agent.id);
  if (manifest === null) {
    throw new AppError("invalid", "the manifest is not complete yet", { fields: problems });
  }
  const findings = checkManifest(manifest, { now: ctx.now, tier: asTier(agent.tier) });
  const errors = findings.filter((finding) => finding.severity === "error");
  if (errors.length > 0) {
    throw new AppError("invalid", "the manifest can't be submitted like this", { fields: errors });
  }
  return { document: manifest, findings };
}
