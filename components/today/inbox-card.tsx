"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import type { FormState } from "@/components/layout/form-status";
import { Time } from "@/components/layout/time";
import { Button } from "@/components/ui/button";
import { Card, CardAction, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { cn } from "@/lib/utils";

type Note = {
  readonly id: string;
  readonly title: string;
  readonly href: string;
  readonly at: string;
  readonly read: boolean;
};

/** The reader's notes. Opening one marks it as read. */
export function InboxCard({
  notes,
  unread,
  markRead,
  markAllRead,
}: {
  readonly notes: readonly Note[];
  readonly unread: number;
  readonly markRead: (id: string) => Promise<FormState>;
  readonly markAllRead: (upTo: string) => Promise<FormState>;
}) {
  const router = useRouter();
  const [pending, start] = useTransition();
  const newest = notes.reduce((latest, { at }) => (at > latest ? at : latest), "");
  return (
    <Card>
      <CardHeader>
        <CardTitle>
          Notes to you{" "}
          <span className="font-normal text-muted-foreground">
            {unread === 0 ? "all read" : `${unread} unread`}
          </span>
        </CardTitle>
        {unread === 0 ? null : (
          <CardAction>
            <Button
              size="sm"
              variant="ghost"
              disabled={pending}
              onClick={() =>
                start(async () => {
                  await markAllRead(newest);
                  router.refresh();
                })
              }
            >
              Mark all as read
            </Button>
          </CardAction>
        )}
      </CardHeader>
      <CardContent className="p-0">
        {notes.length === 0 ? (
          <p className="p-4 text-[13px] text-muted-foreground">
            You will be told here of reviews, approvals, returns and containments that concern you.
          </p>
        ) : (
          <ul className="max-h-96 divide-y overflow-y-auto">
            {notes.map((note) => (
              <li key={note.id}>
                <a
                  href={note.href}
                  onClick={(event) => {
                    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                    event.preventDefault();
                    start(async () => {
                      if (!note.read) await markRead(note.id);
                      router.push(note.href);
                    });
                  }}
                  className="grid gap-0.5 px-4 py-2 -outline-offset-2 hover:bg-muted/50"
                >
                  <span className={cn("wrap-anywhere", note.read ? "" : "font-medium")}>
                    {note.read ? null : <span className="sr-only">Unread: </span>}
                    {note.title}
                  </span>
                  <Time iso={note.at} relative className="text-[13px] text-muted-foreground" />
                </a>
              </li>
            ))}
          </ul>
        )}
      </CardContent>
    </Card>
  );
}
