import { can } from "@/lib/domain/access/permissions";
import type { Ctx } from "./context";
import { countReviews } from "./review/queries";
import { manifestsToApprove } from "./today/manifests";

/** What waits for this person, for the numbers in the navigation; zero where they could not do it anyway. */
export async function waitingFor(
  ctx: Ctx,
): Promise<{ readonly reviews: number; readonly approvals: number }> {
  const [reviews, approvals] = await Promise.all([
    openReviews(ctx),
    can(ctx.actor, "manifest:approve") ? manifestsToApprove(ctx).then(({ total }) => total) : 0,
  ]);
  return { reviews, approvals };
}

/** A sponsor's own; of the others, compliance has those that were escalated. */
async function openReviews(ctx: Ctx): Promise<number> {
  if (ctx.actor.roles.includes("sponsor")) return (await countReviews(ctx, { mine: true })).open;
  if (!can(ctx.actor, "review:resolve")) return 0;
  return (await countReviews(ctx, { mine: false })).escalated;
}
