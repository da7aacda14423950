"use client";

import {
  BookLock,
  Bot,
  CalendarCheck,
  FileSignature,
  Grid3x3,
  ListChecks,
  type LucideIcon,
  Settings,
  Siren,
  Users,
} from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { Room } from "@/lib/domain/identity/rooms";
import { cn } from "@/lib/utils";

const LOOKS: Readonly<Record<Room, { readonly label: string; readonly icon: LucideIcon }>> = {
  "/": { label: "Today", icon: CalendarCheck },
  "/portfolio": { label: "Portfolio", icon: Grid3x3 },
  "/agents": { label: "Agents", icon: Bot },
  "/manifests": { label: "Manifests", icon: FileSignature },
  "/reviews": { label: "Reviews", icon: ListChecks },
  "/incidents": { label: "Incidents", icon: Siren },
  "/ledger": { label: "Ledger", icon: BookLock },
  "/people": { label: "People", icon: Users },
  "/settings": { label: "Settings", icon: Settings },
};

/** What waits in a room, e.g. `{ count: 3, words: "open reviews" }`. */
export type Waiting = { readonly count: number; readonly words: string };

/** The navigation. `waiting` puts a number beside a room where something waits for this person. */
export function ConsoleNav({
  rooms,
  waiting,
  onNavigate,
}: {
  readonly rooms: readonly Room[];
  readonly waiting: Partial<Readonly<Record<Room, Waiting>>>;
  readonly onNavigate?: () => void;
}) {
  const pathname = usePathname();
  return (
    <nav aria-label="Main">
      <ul className="grid gap-0.5">
        {rooms.map((room) => {
          const { label, icon: Icon } = LOOKS[room];
          const here = room === "/" ? pathname === "/" : pathname.split("/")[1] === room.slice(1);
          const waits = waiting[room];
          return (
            <li key={room}>
              <Link
                href={room}
                aria-current={here ? "page" : undefined}
                {...(onNavigate ? { onClick: onNavigate } : {})}
                className={cn(
                  "flex h-8.5 items-center gap-2.5 rounded-md px-2.5 text-sm font-medium text-muted-foreground hover:bg-muted hover:text-foreground",
                  here &&
                    "bg-accent text-accent-foreground hover:bg-accent hover:text-accent-foreground",
                )}
              >
                <Icon className="size-4 shrink-0" aria-hidden />
                {label}
                {waits && waits.count > 0 ? (
                  <span className="ml-auto rounded-full bg-hold-soft px-1.5 text-xs font-medium text-hold">
                    {waits.count}
                    <span className="sr-only"> {waits.words}</span>
                  </span>
                ) : null}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
