"use server";

import { revalidatePath } from "next/cache";
import { type ActionState, attempt } from "@/lib/server/action";
import { addPerson } from "@/lib/server/identity/add-person";
import { changeRoles } from "@/lib/server/identity/change-roles";
import { deactivatePerson } from "@/lib/server/identity/deactivate-person";
import { endPersonSessions } from "@/lib/server/identity/end-person-sessions";
import { reactivatePerson } from "@/lib/server/identity/reactivate-person";
import { resetPassword } from "@/lib/server/identity/reset-password";
import { requireCtx } from "@/lib/server/session";

/** The temporary password goes to the administrator's screen once, and nowhere else. */
export async function addPersonAction(
  form: FormData,
): Promise<ActionState<{ readonly temporaryPassword: string }>> {
  const ctx = await requireCtx();
  return attempt(async () => {
    const { temporaryPassword } = await addPerson(ctx, {
      name: form.get("name"),
      email: form.get("email"),
      title: form.get("title") ?? "",
      timeZone: form.get("timeZone"),
      roles: form.getAll("roles"),
    });
    revalidatePath("/people");
    return { temporaryPassword };
  });
}

export async function resetPasswordAction(
  personId: string,
): Promise<ActionState<{ readonly temporaryPassword: string }>> {
  const ctx = await requireCtx();
  return attempt(async () => {
    const value = await resetPassword(ctx, { personId });
    revalidatePath("/people");
    return value;
  });
}

export async function changeRolesAction(personId: string, form: FormData): Promise<ActionState> {
  const ctx = await requireCtx();
  return attempt(async () => {
    await changeRoles(ctx, { personId, roles: form.getAll("roles") });
    revalidatePath("/people");
    return undefined;
  });
}

export async function deactivateAction(personId: string): Promise<ActionState> {
  const ctx = await requireCtx();
  return attempt(async () => {
    await deactivatePerson(ctx, { personId });
    revalidatePath("/people");
    return undefined;
  });
}

export async function reactivateAction(personId: string): Promise<ActionState> {
  const ctx = await requireCtx();
  return attempt(async () => {
    await reactivatePerson(ctx, { personId });
    revalidatePath("/people");
    return undefined;
  });
}

export async function endSessionsAction(personId: string): Promise<ActionState> {
  const ctx = await requireCtx();
  return attempt(async () => {
    await endPersonSessions(ctx, { personId });
    revalidatePath("/people");
    return undefined;
  });
}
