import type { Metadata } from "next";
import { AddPersonDialog } from "@/components/identity/add-person-dialog";
import { PeopleTable } from "@/components/identity/people-table";
import { FilterBar } from "@/components/layout/filter-bar";
import { PageHeader } from "@/components/layout/page-header";
import { can, ROLES } from "@/lib/domain/access/permissions";
import { ROLE_WORDS } from "@/lib/domain/identity/role-words";
import { listPeople, PeopleFilter } from "@/lib/server/identity/queries";
import { timeZones } from "@/lib/server/identity/time-zones";
import { requirePermission } from "@/lib/server/session";
import {
  addPersonAction,
  changeRolesAction,
  deactivateAction,
  endSessionsAction,
  reactivateAction,
  resetPasswordAction,
} from "./actions";

export const metadata: Metadata = { title: "People" };

type Props = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> };

const FILTERS = [
  {
    name: "role",
    label: "Role",
    options: ROLES.map((role) => ({ value: role, label: ROLE_WORDS[role].label })),
  },
  {
    name: "state",
    label: "State",
    options: [
      { value: "active", label: "Active" },
      { value: "inactive", label: "Deactivated" },
    ],
  },
];

export default async function PeoplePage({ searchParams }: Props) {
  const ctx = await requirePermission("people:read");
  const page = await listPeople(ctx, PeopleFilter.parse(await searchParams));
  const mayManage = can(ctx.actor, "people:manage");
  return (
    <>
      <PageHeader
        title="People"
        description="Who works with Countersign, in which roles. Every change is recorded."
        actions={
          mayManage ? (
            <AddPersonDialog zones={timeZones()} zone={ctx.timeZone} add={addPersonAction} />
          ) : null
        }
      />
      <FilterBar search="Search name, e-mail or title" filters={FILTERS} />
      <PeopleTable
        rows={page.rows}
        info={page.info}
        ownId={ctx.person.id}
        acts={
          mayManage
            ? {
                changeRoles: changeRolesAction,
                resetPassword: resetPasswordAction,
                deactivate: deactivateAction,
                reactivate: reactivateAction,
                endSessions: endSessionsAction,
              }
            : null
        }
      />
    </>
  );
}
