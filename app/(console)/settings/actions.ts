"use server";

import type { PublicKeyCredentialCreationOptionsJSON } from "@simplewebauthn/server";
import { revalidatePath } from "next/cache";
import { AppError } from "@/lib/domain/errors";
import { type ActionState, attempt } from "@/lib/server/action";
import { beginPasskeyRegistration } from "@/lib/server/identity/begin-passkey-registration";
import { changePassword } from "@/lib/server/identity/change-password";
import { registerPasskey } from "@/lib/server/identity/register-passkey";
import { removePasskey } from "@/lib/server/identity/remove-passkey";
import { renamePasskey } from "@/lib/server/identity/rename-passkey";
import { revokeOtherSessions, revokeSession } from "@/lib/server/identity/revoke-session";
import { updateProfile } from "@/lib/server/identity/update-profile";
import { requireCtx } from "@/lib/server/session";

export async function saveProfile(form: FormData): Promise<ActionState> {
  const ctx = await requireCtx();
  return attempt(async () => {
    await updateProfile(ctx, {
      name: form.get("name"),
      title: form.get("title"),
      timeZone: form.get("timeZone"),
    });
    revalidatePath("/", "layout");
    return undefined;
  }, "Saved.");
}

export async function savePassword(form: FormData): Promise<ActionState> {
  const ctx = await requireCtx();
  return attempt(async () => {
    const password = form.get("password");
    if (password !== form.get("repeated")) {
      const message = "the two are not the same";
      throw new AppError("invalid", message, { fields: [{ path: "repeated", message }] });
    }
    const current = form.get("current");
    await changePassword(ctx, {
      sessionId: ctx.sessionId,
      password,
      ...(current === null ? {} : { current }),
    });
    revalidatePath("/settings");
    return undefined;
  }, "Your password is changed, and your other sessions have ended.");
}

export async function beginPasskey(): Promise<ActionState<PublicKeyCredentialCreationOptionsJSON>> {
  const ctx = await requireCtx();
  return attempt(() => beginPasskeyRegistration(ctx, ctx.sessionId));
}

export async function addPasskey(name: string, response: unknown): Promise<ActionState> {
  const ctx = await requireCtx();
  return attempt(async () => {
    await registerPasskey(ctx, { sessionId: ctx.sessionId, name, response });
    revalidatePath("/settings");
    return undefined;
  }, "The passkey is added.");
}

export async function namePasskey(passkeyId: string, name: string): Promise<ActionState> {
  const ctx = await requireCtx();
  return attempt(async () => {
    await renamePasskey(ctx, { passkeyId, name });
    revalidatePath("/settings");
    return undefined;
  });
}

export async function dropPasskey(passkeyId: string): Promise<ActionState> {
  const ctx = await requireCtx();
  return attempt(async () => {
    await removePasskey(ctx, { sessionId: ctx.sessionId, passkeyId });
    revalidatePath("/settings");
    return undefined;
  });
}

export async function endSession(sessionId: string): Promise<ActionState> {
  const ctx = await requireCtx();
  return attempt(async () => {
    await revokeSession(ctx, { sessionId });
    revalidatePath("/settings");
    return undefined;
  });
}

export async function endOtherSessions(): Promise<ActionState> {
  const ctx = await requireCtx();
  return attempt(async () => {
    await revokeOtherSessions(ctx, { keep: ctx.sessionId });
    revalidatePath("/settings");
    return undefined;
  });
}
