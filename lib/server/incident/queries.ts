import { z } from "zod";
import { asTier } from "@/lib/domain/agent/tier";
import { AppError } from "@/lib/domain/errors";
import type { Clock } from "@/lib/domain/incident/clock";
import { DORA_RESULTS } from "@/lib/domain/incident/dora";
import { asEntityType } from "@/lib/domain/incident/entity";
import { ROOT_CAUSES } from "@/lib/domain/incident/root-cause";
import { obstacleToManage } from "@/lib/domain/incident/rules";
import type { ActionView, ClockView, IncidentRow, IncidentView } from "@/lib/domain/incident/view";
import type { Named } from "@/lib/domain/ledger/view";
import type { Prisma } from "@/prisma/generated/client";
import { authorise, type Ctx } from "../context";
import { db } from "../db";
import { sponsorsAgent } from "./load";
import { aiActOf, clocksFor, doraOf, leftOf, reportKind } from "./stored";
import { readTimeline } from "./timeline";

const PAGE_SIZE = 25;

/** From the address of the page: what is wrong counts as not given. */
const IncidentFilter = z.object({
  state: z.enum(["open", "closed"]).nullable().catch(null).default(null),
  agent: z
    .string()
    .regex(/^agt_[a-z0-9-]{4,64}$/)
    .nullable()
    .catch(null)
    .default(null),
  page: z.coerce.number().int().min(1).max(10_000).catch(1).default(1),
});

const NAMED = { select: { id: true, name: true } } as const;
const PARTS = {
  agent: { select: { id: true, name: true, tier: true } },
  openedBy: NAMED,
  closedBy: NAMED,
  containment: true,
  actions: { include: { owner: NAMED }, orderBy: { dueAt: "asc" } },
  reports: { include: { by: NAMED }, orderBy: { submittedAt: "asc" } },
} as const satisfies Prisma.IncidentInclude;

/** Incidents, open ones first, then the newest. Throws AppError("forbidden"). */
export async function listIncidents(
  ctx: Ctx,
  raw: unknown,
): Promise<{
  readonly rows: readonly IncidentRow[];
  readonly total: number;
  readonly page: number;
  readonly pageSize: number;
}> {
  authorise(ctx, "incident:read");
  const { state, agent, page } = IncidentFilter.parse(raw);
  const where = {
    ...(state === null ? {} : { state }),
    ...(agent === null ? {} : { agentId: agent }),
  };
  const [rows, total] = await Promise.all([
    db.incident.findMany({
      where,
      include: PARTS,
      orderBy: [{ state: "desc" }, { openedAt: "desc" }],
      skip: (page - 1) * PAGE_SIZE,
      take: PAGE_SIZE,
    }),
    db.incident.count({ where }),
  ]);
  return { rows: rows.map((row) => rowOf(row, ctx.now)), total, page, pageSize: PAGE_SIZE };
}

type Loaded = Prisma.IncidentGetPayload<{ include: typeof PARTS }>;

function rowOf(incident: Loaded, now: Date): IncidentRow {
  const running = clocksFor(incident, now)
    .filter(({ state }) => state === "running" || state === "overdue")
    .flatMap(({ label, due, state }) => (due === null ? [] : [{ label, due, state }]))
    .sort((a, b) => a.due - b.due);
  const next = incident.state === "closed" ? undefined : running[0];
  return {
    id: incident.id,
    title: incident.title,
    state: stateOf(incident.state),
    agent: agentOf(incident.agent),
    result: DORA_RESULTS.find((result) => result === incident.result) ?? null,
    openedAt: incident.openedAt.toISOString(),
    openedBy: incident.openedBy,
    nextDue:
      next === undefined
        ? null
        : {
            label: next.label,
            at: new Date(next.due).toISOString(),
            overdue: next.state === "overdue",
          },
    openActions: incident.actions.filter(({ doneAt }) => doneAt === null).length,
  };
}

const stateOf = (state: string) => (state === "closed" ? "closed" : "open");

function agentOf(agent: Loaded["agent"]): IncidentRow["agent"] {
  return agent && { id: agent.id, name: agent.name, tier: asTier(agent.tier) };
}

