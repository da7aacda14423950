import type { Need, NeedSection } from "@/lib/domain/today/view";
import type { Ctx } from "../context";
import { db } from "../db";
import { actingSponsors } from "../sponsor/queries";

const SHOWN = 6;
const DAY_MS = 86_400_000;

/** Agents for which nobody answers now, or whose acting sponsor's training is missing or ends within 14 days. */
export async function agentsWithoutFooting(ctx: Ctx): Promise<readonly NeedSection[]> {
  const [agents, acting] = await Promise.all([
    db.agent.findMany({
      where: { status: { not: "retired" } },
      select: { id: true, name: true, tier: true, status: true },
      orderBy: { nameKey: "asc" },
    }),
    actingSponsors(db, null, ctx.now),
  ]);
  const names = await sponsorNames([...acting.values()].map(({ personId }) => personId));
  const unsponsored = agents.filter(({ id }) => !acting.has(id));
  const soon = ctx.now.getTime() + 14 * DAY_MS;
  const training = agents.flatMap((agent): Need[] => {
    const sponsor = acting.get(agent.id);
    if (sponsor === undefined) return [];
    const { competent, competentUntil } = sponsor;
    if (competent && (competentUntil === null || competentUntil.getTime() > soon)) return [];
    const name = names.get(sponsor.personId) ?? "the sponsor";
    return [
      {
        id: agent.id,
        title: `${agent.name}: ${name}`,
        detail: competent
          ? "training ends soon; without it the agent's requests are refused"
          : `training is not current for tier ${agent.tier}: the agent's requests are refused`,
        href: `/agents/${agent.id}`,
        urgency: competent ? "soon" : "overdue",
        at: competentUntil?.toISOString() ?? null,
        due: true,
      },
    ];
  });
  return [
    {
      kind: "unsponsored",
      title: "Agents without a sponsor",
      needs: unsponsored.slice(0, SHOWN).map(
        (agent): Need => ({
          id: agent.id,
          title: agent.name,
          detail:
            agent.status === "production"
              ? "in production: every request is refused until somebody answers for it"
              : "registered: it can't go into production without a sponsor",
          href: `/agents/${agent.id}`,
          urgency: agent.status === "production" ? "overdue" : null,
          at: null,
          due: false,
        }),
      ),
      total: unsponsored.length,
      href: "/agents?sponsor=none",
      empty: "Somebody answers for every agent.",
    },
    {
      kind: "training",
      title: "Sponsors' training",
      needs: training.slice(0, SHOWN),
      total: training.length,
      href: "/agents?sort=sponsor",
      empty: "Every acting sponsor's training is current for the next 14 days.",
    },
  ];
}

async function sponsorNames(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const people = await db.person.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, name: true },
  });
  return new Map(people.map(({ id, name }) => [id, name]));
}

/** The agents for which the reader answers while their own training is missing or ends within 14 days. */
export async function ownTraining(ctx: Ctx): Promise<NeedSection> {
  const [offices, acting] = await Promise.all([
    db.sponsorship.findMany({
      where: { personId: ctx.actor.id, toAt: null, agent: { status: { not: "retired" } } },
      select: { agent: { select: { id: true, name: true, tier: true } } },
      orderBy: { agent: { nameKey: "asc" } },
    }),
    actingSponsors(db, null, ctx.now),
  ]);
  const soon = ctx.now.getTime() + 14 * DAY_MS;
  const needs = offices.flatMap(({ agent }): Need[] => {
    const sponsor = acting.get(agent.id);
    if (sponsor?.personId !== ctx.actor.id) return [];
    const { competent, competentUntil } = sponsor;
    if (competent && (competentUntil === null || competentUntil.getTime() > soon)) return [];
    return [
      {
        id: agent.id,
        title: agent.name,
        detail: competent
          ? `your training for tier ${agent.tier} ends soon`
          : `your training is not current for tier ${agent.tier}: you can refuse and stop, not let through`,
        href: `/agents/${agent.id}`,
        urgency: competent ? "soon" : "overdue",
        at: competentUntil?.toISOString() ?? null,
        due: true,
      },
    ];
  });
  return {
    kind: "training",
    title: "Your training",
    needs: needs.slice(0, SHOWN),
    total: needs.length,
    href: "/agents?sort=sponsor",
    empty: "Your training is current for the next 14 days.",
  };
}
