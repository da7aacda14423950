import { z } from "zod";
import { asTier, compareTier } from "@/lib/domain/agent/tier";
import { CONTAINMENT_LEVELS } from "@/lib/domain/containment/level";
import { asContainment, obstacleToApply } from "@/lib/domain/containment/rules";
import { AppError } from "@/lib/domain/errors";
import { ReasonInWords } from "@/lib/domain/review/reason-in-words";
import type { ContainmentDrill, DrillNotice } from "@/prisma/generated/client";
import { command } from "../command";
import type { Tx } from "../db";
import { newId } from "../ids";
import type { Recorded } from "../ledger/append";
import { notify } from "../notify";
import { refuse } from "../refuse";
import { peopleBehind, peopleWithRole, standingTowards } from "../standing";

/**
 * Begins to rehearse a containment: whoever would be told is told, and is to acknowledge. Nothing is contained. One at
 * a time for each agent. Throws AppError("forbidden" | "conflict" | "not-found").
 */
export const startDrill = command({
  permission: "containment:drill",
  input: z.strictObject({
    agentId: z.string().max(64),
    level: z.enum(CONTAINMENT_LEVELS),
    reason: ReasonInWords,
  }),
  async run(tx, { ctx, input, seq }) {
    const { agentId, level, reason } = input;
    const agent = await tx.agent.findUnique({ where: { id: agentId } });
    if (agent === null) throw new AppError("not-found", "there is no such agent");
    if (agent.status === "retired") throw new AppError("conflict", "the agent is retired");
    // Whoever may contain the agent may rehearse it; what is in place does not matter to a rehearsal.
    refuse(obstacleToApply(await standingTowards(tx, agent, ctx), null, level));
    const running = await tx.containmentDrill.findFirst({ where: { agentId, endedAt: null } });
    if (running !== null) throw new AppError("conflict", "a drill of this agent is under way");
    const compliance =
      compareTier(asTier(agent.tier), "high") >= 0 ? await peopleWithRole(tx, "compliance") : [];
    const notified = [...new Set([...(await peopleBehind(tx, agent)), ...compliance])].filter(
      (id) => id !== ctx.actor.id,
    );
    if (notified.length === 0) throw new AppError("conflict", "there is nobody else to tell");
    const drillId = newId("drl");
    await tx.containmentDrill.create({
      data: {
        id: drillId,
        agentId,
        level,
        startedById: ctx.actor.id,
        startedAt: ctx.now,
        seq,
        notices: { create: notified.map((personId) => ({ personId })) },
      },
    });
    await notify(tx, {
      personIds: notified,
      kind: "containment.drill",
      title: `Drill, nothing is contained: ${agent.name} at ${level}. Acknowledge that you have seen it.`,
      href: `/agents/${agentId}?tab=containment`,
      now: ctx.now,
    });
    return {
      value: { drillId },
      events: [
        {
          event: { kind: "containment.drill-started", agentId, drillId, level, notified },
          detail: { reason, presentLevel: asContainment(agent.containment) },
        },
      ],
    };
  },
});

const DrillId = z.strictObject({ drillId: z.string().max(64) });
type Drill = ContainmentDrill & { readonly notices: readonly DrillNotice[] };

async function openDrill(tx: Tx, drillId: string): Promise<Drill> {
  const drill = await tx.containmentDrill.findUnique({
    where: { id: drillId },
    include: { notices: true },
  });
  if (drill === null) throw new AppError("not-found", "there is no such drill");
  if (drill.endedAt !== null) throw new AppError("conflict", "the drill is over");
  return drill;
}

/** Says that one has seen the drill; the last one ends it. Throws AppError("forbidden") for who was not notified. */
export const acknowledgeDrill = command({
  permission: "containment:acknowledge",
  input: DrillId,
  async run(tx, { ctx, input, seq }) {
    const { drillId } = input;
    const drill = await openDrill(tx, drillId);
    const personId = ctx.actor.id;
    const own = drill.notices.find((notice) => notice.personId === personId);
    if (own === undefined) throw new AppError("forbidden", "you were not notified of this drill");
    if (own.acknowledgedAt !== null) throw new AppError("conflict", "you have acknowledged it");
    await tx.drillNotice.update({
      where: { drillId_personId: { drillId, personId } },
      data: { acknowledgedAt: ctx.now, seq },
    });
    const notices = drill.notices.map((notice) =>
      notice === own ? { ...notice, acknowledgedAt: ctx.now } : notice,
    );
    const acknowledged: Recorded = {
      event: {
        kind: "containment.drill-acknowledged",
        agentId: drill.agentId,
        drillId,
        seconds: secondsBetween(drill.startedAt, ctx.now),
      },
    };
    const left = notices.some(({ acknowledgedAt }) => acknowledgedAt === null);
    if (left) return { value: { drillId, ended: false }, events: [acknowledged] };
    const ended = await end(tx, { ...drill, notices }, { now: ctx.now, seq: seq + 1n });
    return { value: { drillId, ended: true }, events: [acknowledged, ended] };
  },
});

/** Ends a drill that not everybody has acknowledged: that is evidence too. Throws AppError("forbidden" | "conflict"). */
export const endDrill = command({
  permission: "containment:drill",
  input: DrillId,
  async run(tx, { ctx, input, seq }) {
    const drill = await openDrill(tx, input.drillId);
    const oversees = ctx.actor.roles.some((role) => role === "compliance" || role === "admin");
    if (drill.startedById !== ctx.actor.id && !oversees) {
      throw new AppError(
        "forbidden",
        "who began the drill, compliance or an administrator ends it",
      );
    }
    return {
      value: { drillId: drill.id, ended: true },
      events: [await end(tx, drill, { now: ctx.now, seq })],
    };
  },
});

async function end(
  tx: Tx,
  drill: Drill,
  { now, seq }: { readonly now: Date; readonly seq: bigint },
): Promise<Recorded> {
  await tx.containmentDrill.update({
    where: { id: drill.id },
    data: { endedAt: now, endedSeq: seq },
  });
  return {
    event: {
      kind: "containment.drilled",
      agentId: drill.agentId,
      drillId: drill.id,
      level: asContainment(drill.level) ?? "stopped",
      seconds: secondsBetween(drill.startedAt, now),
      acknowledged: drill.notices.map(({ personId, acknowledgedAt }) => ({
        subjectId: personId,
        seconds: acknowledgedAt && secondsBetween(drill.startedAt, acknowledgedAt),
      })),
    },
  };
}

function secondsBetween(from: Date, to: Date): number {
  return Math.max(0, Math.round((to.getTime() - from.getTime()) / 1000));
}
