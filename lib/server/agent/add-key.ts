import { z } from "zod";
import { PublicJwk } from "@/lib/domain/agent/key";
import { AppError } from "@/lib/domain/errors";
import { command } from "../command";
import type { Recorded } from "../ledger/append";
import { issueTokenForKey } from "../manifest-token";
import { notify } from "../notify";
import { changeableAgent, concerned } from "./changeable";
import { AgentId } from "./input";
import { insertKey } from "./new-key";

const Instant = z.iso.datetime({ message: "an instant in UTC such as 2026-12-01T00:00:00Z" });

/**
 * Registers a further key, for instance before a rotation. Without `notBefore` it counts at once, without
 * `notAfter` until it is revoked. The token of a manifest in force is signed for it. Returns `{ jkt }`. Errors: "conflict" where the key is known or there are too many.
 */
export const addKey = command({
  permission: "agent:keys",
  input: z.strictObject({
    agentId: AgentId,
    publicJwk: PublicJwk,
    notBefore: Instant.optional(),
    notAfter: Instant.optional(),
  }),
  async run(tx, { ctx, input }) {
    const { agentId, publicJwk } = input;
    const agent = await changeableAgent(tx, ctx, agentId);
    const notBefore = input.notBefore === undefined ? ctx.now : new Date(input.notBefore);
    const notAfter = input.notAfter === undefined ? null : new Date(input.notAfter);
    if (notAfter !== null && (notAfter <= notBefore || notAfter <= ctx.now)) {
      const message = "must be in the future, and after the start";
      throw new AppError("invalid", "the key would never count", {
        fields: [{ path: "notAfter", message }],
      });
    }
    const jkt = await insertKey(tx, { agentId, publicJwk, notBefore, notAfter, now: ctx.now });
    const token = await issueTokenForKey(tx, { agentId, jkt, now: ctx.now });
    const issued: Recorded[] = [];
    if (token !== null) {
      const { manifestId, hash } = token;
      issued.push({
        event: { kind: "manifest.token-issued", agentId, manifestId, jkt, tokenHash: hash },
      });
    }
    await notify(tx, {
      personIds: concerned(agent, ctx.actor.id),
      kind: "agent.key-added",
      title: `${agent.name} has a new key`,
      href: `/agents/${agentId}?tab=keys`,
      now: ctx.now,
    });
    return {
      value: { jkt },
      events: [
        {
          event: { kind: "agent.key-added", agentId, jkt },
          detail: {
            publicJwk,
            notBefore: notBefore.toISOString(),
            notAfter: notAfter?.toISOString() ?? null,
          },
        },
        ...issued,
      ],
    };
  },
});
