import { z } from "zod";
import { asTier } from "@/lib/domain/agent/tier";
import { AppError } from "@/lib/domain/errors";
import { command } from "../command";
import { changeableAgent } from "./changeable";
import { AgentId, Reason } from "./input";

/**
 * An administrator answers for two facts that nothing here can measure: credentials of its own, and logs.
 * `reason` says how they know. Returns `{ version }`. Errors: "stale", "invalid" where nothing changes.
 */
export const attestFacts = command({
  permission: "agent:produce",
  input: z.strictObject({
    agentId: AgentId,
    version: z.number().int().positive(),
    dedicatedCredentials: z.boolean(),
    loggingEnabled: z.boolean(),
    reason: Reason,
  }),
  async run(tx, { ctx, input }) {
    const { agentId, version, reason, dedicatedCredentials, loggingEnabled } = input;
    const agent = await changeableAgent(tx, ctx, agentId);
    if (agent.version !== version) {
      throw new AppError("stale", "somebody else changed this agent meanwhile: load it again");
    }
    const fields = [
      agent.dedicatedCredentials === dedicatedCredentials ? [] : ["dedicated-credentials"],
      agent.loggingEnabled === loggingEnabled ? [] : ["logging-enabled"],
    ].flat();
    if (fields.length === 0) throw new AppError("invalid", "nothing was changed");
    await tx.agent.update({
      where: { id: agentId },
      data: { dedicatedCredentials, loggingEnabled, version: { increment: 1 } },
    });
    return {
      value: { version: version + 1 },
      events: [
        {
          event: { kind: "agent.changed", agentId, tier: asTier(agent.tier), fields },
          detail: { after: { dedicatedCredentials, loggingEnabled }, reason },
        },
      ],
    };
  },
});
