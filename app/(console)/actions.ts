"use server";

import { revalidatePath } from "next/cache";
import { type ActionState, attempt } from "@/lib/server/action";
import { markRead } from "@/lib/server/notification/mark-read";
import { requireCtx } from "@/lib/server/session";

/** Marks one of the reader's notes as read, or all that came up to a moment (ISO 8601). */
export async function markNotesRead(
  which: { readonly id: string } | { readonly upTo: string },
): Promise<ActionState> {
  const ctx = await requireCtx();
  return attempt(async () => {
    await markRead(ctx, which);
    revalidatePath("/", "layout");
    return undefined;
  });
}
