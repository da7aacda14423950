import { z } from "zod";
import { asStatus, canMove } from "@/lib/domain/agent/lifecycle";
import { AppError } from "@/lib/domain/errors";
import { command } from "../command";
import { firmStopInForce } from "../firm-stop";
import { manifestInForce } from "../manifest-in-force";
import { notify } from "../notify";
import { actingSponsor } from "../sponsor/queries";
import { changeableAgent, concerned } from "./changeable";
import { AgentId } from "./input";
import { readiness } from "./readiness";

/**
 * From now on the agent's requests are decided by its manifest. Returns `{ maturity }`.
 * Errors: "conflict" where it is in production already or a condition is not met (each is a field problem).
 */
export const putIntoProduction = command({
  permission: "agent:produce",
  input: z.strictObject({ agentId: AgentId }),
  async run(tx, { ctx, input: { agentId } }) {
    const agent = await changeableAgent(tx, ctx, agentId);
    if (!canMove(asStatus(agent.status), "production")) {
      throw new AppError("conflict", "this agent is in production already");
    }
    if ((await firmStopInForce(tx)) !== null) {
      throw new AppError(
        "conflict",
        "the firm-wide switch is thrown: no agent goes into production",
      );
    }
    const [keys, inForce, sponsor] = await Promise.all([
      tx.agentKey.findMany({ where: { agentId } }),
      manifestInForce(tx, agentId, ctx.now),
      actingSponsor(tx, agentId, ctx.now),
    ]);
    const { maturity, obstacles } = readiness(
      { ...agent, keys },
      { manifest: inForce?.document ?? null, sponsor, now: ctx.now },
    );
    if (obstacles.length > 0) {
      throw new AppError("conflict", "this agent can't go into production yet", {
        fields: obstacles.map(({ id, words }) => ({ path: id, message: words })),
      });
    }
    await tx.agent.update({
      where: { id: agentId },
      data: { status: "production", productionAt: ctx.now, version: { increment: 1 } },
    });
    await notify(tx, {
      personIds: concerned(agent, ctx.actor.id),
      kind: "agent.produced",
      title: `${agent.name} is in production`,
      href: `/agents/${agentId}`,
      now: ctx.now,
    });
    return {
      value: { maturity: maturity.level },
      events: [{ event: { kind: "agent.produced", agentId, maturity: maturity.level } }],
    };
  },
});
