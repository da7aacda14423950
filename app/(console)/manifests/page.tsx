import type { Metadata } from "next";
import { PageHeader } from "@/components/layout/page-header";
import { ManifestFilters } from "@/components/manifest/manifest-filters";
import { ManifestTable } from "@/components/manifest/manifest-table";
import { WaitingForMe } from "@/components/manifest/waiting-for-me";
import { can } from "@/lib/domain/access/permissions";
import { isManifestState } from "@/lib/domain/manifest/lifecycle";
import { listManifests, pendingApprovalsFor } from "@/lib/server/manifest/queries";
import { requirePermission } from "@/lib/server/session";

export const metadata: Metadata = { title: "Manifests" };

const PAGE_SIZE = 25;
const SORTS = ["submittedAt", "updatedAt", "agent", "version", "state"] as const;
const NEWEST = "-updatedAt";

export default async function ManifestsPage({ searchParams }: PageProps<"/manifests">) {
  const ctx = await requirePermission("manifest:read");
  const params = await searchParams;
  const isOwner = can(ctx.actor, "manifest:draft");
  const sort = readSort(params["sort"]);
  const page = readPage(params["page"]);
  const state = readText(params["state"]);
  const q = readText(params["q"]);
  const agent = readText(params["agent"]);
  const [found, pending, returned] = await Promise.all([
    listManifests(ctx, {
      ...(state !== undefined && isManifestState(state) ? { state } : {}),
      ...(q === undefined ? {} : { q }),
      ...(agent === undefined ? {} : { agentId: agent }),
      ...(params["mine"] === "1" ? { mine: true } : {}),
      page,
      pageSize: PAGE_SIZE,
      sort: sort.column,
      dir: sort.dir,
    }),
    can(ctx.actor, "manifest:approve") ? pendingApprovalsFor(ctx) : [],
    isOwner
      ? listManifests(ctx, {
          state: "returned",
          mine: true,
          page: 1,
          pageSize: 10,
          sort: "updatedAt",
          dir: "desc",
        }).then(({ rows }) => rows.filter(({ sponsorId }) => sponsorId !== ctx.actor.id))
      : [],
  ]);
  const filtered = [state, q, agent, params["mine"]].some((value) => value !== undefined);
  return (
    <>
      <PageHeader
        title="Manifests"
        description="What each agent is for and what it may do. Once its sponsor has approved a version, that version is the agent's only authority."
      />
      <WaitingForMe pending={pending} returned={returned} />
      <ManifestFilters />
      <ManifestTable
        rows={found.rows}
        info={{
          page,
          pageSize: PAGE_SIZE,
          total: found.total,
          sort: sort.dir === "desc" ? `-${sort.column}` : sort.column,
        }}
        filtered={filtered}
        isOwner={isOwner}
      />
    </>
  );
}

function readSort(raw: string | string[] | undefined) {
  const text = typeof raw === "string" ? raw : NEWEST;
  const column = SORTS.find((name) => name === text.replace(/^-/, "")) ?? "updatedAt";
  const dir = text.startsWith("-") ? ("desc" as const) : ("asc" as const);
  return { column, dir };
}

/** One short text; what the database could not hold (NUL) counts as not given. */
function readText(raw: string | string[] | undefined): string | undefined {
  return typeof raw === "string" && !raw.includes("\u0000") ? raw.slice(0, 200) : undefined;
}

function readPage(raw: string | string[] | undefined): number {
  const page = typeof raw === "string" && /^\d{1,6}$/.test(raw) ? Number(raw) : 1;
  return Math.max(1, page);
}
