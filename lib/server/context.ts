import { type Actor, can, type Permission } from "@/lib/domain/access/permissions";
import { AppError } from "@/lib/domain/errors";

/** Who acts, and when. Time is an argument so that the seed can act in the past and a test at any moment. */
export type Ctx = { readonly actor: Actor; readonly now: Date };

/** Throws AppError("forbidden") unless the actor holds the permission. */
export function authorise(ctx: Ctx, permission: Permission): void {
  if (!can(ctx.actor, permission)) {
    throw new AppError("forbidden", `your roles do not include \`${permission}\``);
  }
}
