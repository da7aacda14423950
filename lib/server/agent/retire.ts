import { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import { command } from "../command";
import type { Tx } from "../db";
import type { Recorded } from "../ledger/append";
import { notify } from "../notify";
import { changeableAgent, concerned } from "./changeable";
import { AgentId, Reason } from "./input";

/**
 * Ends an agent for good: its keys and its manifest in force are revoked, a submitted manifest is withdrawn, the
 * sponsorships end. Errors: "conflict" while reviews are open, since nobody could resolve them afterwards.
 */
export const retireAgent = command({
  permission: "agent:retire",
  input: z.strictObject({ agentId: AgentId, reason: Reason }),
  async run(tx, { ctx, input: { agentId, reason } }) {
    const agent = await changeableAgent(tx, ctx, agentId);
    const open = await tx.review.count({ where: { agentId, state: "open" } });
    if (open > 0) {
      throw new AppError(
        "conflict",
        `${open === 1 ? "one review is" : `${open} reviews are`} open: resolve that first; to end its requests at once, stop the agent`,
      );
    }
    const ended = [
      ...(await revokeKeys(tx, agentId, ctx.now)),
      ...(await endManifests(tx, agentId, ctx.now)),
    ];
    await tx.sponsorship.updateMany({ where: { agentId, toAt: null }, data: { toAt: ctx.now } });
    await tx.agent.update({
      where: { id: agentId },
      data: { status: "retired", retiredAt: ctx.now, version: { increment: 1 } },
    });
    await notify(tx, {
      personIds: concerned(agent, ctx.actor.id),
      kind: "agent.retired",
      title: `${agent.name} is retired`,
      href: `/agents/${agentId}`,
      now: ctx.now,
    });
    return {
      value: { agentId },
      events: [{ event: { kind: "agent.retired", agentId }, detail: { reason } }, ...ended],
    };
  },
});

async function revokeKeys(tx: Tx, agentId: string, now: Date): Promise<readonly Recorded[]> {
  const keys = await tx.agentKey.findMany({
    where: { agentId, revokedAt: null },
    select: { jkt: true },
    orderBy: { createdAt: "asc" },
  });
  await tx.agentKey.updateMany({ where: { agentId, revokedAt: null }, data: { revokedAt: now } });
  return keys.map(({ jkt }) => ({ event: { kind: "agent.key-revoked", agentId, jkt } }));
}

async function endManifests(tx: Tx, agentId: string, now: Date): Promise<readonly Recorded[]> {
  const manifests = await tx.manifest.findMany({
    where: { agentId, state: { in: ["approved", "submitted"] } },
    select: { id: true, state: true },
    orderBy: { version: "asc" },
  });
  const events: Recorded[] = [];
  for (const { id, state } of manifests) {
    const approved = state === "approved";
    await tx.manifest.update({
      where: { id },
      data: approved
        ? { state: "revoked", endedAt: now, updatedAt: now }
        : {
            state: "draft",
            digest: null,
            submittedAt: null,
            revision: { increment: 1 },
            updatedAt: now,
          },
    });
    const kind = approved ? "manifest.revoked" : "manifest.withdrawn";
    events.push({ event: { kind, agentId, manifestId: id } });
  }
  return events;
}
