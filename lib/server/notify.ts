import type { Tx } from "./db";
import { newId } from "./ids";

type Note = {
  readonly personIds: readonly string[];
  /** e.g. `review.opened`, `manifest.submitted` */
  readonly kind: string;
  readonly title: string;
  /** path in the application that the note leads to */
  readonly href: string;
  readonly now: Date;
};

/** Leaves a note in each person's inbox, in the caller's transaction. */
export async function notify(tx: Pick<Tx, "notification">, note: Note): Promise<void> {
  const people = [...new Set(note.personIds)];
  if (people.length === 0) return;
  await tx.notification.createMany({
    data: people.map((personId) => ({
      id: newId("ntf"),
      personId,
      kind: note.kind,
      title: note.title,
      href: note.href,
      createdAt: note.now,
    })),
  });
}
