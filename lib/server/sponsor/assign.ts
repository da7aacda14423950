import { z } from "zod";
import { ROLES } from "@/lib/domain/access/permissions";
import { asTier } from "@/lib/domain/agent/tier";
import { AppError } from "@/lib/domain/errors";
import { ReasonInWords } from "@/lib/domain/review/reason-in-words";
import { objections, SPONSOR_KINDS, type SponsorKind } from "@/lib/domain/sponsor/eligibility";
import { command } from "../command";
import type { Tx } from "../db";
import { newId } from "../ids";
import { notify } from "../notify";

/**
 * Makes a person the sponsor or deputy of an agent from now on; the assignment before it ends, it is not overwritten.
 * A deputy who becomes the sponsor stops being the deputy. Returns `{ previousId }`.
 * Errors: "competence" where only training is missing, "conflict" for every other objection (each a field problem).
 */
export const assignSponsor = command({
  permission: "sponsor:assign",
  input: z.strictObject({
    agentId: z.string().regex(/^agt_[a-z0-9]{8,40}$/, "not an agent's id"),
    personId: z.string().regex(/^per_[a-z0-9-]{4,64}$/, "choose a person"),
    kind: z.enum(SPONSOR_KINDS),
    reason: ReasonInWords,
  }),
  async run(tx, { ctx, input }) {
    const { agentId, personId, kind, reason } = input;
    const { agent, open } = await openAssignments(tx, agentId);
    const candidate = await findCandidate(tx, personId);
    const found = objections(candidate, { ...agent, ...open, kind }, ctx.now);
    if (found.length > 0) {
      const only = found.every(({ id }) => id === "training");
      const fields = found.map(({ words }) => ({ path: "personId", message: words }));
      const message = `${candidate.name} can't be the ${kind}: ${found[0]?.words ?? ""}`;
      throw new AppError(only ? "competence" : "conflict", message, { fields });
    }
    const previousId = kind === "sponsor" ? open.sponsorId : open.deputyId;
    const promoted = kind === "sponsor" && open.deputyId === personId;
    const kinds: SponsorKind[] = promoted ? ["sponsor", "deputy"] : [kind];
    await tx.sponsorship.updateMany({
      where: { agentId, kind: { in: kinds }, toAt: null },
      data: { toAt: ctx.now },
    });
    await tx.sponsorship.create({
      data: { id: newId("spn"), agentId, personId, kind, fromAt: ctx.now },
    });
    const other = kind === "sponsor" ? open.deputyId : open.sponsorId;
    await notify(tx, {
      personIds: [personId, previousId ?? [], other ?? [], agent.ownerId]
        .flat()
        .filter((id) => id !== ctx.actor.id),
      kind: "sponsor.assigned",
      title: `${candidate.name} is now the ${kind} of ${agent.name}`,
      href: `/agents/${agentId}?tab=sponsors`,
      now: ctx.now,
    });
    return {
      value: { previousId },
      events: [
        {
          event: { kind: "sponsor.assigned", agentId, sponsorId: personId, role: kind, previousId },
          detail: promoted ? { reason, formerly: "deputy" } : { reason },
        },
      ],
    };
  },
});

async function openAssignments(tx: Tx, agentId: string) {
  const row = await tx.agent.findUnique({
    where: { id: agentId },
    select: {
      name: true,
      tier: true,
      status: true,
      ownerId: true,
      sponsorships: { where: { toAt: null } },
    },
  });
  if (row === null) throw new AppError("not-found", "there is no such agent");
  if (row.status === "retired") throw new AppError("conflict", "this agent is retired");
  const holder = (kind: SponsorKind) =>
    row.sponsorships.find((sponsorship) => sponsorship.kind === kind)?.personId ?? null;
  return {
    agent: { name: row.name, tier: asTier(row.tier), ownerId: row.ownerId },
    open: { sponsorId: holder("sponsor"), deputyId: holder("deputy") },
  };
}

async function findCandidate(tx: Tx, personId: string) {
  const person = await tx.person.findUnique({
    where: { id: personId },
    include: { roles: true, certificates: true },
  });
  if (person === null) {
    const message = "there is no such person";
    throw new AppError("invalid", message, { fields: [{ path: "personId", message }] });
  }
  const roles = ROLES.filter((role) => person.roles.some((held) => held.role === role));
  return { ...person, roles };
}
