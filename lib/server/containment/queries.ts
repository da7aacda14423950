import type { ContainmentLevel } from "@/lib/domain/containment/level";
import { FIRST_SIGNATURE_HOURS } from "@/lib/domain/containment/lifting";
import { asContainment } from "@/lib/domain/containment/rules";
import { ruleInWords } from "@/lib/domain/containment/triggers";
import type {
  ContainmentRow,
  DrillView,
  FirmStopReach,
  FirmStopView,
  PendingLift,
} from "@/lib/domain/containment/view";
import { AppError } from "@/lib/domain/errors";
import type { Named } from "@/lib/domain/ledger/view";
import type { Prisma } from "@/prisma/generated/client";
import { authorise, type Ctx } from "../context";
import { db } from "../db";
import { env } from "../env";
import { firmStopInForce } from "../firm-stop";

const ROWS_MAX = 50;
const NAMED = { select: { id: true, name: true } } as const;

/** A level as the database holds it, where there is one. */
const levelOf = (value: string): ContainmentLevel => asContainment(value) ?? "stopped";

/** The agent's containments, newest first (at most 50). Throws AppError("forbidden"). */
export async function agentContainments(
  ctx: Ctx,
  agentId: string,
): Promise<readonly ContainmentRow[]> {
  authorise(ctx, "agent:read");
  const rows = await db.containment.findMany({
    where: { agentId },
    orderBy: { appliedSeq: "desc" },
    take: ROWS_MAX,
    include: { incidents: { select: { id: true, title: true } } },
  });
  const people = await db.person.findMany({
    where: {
      id: { in: rows.flatMap(({ byPerson, liftedBy }) => [byPerson ?? [], liftedBy ?? []].flat()) },
    },
    ...NAMED,
  });
  const named = (id: string | null): Named | null =>
    id === null ? null : (people.find((person) => person.id === id) ?? { id, name: id });
  return rows.map((row) => ({
    id: row.id,
    level: levelOf(row.level),
    by: named(row.byPerson),
    rule: row.byRule === null ? null : ruleInWords(row.byRule),
    appliedAt: row.appliedAt.toISOString(),
    appliedSeq: Number(row.appliedSeq),
    liftedAt: row.liftedAt?.toISOString() ?? null,
    liftedBy: named(row.liftedBy),
    liftedSeq: row.liftedSeq === null ? null : Number(row.liftedSeq),
    incidents: row.incidents,
  }));
}

export type ContainmentToOpenFrom = {
  readonly id: string;
  readonly agent: Named;
  readonly level: ContainmentLevel;
  readonly rule: string | null;
  readonly appliedAt: string;
};

/** A containment from which an incident is to be opened. Throws AppError("forbidden" | "not-found"). */
export async function containmentToOpenFrom(
  ctx: Ctx,
  containmentId: string,
): Promise<ContainmentToOpenFrom> {
  authorise(ctx, "agent:read");
  const row = await db.containment.findUnique({
    where: { id: containmentId },
    include: { agent: NAMED },
  });
  if (row === null) throw new AppError("not-found", "there is no such containment");
  return {
    id: row.id,
    agent: row.agent,
    level: levelOf(row.level),
    rule: row.byRule === null ? null : ruleInWords(row.byRule),
    appliedAt: row.appliedAt.toISOString(),
  };
}

/** The first signature under the lift of this agent's containment, if it waits. Throws AppError("forbidden"). */
export async function pendingLift(ctx: Ctx, agentId: string): Promise<PendingLift | null> {
  authorise(ctx, "agent:read");
  const lift = await db.containmentLift.findFirst({
    where: { containment: { agentId, liftedAt: null } },
    include: { signedBy: NAMED, containment: true },
  });
  if (lift === null) return null;
  const until = new Date(lift.signedAt.getTime() + FIRST_SIGNATURE_HOURS * 3_600_000);
  if (until <= ctx.now) return null;
  return {
    from: levelOf(lift.containment.level),
    to: asContainment(lift.toLevel),
    signedBy: lift.signedBy,
    signedAt: lift.signedAt.toISOString(),
    until: until.toISOString(),
    seq: Number(lift.seq),
  };
}

const DRILL_PARTS = {
  agent: NAMED,
  startedBy: NAMED,
  notices: { include: { person: NAMED }, orderBy: { personId: "asc" } },
} as const satisfies Prisma.ContainmentDrillInclude;

/** Drills, newest first (at most 50), of one agent or (null) of all. Throws AppError("forbidden"). */
export async function listDrills(ctx: Ctx, agentId: string | null): Promise<readonly DrillView[]> {
  authorise(ctx, "agent:read");
  const rows = await db.containmentDrill.findMany({
    where: agentId === null ? {} : { agentId },
    include: DRILL_PARTS,
    orderBy: { startedAt: "desc" },
    take: ROWS_MAX,
  });
  return rows.map((row) => ({
    id: row.id,
    agent: row.agent,
    level: levelOf(row.level),
    startedBy: row.startedBy,
    startedAt: row.startedAt.toISOString(),
    seq: Number(row.seq),
    endedAt: row.endedAt?.toISOString() ?? null,
    endedSeq: row.endedSeq === null ? null : Number(row.endedSeq),
    notices: row.notices.map(({ person, acknowledgedAt }) => ({
      person,
      acknowledgedAt: acknowledgedAt?.toISOString() ?? null,
      seconds:
        acknowledgedAt && Math.round((acknowledgedAt.getTime() - row.startedAt.getTime()) / 1000),
    })),
  }));
}

/** The last throw of the firm-wide switch while an agent that it stopped is not lifted; null: it is not thrown. */
export async function firmStopState(ctx: Ctx): Promise<FirmStopView | null> {
  authorise(ctx, "today:read");
  const inForce = await firmStopInForce(db);
  if (inForce === null) return null;
  const { stop, stillStopped } = inForce;
  return {
    thrownBy: await db.person.findUniqueOrThrow({ where: { id: stop.thrownById }, ...NAMED }),
    thrownAt: stop.thrownAt.toISOString(),
    seq: Number(stop.seq),
    agents: stop.agents,
    stillStopped,
  };
}

/** What the firm-wide switch would stop, and how this person can throw it. Throws AppError("forbidden"). */
export async function firmStopReach(ctx: Ctx): Promise<FirmStopReach> {
  authorise(ctx, "containment:stop-all");
  const [passkeys, inProduction, stopped] = await Promise.all([
    db.passkey.count({ where: { personId: ctx.actor.id } }),
    db.agent.count({ where: { status: "production" } }),
    db.agent.count({ where: { status: "production", containment: "stopped" } }),
  ]);
  return {
    inProduction,
    stopped,
    hasPasskey: passkeys > 0,
    passwordAllowed: env().COUNTERSIGN_DEMO === "1",
  };
}
