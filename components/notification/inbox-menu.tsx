"use client";

import { Bell } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { type FormState, FormStatus } from "@/components/layout/form-status";
import { SubmitButton } from "@/components/layout/submit-button";
import { Time } from "@/components/layout/time";
import { useAct } from "@/components/layout/use-act";
import { Button } from "@/components/ui/button";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { formatCount } from "@/lib/format";
import { cn } from "@/lib/utils";

type Note = {
  readonly id: string;
  readonly title: string;
  readonly href: string;
  readonly at: string;
  readonly read: boolean;
};

type MarkRead = (which: { readonly id: string } | { readonly upTo: string }) => Promise<FormState>;

/** What was sent to the signed-in person, unread first. Following a note marks it as read. */
export function InboxMenu({
  notes,
  unread,
  shownAt,
  markRead,
}: {
  readonly notes: readonly Note[];
  readonly unread: number;
  /** ISO 8601: "mark all" touches nothing that came after */
  readonly shownAt: string;
  readonly markRead: MarkRead;
}) {
  const [open, setOpen] = useState(false);
  const { state, pending, run } = useAct();
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button
          variant="ghost"
          size="icon"
          className="relative"
          aria-label={`Inbox, ${formatCount(unread, "unread note")}`}
        >
          <Bell aria-hidden />
          {unread > 0 ? (
            <span
              aria-hidden
              className="absolute -top-0.5 -right-0.5 grid h-4 min-w-4 place-items-center rounded-full bg-primary px-1 text-[10px] font-semibold text-primary-foreground"
            >
              {unread > 99 ? "99+" : unread}
            </span>
          ) : null}
        </Button>
      </PopoverTrigger>
      <PopoverContent align="end" aria-label="Inbox" className="w-96 p-0">
        <div className="flex items-center justify-between gap-2 border-b py-2 pr-2 pl-3.5">
          <p className="font-medium">Inbox</p>
          {unread > 0 ? (
            <form
              method="post"
              onSubmit={(event) => {
                event.preventDefault();
                run(() => markRead({ upTo: shownAt }));
              }}
            >
              <SubmitButton variant="ghost" size="sm" pending={pending}>
                Mark all as read
              </SubmitButton>
            </form>
          ) : null}
        </div>
        <FormStatus state={state} className="m-2" />
        {notes.length === 0 ? (
          <p className="px-3.5 py-6 text-center text-[13px] text-muted-foreground">
            Nothing was sent to you yet.
          </p>
        ) : (
          <ul className="max-h-96 divide-y overflow-y-auto">
            {notes.map((note) => (
              <li key={note.id}>
                <Link
                  href={note.href}
                  className="grid grid-cols-[0.5rem_minmax(0,1fr)] gap-x-2.5 px-3.5 py-2.5 -outline-offset-2 hover:bg-muted"
                  onClick={() => {
                    setOpen(false);
                    if (!note.read) run(() => markRead({ id: note.id }));
                  }}
                >
                  <span
                    aria-hidden
                    className={cn("mt-1.5 size-2 rounded-full", !note.read && "bg-primary")}
                  />
                  <span className={cn("wrap-anywhere", !note.read && "font-medium")}>
                    {note.read ? null : <span className="sr-only">Unread: </span>}
                    {note.title}
                  </span>
                  <span className="col-start-2 text-xs text-muted-foreground">
                    <Time iso={note.at} relative />
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        )}
      </PopoverContent>
    </Popover>
  );
}
