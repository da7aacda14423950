import { authorise, type Ctx } from "../context";
import { db } from "../db";

type NoteView = {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly href: string;
  /** ISO 8601 */
  readonly at: string;
  readonly read: boolean;
};

export type Inbox = { readonly notes: readonly NoteView[]; readonly unread: number };

/** The reader's own notes, unread ones first, then the newest. Throws AppError("forbidden"). */
export async function readInbox(ctx: Ctx, limit = 20): Promise<Inbox> {
  authorise(ctx, "self:manage");
  const personId = ctx.actor.id;
  const [unread, notes] = await Promise.all([
    db.notification.count({ where: { personId, readAt: null } }),
    db.notification.findMany({
      where: { personId },
      orderBy: [{ readAt: { sort: "desc", nulls: "first" } }, { createdAt: "desc" }, { id: "asc" }],
      take: Math.min(100, Math.max(1, limit)),
    }),
  ]);
  return {
    unread,
    notes: notes.map(({ id, kind, title, href, createdAt, readAt }) => ({
      id,
      kind,
      title,
      href,
      at: createdAt.toISOString(),
      read: readAt !== null,
    })),
  };
}
