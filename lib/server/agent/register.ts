import { classify } from "@/lib/domain/agent/classification";
import { PublicJwk } from "@/lib/domain/agent/key";
import { command } from "../command";
import { newId } from "../ids";
import type { Recorded } from "../ledger/append";
import { notify } from "../notify";
import { AgentFields } from "./input";
import { insertKey } from "./new-key";
import { checkEntity, checkName, checkOwner } from "./references";

/**
 * Puts a new agent into the catalogue, without any authority yet. The tier follows from the classification.
 * Input: AgentFields and, optionally, `publicJwk`. Returns `{ agentId, tier }`.
 * Errors: "conflict" where the name reads like another agent's or the key is known.
 */
export const registerAgent = command({
  permission: "agent:register",
  input: AgentFields.extend({ publicJwk: PublicJwk.optional() }),
  async run(tx, { ctx, input }) {
    const { publicJwk, ...fields } = input;
    const agentId = newId("agt");
    const nameKey = await checkName(tx, fields.name, null);
    await checkOwner(tx, fields.ownerId);
    await checkEntity(tx, fields.legalEntityId);
    const { tier, because } = classify(fields.classification);
    await tx.agent.create({
      data: { id: agentId, ...fields, nameKey, tier, createdAt: ctx.now },
    });
    const keyEvents: Recorded[] = [];
    if (publicJwk) {
      const period = { notBefore: ctx.now, notAfter: null };
      const jkt = await insertKey(tx, { agentId, publicJwk, ...period, now: ctx.now });
      keyEvents.push({ event: { kind: "agent.key-added", agentId, jkt }, detail: { publicJwk } });
    }
    if (fields.ownerId !== ctx.actor.id) {
      await notify(tx, {
        personIds: [fields.ownerId],
        kind: "agent.registered",
        title: `You own the new agent ${fields.name}`,
        href: `/agents/${agentId}`,
        now: ctx.now,
      });
    }
    const { name, description, resources, classification } = fields;
    return {
      value: { agentId, tier },
      events: [
        {
          event: {
            kind: "agent.registered",
            agentId,
            tier,
            agentKind: fields.kind,
            ownerId: fields.ownerId,
            legalEntityId: fields.legalEntityId,
          },
          detail: {
            name,
            description,
            resources,
            classification,
            rules: because.map((rule) => rule.id),
          },
        },
        ...keyEvents,
      ],
    };
  },
});
