import { z } from "zod";
import { CONTAINMENT_LEVELS } from "@/lib/domain/containment/level";
import { asContainment, obstacleToLift } from "@/lib/domain/containment/rules";
import { AppError } from "@/lib/domain/errors";
import { ReasonInWords } from "@/lib/domain/review/reason-in-words";
import { command } from "../command";
import { contain } from "../contain";
import { notify } from "../notify";
import { refuse } from "../refuse";
import { peopleBehind, standingTowards } from "../standing";

/**
 * Lifts a containment, wholly or to a milder level. `from` is the level that the person saw. Throws
 * AppError("competence") without current training, "stale" where the level has changed, "forbidden", "conflict".
 */
export const liftContainment = command({
  permission: "containment:lift",
  input: z.strictObject({
    agentId: z.string().max(64),
    from: z.enum(CONTAINMENT_LEVELS),
    /** null: no containment afterwards */
    to: z.enum(CONTAINMENT_LEVELS).nullable(),
    reason: ReasonInWords,
  }),
  async run(tx, { ctx, input, seq }) {
    const agent = await tx.agent.findUnique({ where: { id: input.agentId } });
    if (agent === null) throw new AppError("not-found", "there is no such agent");
    const current = asContainment(agent.containment);
    refuse(obstacleToLift(await standingTowards(tx, agent, ctx), current, input.to));
    if (current !== input.from) {
      throw new AppError("stale", `the agent is at \`${current ?? ""}\` now: look again`);
    }
    await tx.containment.updateMany({
      where: { agentId: agent.id, liftedAt: null },
      data: { liftedAt: ctx.now, liftedBy: ctx.actor.id, liftedSeq: seq },
    });
    await tx.agent.update({ where: { id: agent.id }, data: { containment: null } });
    const { to } = input;
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
    const detail = { reason: input.reason };
    const lifted = {
      event: { kind: "containment.lifted", agentId: agent.id, level: input.from },
      detail,
    } as const;
    const value = { agentId: agent.id, level: to };
    if (to === null) return { value, events: [lifted] };
    const eased = {
      event: { kind: "containment.applied", agentId: agent.id, level: to, rule: null },
      detail,
    } as const;
    return { value, events: [lifted, eased] };
  },
});
