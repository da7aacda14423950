import { readFactors } from "@/lib/domain/risk/factors";
import type { Need, NeedSection } from "@/lib/domain/today/view";
import { Prisma } from "@/prisma/generated/client";
import { concerns } from "../concerns";
import type { Ctx } from "../context";
import { db } from "../db";

const SHOWN = 6;
const DAY_MS = 86_400_000;
/** A rise of this many points within a week is news. */
const RISE = 10;
const RISE_DAYS = 7;

export type Scope = { readonly mine: boolean };

/** Agents whose risk rose by ten points or more within seven days, the highest first. */
export async function agentsWhoseRiskRose(ctx: Ctx, scope: Scope): Promise<NeedSection> {
  const since = new Date(ctx.now.getTime() - RISE_DAYS * DAY_MS);
  const whose = scope.mine ? concerns(ctx.actor.id) : Prisma.sql`TRUE`;
  const rows = await db.$queryRaw<
    {
      readonly id: string;
      readonly name: string;
      readonly score: number;
      readonly before: number;
      readonly at: Date | null;
      readonly factors: unknown;
    }[]
  >`SELECT x.* FROM (
      SELECT a."id", a."name", a."riskScore" AS score, coalesce(b."score", 0) AS before, r."at", r."factors"
        FROM "Agent" a
        LEFT JOIN LATERAL (SELECT "score" FROM "RiskScore" WHERE "agentId" = a."id" AND "at" <= ${since}
                            ORDER BY "at" DESC LIMIT 1) b ON TRUE
        LEFT JOIN LATERAL (SELECT "at", "factors" FROM "RiskScore" WHERE "agentId" = a."id"
                            ORDER BY "at" DESC LIMIT 1) r ON TRUE
       WHERE a."status" = 'production' AND ${whose}) x
    WHERE x.score - x.before >= ${RISE} ORDER BY x.score DESC, x."name"`;
  return {
    kind: "risk",
    title: "Risk rose within a week",
    needs: rows.slice(0, SHOWN).map(
      (row): Need => ({
        id: row.id,
        title: `${row.name}: from ${row.before} to ${row.score}`,
        detail: readFactors(row.factors)[0]?.words ?? "",
        href: `/agents/${row.id}`,
        urgency: null,
        at: row.at?.toISOString() ?? null,
        due: false,
      }),
    ),
    total: rows.length,
    href: "/agents?sort=-risk",
    empty: "No agent's risk rose by ten points or more.",
  };
}

/** Agents that are contained, the strictest first. */
export async function containedAgents(ctx: Ctx, scope: Scope): Promise<NeedSection> {
  const whose = scope.mine ? concerns(ctx.actor.id) : Prisma.sql`TRUE`;
  const rows = await db.$queryRaw<
    {
      readonly id: string;
      readonly name: string;
      readonly level: string;
      readonly at: Date;
      readonly by: string | null;
    }[]
  >`SELECT a."id", a."name", c."level", c."appliedAt" AS at, p."name" AS by
      FROM "Agent" a JOIN "Containment" c ON c."agentId" = a."id" AND c."liftedAt" IS NULL
      LEFT JOIN "Person" p ON p."id" = c."byPerson"
     WHERE a."status" <> 'retired' AND ${whose}
     ORDER BY array_position(ARRAY['stopped', 'quarantine', 'confirm-all', 'throttle', 'observe'], c."level"), c."appliedAt" DESC`;
  return {
    kind: "contained",
    title: "Contained agents",
    needs: rows.slice(0, SHOWN).map(
      (row): Need => ({
        id: row.id,
        title: `${row.name}: ${row.level}`,
        detail: `by ${row.by ?? "a rule"}`,
        href: `/agents/${row.id}`,
        urgency: null,
        at: row.at.toISOString(),
        due: false,
      }),
    ),
    total: rows.length,
    href: "/agents?contained=yes",
    empty: "No agent is contained.",
  };
}
