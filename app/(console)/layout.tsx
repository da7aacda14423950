import Link from "next/link";
import type { ReactNode } from "react";
import { FirmStopBanner } from "@/components/containment/firm-stop-banner";
import { ConsoleNav } from "@/components/identity/console-nav";
import { MobileNav } from "@/components/identity/mobile-nav";
import { PersonMenu } from "@/components/identity/person-menu";
import { ZoneProvider } from "@/components/layout/time";
import { Wordmark } from "@/components/layout/wordmark";
import { InboxMenu } from "@/components/notification/inbox-menu";
import { can } from "@/lib/domain/access/permissions";
import { ROLE_WORDS } from "@/lib/domain/identity/role-words";
import { visibleRooms } from "@/lib/domain/identity/rooms";
import { firmStopState } from "@/lib/server/containment/queries";
import { readInbox } from "@/lib/server/notification/queries";
import { requireCtx } from "@/lib/server/session";
import { waitingFor } from "@/lib/server/waiting";
import { markNotesRead } from "./actions";

/** The shell around every page of a signed-in person. It decides nothing about access: each page does. */
export default async function ConsoleLayout({ children }: { readonly children: ReactNode }) {
  const ctx = await requireCtx();
  const rooms = visibleRooms(ctx.actor);
  const [waits, inbox, firmStop] = await Promise.all([
    waitingFor(ctx),
    readInbox(ctx),
    can(ctx.actor, "today:read") ? firmStopState(ctx) : null,
  ]);
  const waiting = {
    "/reviews": { count: waits.reviews, words: "open reviews" },
    "/manifests": { count: waits.approvals, words: "manifests to approve" },
  };
  return (
    <ZoneProvider zone={ctx.timeZone}>
      <a
        href="#content"
        className="sr-only z-50 rounded-md bg-primary px-3 py-2 text-primary-foreground focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to the content
      </a>
      <div className="lg:grid lg:min-h-dvh lg:grid-cols-[13.5rem_minmax(0,1fr)]">
        <aside aria-label="Console" className="hidden border-r bg-sidebar lg:block">
          <div className="sticky top-0 grid gap-5 p-3">
            <Link href="/" className="flex w-fit rounded-md px-2.5 pt-1.5">
              <Wordmark />
            </Link>
            <ConsoleNav rooms={rooms} waiting={waiting} />
          </div>
        </aside>
        <div className="flex min-w-0 flex-col">
          <header className="sticky top-0 z-30 flex h-12 items-center gap-2 border-b bg-sidebar px-2 sm:px-4">
            <MobileNav rooms={rooms} waiting={waiting} />
            <Link href="/" className="flex rounded-md lg:hidden">
              <Wordmark />
            </Link>
            <div className="ml-auto flex min-w-0 items-center gap-1">
              <InboxMenu
                notes={inbox.notes}
                unread={inbox.unread}
                shownAt={ctx.now.toISOString()}
                markRead={markNotesRead}
              />
              <PersonMenu
                name={ctx.person.name}
                email={ctx.person.email}
                roles={ctx.person.roles.map((role) => ROLE_WORDS[role].label)}
              />
            </div>
          </header>
          <main
            id="content"
            tabIndex={-1}
            className="mx-auto w-full max-w-[90rem] min-w-0 flex-1 px-4 py-5 focus:outline-none sm:px-6"
          >
            {firmStop === null ? null : <FirmStopBanner stop={firmStop} />}
            {children}
          </main>
        </div>
      </div>
    </ZoneProvider>
  );
}
