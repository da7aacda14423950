import { z } from "zod";
import { asTier } from "@/lib/domain/agent/tier";
import { CONTAINMENT_LEVELS, type ContainmentLevel } from "@/lib/domain/containment/level";
import { FIRST_SIGNATURE_HOURS, needsTwo, obstacleToSign } from "@/lib/domain/containment/lifting";
import { asContainment } from "@/lib/domain/containment/rules";
import { AppError } from "@/lib/domain/errors";
import { ReasonInWords } from "@/lib/domain/review/reason-in-words";
import type { Agent, ContainmentLift } from "@/prisma/generated/client";
import { command } from "../command";
import { contain } from "../contain";
import type { Ctx } from "../context";
import type { Tx } from "../db";
import type { Outcome } from "../ledger/transaction";
import { notify } from "../notify";
import { refuse } from "../refuse";
import { peopleBehind, peopleWithRole, standingTowards } from "../standing";

const Input = z.strictObject({
  agentId: z.string().max(64),
  from: z.enum(CONTAINMENT_LEVELS),
  /** null: no containment afterwards */
  to: z.enum(CONTAINMENT_LEVELS).nullable(),
  reason: ReasonInWords,
});

type Lifting = {
  readonly ctx: Ctx;
  readonly agent: Agent;
  readonly containmentId: string;
  readonly from: ContainmentLevel;
  readonly to: ContainmentLevel | null;
  readonly reason: string;
  readonly seq: bigint;
};

export type Lifted = {
  readonly agentId: string;
  readonly level: ContainmentLevel | null;
  /** false: the first of two signatures is given, nothing is lifted yet */
  readonly complete: boolean;
};

/**
 * Lifts a containment, wholly or to a milder level. `from` is the level that the person saw. For a critical agent the
 * first call signs and a second person's completes. Throws AppError("competence") without current training, "stale"
 * where the level has changed, "forbidden", "conflict".
 */
export const liftContainment = command({
  permission: "containment:lift",
  input: Input,
  async run(tx, { ctx, input, seq }): Promise<Outcome<Lifted>> {
    const agent = await tx.agent.findUnique({ where: { id: input.agentId } });
    if (agent === null) throw new AppError("not-found", "there is no such agent");
    const open = await tx.containment.findFirst({
      where: { agentId: agent.id, liftedAt: null },
      include: { lift: true },
    });
    const first = standingSignature(open?.lift ?? null, ctx.now);
    const current = asContainment(agent.containment);
    const who = await standingTowards(tx, agent, ctx);
    const tier = asTier(agent.tier);
    refuse(
      obstacleToSign(who, {
        tier,
        current,
        to: input.to,
        first: first && { personId: first.signedById, to: asContainment(first.toLevel) },
      }),
    );
    if (open === null || current !== input.from) {
      throw new AppError("stale", `the agent is at \`${current ?? ""}\` now: look again`);
    }
    const { from, to, reason } = input;
    const lifting = { ctx, agent, containmentId: open.id, from, to, reason, seq };
    const anew = first === null || first.signedById === ctx.actor.id;
    if (needsTwo(tier) && anew) return signFirst(tx, lifting);
    return complete(tx, lifting, first);
  },
});

function standingSignature(lift: ContainmentLift | null, now: Date): ContainmentLift | null {
  if (lift === null) return null;
  const ends = lift.signedAt.getTime() + FIRST_SIGNATURE_HOURS * 3_600_000;
  return ends > now.getTime() ? lift : null;
}

async function signFirst(tx: Tx, lifting: Lifting): Promise<Outcome<Lifted>> {
  const { ctx, agent, containmentId, from, to, reason, seq } = lifting;
  const signature = { toLevel: to, signedById: ctx.actor.id, signedAt: ctx.now, seq };
  await tx.containmentLift.upsert({
    where: { containmentId },
    create: { containmentId, ...signature },
    update: signature,
  });
  await notify(tx, {
    personIds: [
      ...(await peopleBehind(tx, agent)),
      ...(await peopleWithRole(tx, "compliance")),
    ].filter((id) => id !== ctx.actor.id),
    kind: "containment.lift-signed",
    title: `${agent.name}: one of two has signed to lift the containment; a second trained person completes it`,
    href: `/agents/${agent.id}?tab=containment`,
    now: ctx.now,
  });
  return {
    value: { agentId: agent.id, level: from, complete: false },
    events: [
      {
        event: { kind: "containment.lift-signed", agentId: agent.id, level: from, to },
        detail: { reason },
      },
    ],
  };
}

async function complete(
  tx: Tx,
  lifting: Lifting,
  first: ContainmentLift | null,
): Promise<Outcome<Lifted>> {
  const { ctx, agent, containmentId, from, to, reason, seq } = lifting;
  await tx.containmentLift.deleteMany({ where: { containmentId } });
  await tx.containment.update({
    where: { id: containmentId },
    data: { liftedAt: ctx.now, liftedBy: ctx.actor.id, liftedSeq: seq },
  });
  await tx.agent.update({ where: { id: agent.id }, data: { containment: null } });
  if (to !== null) {
    const by = { personId: ctx.actor.id };
    await contain(tx, { agentId: agent.id, level: to, by, seq: seq + 1n, now: ctx.now });
  }
  await notify(tx, {
    personIds: (await peopleBehind(tx, agent)).filter((id) => id !== ctx.actor.id),
    kind: "containment.lifted",
    title: `${agent.name}: containment ${to === null ? "lifted" : `eased to ${to}`}`,
    href: `/agents/${agent.id}`,
    now: ctx.now,
  });
  // Both stand in the ledger: who completes acts, and the detail names who signed first, and where.
  const detail =
    first === null
      ? { reason }
      : { reason, firstSignedBy: first.signedById, firstSignedAtEntry: Number(first.seq) };
  const lifted = {
    event: { kind: "containment.lifted", agentId: agent.id, level: from },
    detail,
  } as const;
  const value = { agentId: agent.id, level: to, complete: true };
  if (to === null) return { value, events: [lifted] };
  const eased = {
    event: { kind: "containment.applied", agentId: agent.id, level: to, rule: null },
    detail,
  } as const;
  return { value, events: [lifted, eased] };
}
