import type { Metadata } from "next";
import Link from "next/link";
import { DrillsCard } from "@/components/containment/drills-card";
import { FirmStopCard } from "@/components/containment/firm-stop-card";
import { IncidentsTable } from "@/components/incident/incidents-table";
import { FilterBar } from "@/components/layout/filter-bar";
import { PageHeader } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import { can } from "@/lib/domain/access/permissions";
import { firmStopReach, listDrills } from "@/lib/server/containment/queries";
import { listIncidents } from "@/lib/server/incident/queries";
import { requirePermission } from "@/lib/server/session";
import {
  acknowledgeDrillAction,
  beginFirmStopAction,
  endDrillAction,
  throwFirmStopAction,
} from "./actions";

export const metadata: Metadata = { title: "Incidents" };

const FILTERS = [
  {
    name: "state",
    label: "State",
    options: [
      { value: "open", label: "open" },
      { value: "closed", label: "closed" },
    ],
  },
];

export default async function IncidentsPage({ searchParams }: PageProps<"/incidents">) {
  const ctx = await requirePermission("incident:read");
  const params = await searchParams;
  const [{ rows, ...info }, drills, reach] = await Promise.all([
    listIncidents(ctx, params),
    listDrills(ctx, null),
    can(ctx.actor, "containment:stop-all") ? firmStopReach(ctx) : null,
  ]);
  return (
    <>
      <PageHeader
        title="Incidents"
        description="What went wrong, how it was assessed, which reports fall due when, and what was learnt."
        actions={
          can(ctx.actor, "incident:manage") ? (
            <Button asChild>
              <Link href="/incidents/new">Open an incident</Link>
            </Button>
          ) : null
        }
      />
      <div className="grid gap-6">
        <div>
          <FilterBar filters={FILTERS} />
          <IncidentsTable rows={rows} info={info} />
        </div>
        {reach === null ? null : (
          <FirmStopCard reach={reach} begin={beginFirmStopAction} act={throwFirmStopAction} />
        )}
        <DrillsCard
          drills={drills}
          reader={{
            id: ctx.actor.id,
            oversees: ctx.actor.roles.some((role) => role === "compliance" || role === "admin"),
          }}
          acknowledge={acknowledgeDrillAction}
          end={endDrillAction}
        />
      </div>
    </>
  );
}
