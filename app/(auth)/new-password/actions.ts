"use server";

import { redirect } from "next/navigation";
import { AppError } from "@/lib/domain/errors";
import { type ActionState, attempt } from "@/lib/server/action";
import { changePassword } from "@/lib/server/identity/change-password";
import { temporarySession } from "@/lib/server/session";

/** The only thing that a session with a temporary password may do. */
export async function setNewPassword(
  _previous: ActionState<null>,
  form: FormData,
): Promise<ActionState<null>> {
  return attempt(async () => {
    const ctx = await temporarySession();
    if (ctx === null) redirect("/sign-in");
    const password = form.get("password");
    if (password !== form.get("repeated")) {
      const message = "the two are not the same";
      throw new AppError("invalid", message, { fields: [{ path: "repeated", message }] });
    }
    await changePassword(ctx, { sessionId: ctx.sessionId, password });
    redirect("/");
  });
}
