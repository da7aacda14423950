"use client";

import { Ellipsis, Users } from "lucide-react";
import { useMemo, useState } from "react";
import { type PersonActs, PersonDialogs } from "@/components/identity/person-dialogs";
import type { Chosen, Person, PersonAct } from "@/components/identity/person-row";
import { RoleBadges } from "@/components/identity/role-badges";
import { DataTable, dataColumns, type PageInfo } from "@/components/layout/data-table";
import { EmptyState } from "@/components/layout/empty-state";
import { Time } from "@/components/layout/time";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";

const column = dataColumns<Person>();

/** The people. With `acts`, each row has a menu of what an administrator may do. */
export function PeopleTable({
  rows,
  info,
  ownId,
  acts,
}: {
  readonly rows: readonly Person[];
  readonly info: PageInfo;
  readonly ownId: string;
  readonly acts: PersonActs | null;
}) {
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const manages = acts !== null;
  const columns = useMemo(() => {
    const shown = column.columns([
      column.accessor("name", {
        header: "Name",
        enableSorting: true,
        cell: ({ row }) => <NameCell person={row.original} own={row.original.id === ownId} />,
      }),
      column.accessor("roles", {
        header: "Roles",
        cell: ({ row }) => <RoleBadges roles={row.original.roles} />,
      }),
      column.accessor("passkeys", {
        header: "Passkeys",
        meta: { align: "end", from: "md" },
      }),
      column.accessor("sponsored", {
        header: "Sponsors",
        meta: { align: "end", from: "lg" },
      }),
      column.accessor("owned", { header: "Owns", meta: { align: "end", from: "lg" } }),
      column.accessor("lastSeenAt", {
        header: "Last seen",
        meta: { from: "md" },
        cell: ({ row }) => <SeenCell person={row.original} />,
      }),
      column.accessor("createdAt", {
        header: "Added",
        enableSorting: true,
        meta: { from: "xl", className: "whitespace-nowrap" },
        cell: ({ row }) => <Time iso={row.original.createdAt} style="date" />,
      }),
    ]);
    if (!manages) return shown;
    return [
      ...shown,
      column.display({
        id: "acts",
        header: () => <span className="sr-only">Actions</span>,
        meta: { align: "end" },
        cell: ({ row }) => (
          <PersonRowMenu
            person={row.original}
            own={row.original.id === ownId}
            onChoose={(act) => setChosen({ act, person: row.original })}
          />
        ),
      }),
    ];
  }, [manages, ownId]);

  return (
    <>
      <DataTable
        label="People"
        noun="people"
        columns={columns}
        rows={rows}
        info={info}
        rowId={(person) => person.id}
        empty={
          <EmptyState
            icon={Users}
            title="Nobody fits this search"
            description="Change the search or the filters."
          />
        }
      />
      {acts && chosen ? (
        <PersonDialogs
          key={`${chosen.act} ${chosen.person.id}`}
          chosen={chosen}
          acts={acts}
          onClose={() => setChosen(null)}
        />
      ) : null}
    </>
  );
}

function NameCell({ person, own }: { readonly person: Person; readonly own: boolean }) {
  return (
    <div className="grid min-w-40 gap-0.5 md:min-w-64">
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
        {person.name}
        {own ? <Badge tone="info">You</Badge> : null}
        {person.active ? null : <Badge tone="deny">Deactivated</Badge>}
        {person.active && person.temporary ? <Badge tone="hold">Temporary password</Badge> : null}
      </span>
      <span className="flex flex-wrap gap-x-2 text-[13px] text-muted-foreground">
        {person.title ? <span>{person.title}</span> : null}
        <span className="text-xs leading-5 wrap-anywhere max-sm:hidden">{person.email}</span>
      </span>
    </div>
  );
}

function SeenCell({ person }: { readonly person: Person }) {
  if (person.lastSeenAt === null) return <span className="text-muted-foreground">Never</span>;
  return (
    <span className="whitespace-nowrap">
      <Time iso={person.lastSeenAt} relative />
      {person.sessions > 0 ? (
        <Badge tone="allow" className="ml-2">
          Signed in
        </Badge>
      ) : null}
    </span>
  );
}

function PersonRowMenu({
  person,
  own,
  onChoose,
}: {
  readonly person: Person;
  readonly own: boolean;
  readonly onChoose: (act: PersonAct) => void;
}) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="icon-sm" aria-label={`Actions for ${person.name}`}>
          <Ellipsis aria-hidden />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuItem onSelect={() => onChoose("roles")}>Change roles…</DropdownMenuItem>
        <DropdownMenuItem disabled={own || !person.active} onSelect={() => onChoose("password")}>
          Give a temporary password…
        </DropdownMenuItem>
        <DropdownMenuItem disabled={person.sessions === 0} onSelect={() => onChoose("sessions")}>
          End all sessions…
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        {person.active ? (
          <DropdownMenuItem
            variant="destructive"
            disabled={own}
            onSelect={() => onChoose("deactivate")}
          >
            Deactivate…
          </DropdownMenuItem>
        ) : (
          <DropdownMenuItem onSelect={() => onChoose("reactivate")}>Reactivate…</DropdownMenuItem>
        )}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
