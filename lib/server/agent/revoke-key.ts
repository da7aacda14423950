import { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import { command } from "../command";
import { notify } from "../notify";
import { changeableAgent, concerned } from "./changeable";
import { AgentId, Reason } from "./input";

/** Ends a key for good: what it signs is refused from now on. Errors: "not-found", "conflict" where it is revoked already. */
export const revokeKey = command({
  permission: "agent:keys",
  input: z.strictObject({ agentId: AgentId, jkt: z.string().length(43), reason: Reason }),
  async run(tx, { ctx, input }) {
    const { agentId, jkt, reason } = input;
    const agent = await changeableAgent(tx, ctx, agentId);
    const key = await tx.agentKey.findUnique({ where: { jkt } });
    if (key?.agentId !== agentId) throw new AppError("not-found", "the agent has no such key");
    if (key.revokedAt !== null) throw new AppError("conflict", "this key is revoked already");
    await tx.agentKey.update({ where: { jkt }, data: { revokedAt: ctx.now } });
    await notify(tx, {
      personIds: concerned(agent, ctx.actor.id),
      kind: "agent.key-revoked",
      title: `A key of ${agent.name} was revoked`,
      href: `/agents/${agentId}?tab=keys`,
      now: ctx.now,
    });
    return {
      value: { jkt },
      events: [{ event: { kind: "agent.key-revoked", agentId, jkt }, detail: { reason } }],
    };
  },
});
