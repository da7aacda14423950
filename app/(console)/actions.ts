"use server";

import { revalidatePath } from "next/cache";
import { attempt } from "@/lib/server/action";
import { markRead } from "@/lib/server/notification/mark-read";
import { requireCtx } from "@/lib/server/session";

export async function markReadAction(id: string) {
  const ctx = await requireCtx();
  return attempt(async () => {
    await markRead(ctx, { id });
    revalidatePath("/");
  });
}

/** `upTo`: when the newest note that the reader saw was written (ISO 8601). */
export async function markAllReadAction(upTo: string) {
  const ctx = await requireCtx();
  return attempt(async () => {
    await markRead(ctx, { upTo });
    revalidatePath("/");
  });
}