/** One incident with everything about it. Throws AppError("forbidden" | "not-found"). */
export async function getIncident(ctx: Ctx, incidentId: string): Promise<IncidentView> {
  authorise(ctx, "incident:read");
  const incident = await db.incident.findUnique({ where: { id: incidentId }, include: PARTS });
  if (incident === null) throw new AppError("not-found", "there is no such incident");
  const [timeline, sponsors] = await Promise.all([
    readTimeline(ctx, incident),
    sponsorsAgent(db, incident.agentId, ctx.actor.id),
  ]);
  const obstacle = obstacleToManage(ctx.actor, {
    closed: incident.state === "closed",
    openedById: incident.openedById,
    sponsorsAgent: sponsors,
  });
  const cause = ROOT_CAUSES.find((one) => one === incident.rootCauseCode);
  return {
    id: incident.id,
    version: incident.version,
    title: incident.title,
    summary: incident.summary,
    state: stateOf(incident.state),
    agent: agentOf(incident.agent),
    containment: incident.containment && {
      level: incident.containment.level,
      rule: incident.containment.byRule,
      seq: Number(incident.containment.appliedSeq),
      lifted: incident.containment.liftedAt !== null,
    },
    openedBy: incident.openedBy,
    openedAt: incident.openedAt.toISOString(),
    occurredAt: iso(incident.occurredAt),
    detectedAt: incident.detectedAt.toISOString(),
    awareAt: iso(incident.awareAt),
    awareBasis: incident.awareBasis,
    entityType: asEntityType(incident.entityType),
    timeZone: incident.timeZone,
    holidays: incident.holidays,
    dora: doraOf(incident),
    classifiedAt: iso(incident.classifiedAt),
    aiAct: aiActOf(incident),
    rootCause: cause === undefined ? null : { cause, words: incident.rootCause },
    clocks: clocksFor(incident, ctx.now).map(clockView),
    actions: incident.actions.map((action) => actionView(action, ctx.now)),
    reports: incident.reports.flatMap(({ id, kind, submittedAt, reference, by, seq }) => {
      const known = reportKind(kind);
      if (known === null) return [];
      const sent = { id, kind: known, submittedAt: submittedAt.toISOString() };
      return [{ ...sent, reference, by, seq: Number(seq) }];
    }),
    lessons: incident.lessons,
    closedAt: iso(incident.closedAt),
    closedBy: incident.closedBy,
    left: incident.state === "closed" ? [] : leftOf(incident, ctx.now),
    obstacle: obstacle?.message ?? null,
    timeline: timeline.items,
    timelineCut: timeline.cut,
  };
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

function clockView({ due, limbs, submittedAt, ...clock }: Clock): ClockView {
  const text = (ms: number) => new Date(ms).toISOString();
  return {
    ...clock,
    due: due === null ? null : text(due),
    limbs: limbs.map((limb) => ({ ...limb, at: text(limb.at) })),
    submittedAt: submittedAt === null ? null : text(submittedAt),
  };
}

function actionView(action: Loaded["actions"][number], now: Date): ActionView {
  return {
    id: action.id,
    what: action.what,
    owner: action.owner,
    dueAt: action.dueAt.toISOString(),
    doneAt: iso(action.doneAt),
    overdue: action.doneAt === null && action.dueAt < now,
  };
}

/** Whom an action can be given to. Throws AppError("forbidden"). */
export async function actionOwners(ctx: Ctx): Promise<readonly Named[]> {
  authorise(ctx, "incident:manage");
  return db.person.findMany({ where: { active: true }, ...NAMED, orderBy: { name: "asc" } });
}

/** About which agents this person may open an incident. Throws AppError("forbidden"). */
export async function incidentAgents(ctx: Ctx): Promise<readonly Named[]> {
  authorise(ctx, "incident:manage");
  const all = ctx.actor.roles.some((role) => role === "compliance" || role === "admin");
  const own = { sponsorships: { some: { personId: ctx.actor.id, toAt: null } } };
  return db.agent.findMany({ where: all ? {} : own, ...NAMED, orderBy: { name: "asc" } });
}
