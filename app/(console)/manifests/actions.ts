"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { type ActionState, attempt } from "@/lib/server/action";
import { approveManifest } from "@/lib/server/manifest/approve";
import { createDraft } from "@/lib/server/manifest/create-draft";
import { prepareApproval } from "@/lib/server/manifest/prepare-approval";
import { getManifest } from "@/lib/server/manifest/queries";
import { returnManifest } from "@/lib/server/manifest/return";
import { revokeManifest } from "@/lib/server/manifest/revoke";
import { runBacktest } from "@/lib/server/manifest/run-backtest";
import { saveDraft } from "@/lib/server/manifest/save-draft";
import { submitManifest } from "@/lib/server/manifest/submit";
import { withdrawManifest } from "@/lib/server/manifest/withdraw";
import { requireCtx } from "@/lib/server/session";

// What a person sends is unknown: each verb checks who asks, parses it, and refuses what it does not know.

type Id = { readonly manifestId: string };
type WithReason = Id & { readonly reason: string };

/** Starts a draft and opens it in the editor. `from`: `template`, or the id of a version to start from. */
export async function startDraftAction(_: ActionState, form: FormData): Promise<ActionState> {
  const ctx = await requireCtx();
  return attempt(async () => {
    const from = form.get("from");
    const { manifestId } = await createDraft(ctx, {
      agentId: form.get("agentId"),
      from: from === "template" ? { kind: "template" } : { kind: "version", manifestId: from },
    });
    revalidatePath("/manifests");
    redirect(`/manifests/${manifestId}/edit`);
  });
}

/** Stores the text as it stands, finished or not. `at`: when it was stored. */
export async function saveDraftAction(
  input: Id & { readonly revision: number; readonly text: string },
): Promise<ActionState<{ readonly revision: number; readonly at: string }>> {
  const ctx = await requireCtx();
  return attempt(async () => {
    const { revision } = await saveDraft(ctx, input);
    return { revision, at: ctx.now.toISOString() };
  });
}

/** What the server holds, for someone whose own text was overtaken. */
export async function loadDraftAction(
  manifestId: string,
): Promise<ActionState<{ readonly text: string; readonly revision: number; readonly at: string }>> {
  const ctx = await requireCtx();
  return attempt(async () => {
    const { text, revision, updatedAt } = await getManifest(ctx, manifestId);
    return { text, revision, at: updatedAt };
  });
}

export async function submitManifestAction(
  input: Id & { readonly revision: number },
): Promise<ActionState<{ readonly digest: string }>> {
  const ctx = await requireCtx();
  return attempt(async () => {
    const value = await submitManifest(ctx, input);
    refresh(input.manifestId);
    return value;
  });
}

export async function withdrawManifestAction({ manifestId }: Id): Promise<ActionState<void>> {
  const ctx = await requireCtx();
  return attempt(async () => {
    await withdrawManifest(ctx, { manifestId });
    refresh(manifestId);
  });
}

export async function returnManifestAction(input: WithReason): Promise<ActionState<void>> {
  const ctx = await requireCtx();
  return attempt(async () => {
    await returnManifest(ctx, input);
    refresh(input.manifestId);
  });
}

export async function revokeManifestAction(input: WithReason): Promise<ActionState<void>> {
  const ctx = await requireCtx();
  return attempt(async () => {
    await revokeManifest(ctx, input);
    refresh(input.manifestId);
  });
}

export async function runBacktestAction(
  manifestId: string,
): Promise<ActionState<{ readonly backtestId: string }>> {
  const ctx = await requireCtx();
  return attempt(async () => {
    const { backtestId } = await runBacktest(ctx, { manifestId });
    revalidatePath(`/manifests/${manifestId}`);
    return { backtestId };
  });
}

/** States what is to be signed, and what it may be signed with. */
export async function prepareApprovalAction(
  input: Id & { readonly backtestId: string; readonly attestation: string },
): Promise<ActionState<Awaited<ReturnType<typeof prepareApproval>>>> {
  const ctx = await requireCtx();
  return attempt(() => prepareApproval(ctx, input));
}

/** Records the signature, and where it is the last one needed, puts the manifest in force. */
export async function approveManifestAction(
  input: Id & {
    readonly backtestId: string;
    readonly attestation: string;
    readonly at: string;
    readonly proof: unknown;
  },
): Promise<ActionState<Awaited<ReturnType<typeof approveManifest>>>> {
  const ctx = await requireCtx();
  return attempt(async () => {
    const value = await approveManifest(ctx, input);
    refresh(input.manifestId);
    return value;
  });
}

function refresh(manifestId: string): void {
  revalidatePath(`/manifests/${manifestId}`);
  revalidatePath("/manifests");
}
