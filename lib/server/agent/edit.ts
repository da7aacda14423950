import { z } from "zod";
import { Classification, classify } from "@/lib/domain/agent/classification";
import { asTier, compareTier } from "@/lib/domain/agent/tier";
import { canonicalJson, type Json } from "@/lib/domain/crypto/canonical-json";
import { AppError } from "@/lib/domain/errors";
import { command } from "../command";
import type { Ctx } from "../context";
import { notify } from "../notify";
import { changeableAgent } from "./changeable";
import { AgentFields, AgentId, Reason } from "./input";
import { checkEntity, checkName, checkOwner } from "./references";

type Agent = Awaited<ReturnType<typeof changeableAgent>>;

/** Names of the fields in the ledger. */
const FIELD_CODES = {
  name: "name",
  description: "description",
  kind: "kind",
  ownerId: "owner",
  legalEntityId: "legal-entity",
  resources: "resources",
  classification: "classification",
} as const;
const FIELD_NAMES = [
  "name",
  "description",
  "kind",
  "ownerId",
  "legalEntityId",
  "resources",
  "classification",
] as const satisfies readonly (keyof AgentFields)[];

/**
 * Changes what is said about an agent; the tier is computed anew. `version` is the one that the person saw.
 * Only an administrator changes owner or legal entity, or lowers the tier (with `reason`).
 * Returns `{ tier, version }`. Errors: "stale", "conflict" (name), "forbidden", "invalid" where nothing changes.
 */
export const editAgent = command({
  permission: "agent:edit",
  input: AgentFields.extend({
    agentId: AgentId,
    version: z.number().int().positive(),
    reason: Reason.optional(),
  }),
  async run(tx, { ctx, input }) {
    const { agentId, version, reason, ...fields } = input;
    const agent = await changeableAgent(tx, ctx, agentId);
    if (agent.version !== version) {
      throw new AppError("stale", "somebody else changed this agent meanwhile: load it again");
    }
    const changed = FIELD_NAMES.filter(
      (name) => canonicalJson(fields[name]) !== canonicalJson(storedValue(agent, name)),
    );
    if (changed.length === 0) throw new AppError("invalid", "nothing was changed");
    const { tier, because } = classify(fields.classification);
    const direction = compareTier(tier, asTier(agent.tier));
    checkAuthority(ctx, changed, direction, reason);
    if (changed.includes("ownerId")) {
      await checkOwner(tx, fields.ownerId);
      checkNotSponsor(agent, fields.ownerId);
    }
    if (changed.includes("legalEntityId")) await checkEntity(tx, fields.legalEntityId);
    const nameKey = await checkName(tx, fields.name, agentId);
    await tx.agent.update({
      where: { id: agentId },
      data: { ...fields, nameKey, tier, version: { increment: 1 } },
    });
    if (direction > 0) {
      await notify(tx, {
        personIds: agent.sponsorships.map(({ personId }) => personId),
        kind: "agent.tier-raised",
        title: `${fields.name} is now of tier ${tier}`,
        href: `/agents/${agentId}`,
        now: ctx.now,
      });
    }
    if (changed.includes("ownerId")) {
      await notify(tx, {
        personIds: [fields.ownerId, agent.ownerId].filter((id) => id !== ctx.actor.id),
        kind: "agent.owner-changed",
        title: `${fields.name} has a new owner`,
        href: `/agents/${agentId}`,
        now: ctx.now,
      });
    }
    const before: Record<string, Json> = {};
    const after: Record<string, Json> = {};
    for (const name of changed) {
      before[name] = storedValue(agent, name);
      after[name] = fields[name];
    }
    const why = reason === undefined ? {} : { reason };
    return {
      value: { tier, version: version + 1 },
      events: [
        {
          event: {
            kind: "agent.changed",
            agentId,
            tier,
            fields: changed.map((name) => FIELD_CODES[name]),
          },
          detail: { before, after, rules: because.map((rule) => rule.id), ...why },
        },
      ],
    };
  },
});

function storedValue(agent: Agent, name: keyof AgentFields): Json {
  if (name !== "classification") return agent[name];
  return Classification.safeParse(agent.classification).data ?? {};
}

function checkAuthority(
  ctx: Ctx,
  changed: readonly (keyof AgentFields)[],
  direction: number,
  reason: string | undefined,
): void {
  const admin = ctx.actor.roles.includes("admin");
  for (const path of ["ownerId", "legalEntityId"] as const) {
    if (admin || !changed.includes(path)) continue;
    const message = "only an administrator changes this";
    throw new AppError("forbidden", message, { fields: [{ path, message }] });
  }
  if (direction >= 0) return;
  if (!admin) {
    throw new AppError(
      "forbidden",
      "these answers lower the tier: only an administrator does that",
    );
  }
  if (reason === undefined) {
    const message = "these answers lower the tier: say why";
    throw new AppError("invalid", message, { fields: [{ path: "reason", message }] });
  }
}

function checkNotSponsor(agent: Agent, ownerId: string): void {
  if (!agent.sponsorships.some(({ personId }) => personId === ownerId)) return;
  const message = "sponsors this agent: owner and sponsor must be different people";
  throw new AppError("conflict", `this person ${message}`, {
    fields: [{ path: "ownerId", message }],
  });
}
