import { z } from "zod";
import { CONTAINMENT_LEVELS, CONTAINMENT_MEANING } from "@/lib/domain/containment/level";
import { asContainment, obstacleToApply } from "@/lib/domain/containment/rules";
import { AppError } from "@/lib/domain/errors";
import { ReasonInWords } from "@/lib/domain/review/reason-in-words";
import { command } from "../command";
import { contain } from "../contain";
import { notify } from "../notify";
import { refuse } from "../refuse";
import { peopleBehind, standingTowards } from "../standing";

/**
 * Makes an agent stricter, at once. Training is not asked for. Throws AppError("conflict") where the level is not
 * stricter than the present one or the agent is retired, AppError("forbidden") for the wrong person.
 */
export const applyContainment = command({
  permission: "containment:stop",
  input: z.strictObject({
    agentId: z.string().max(64),
    level: z.enum(CONTAINMENT_LEVELS),
    reason: ReasonInWords,
  }),
  async run(tx, { ctx, input, seq }) {
    const agent = await tx.agent.findUnique({ where: { id: input.agentId } });
    if (agent === null) throw new AppError("not-found", "there is no such agent");
    if (agent.status === "retired") throw new AppError("conflict", "the agent is retired");
    const who = await standingTowards(tx, agent, ctx);
    refuse(obstacleToApply(who, asContainment(agent.containment), input.level));
    const by = { personId: ctx.actor.id };
    await contain(tx, { agentId: agent.id, level: input.level, by, seq, now: ctx.now });
    await notify(tx, {
      personIds: (await peopleBehind(tx, agent)).filter((id) => id !== ctx.actor.id),
      kind: "containment.applied",
      title: `${agent.name} is contained (${input.level}): ${CONTAINMENT_MEANING[input.level]}`,
      href: `/agents/${agent.id}`,
      now: ctx.now,
    });
    return {
      value: { agentId: agent.id, level: input.level },
      events: [
        {
          event: {
            kind: "containment.applied",
            agentId: agent.id,
            level: input.level,
            rule: null,
          },
          detail: { reason: input.reason },
        },
      ],
    };
  },
});
