import type { PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/server";
import { z } from "zod";
import { FIRM_STOP_PHRASE, firmStopDigest } from "@/lib/domain/containment/firm-stop";
import { StepUpProof } from "@/lib/domain/identity/step-up";
import { ReasonInWords } from "@/lib/domain/review/reason-in-words";
import { preparedCommand } from "../command";
import { authorise, type Ctx } from "../context";
import type { Tx } from "../db";
import { env } from "../env";
import { newId } from "../ids";
import { parseInput } from "../input";
import type { Recorded } from "../ledger/append";
import { notify } from "../notify";
import { peopleWithRole } from "../standing";
import { beginStepUp, proveStepUp, verifyStepUp } from "../step-up";

const PURPOSE = "firm.stop";
const SUBJECT = "firm";

async function begin(ctx: Ctx, raw: unknown): Promise<PublicKeyCredentialRequestOptionsJSON> {
  authorise(ctx, "containment:stop-all");
  const { reason } = parseInput(z.strictObject({ reason: ReasonInWords }), raw);
  const digest = firmStopDigest({ personId: ctx.actor.id, reason });
  return beginStepUp(ctx, { purpose: PURPOSE, subject: SUBJECT, digest });
}

/** Options for the passkey that throws the firm-wide switch. Throws AppError("forbidden" | "invalid" | "conflict"). */
export const beginFirmStop = Object.assign(begin, {
  permission: "containment:stop-all",
} as const);

/**
 * Stops every agent in production, in one transaction: all of them or none. Each is lifted by itself, by those who may
 * lift it. The phrase is typed and the person proves that it is them; the demo takes a password in place of a passkey.
 * Throws AppError("forbidden" | "invalid" | "too-many").
 */
export const throwFirmStop = preparedCommand({
  permission: "containment:stop-all",
  input: z.strictObject({
    phrase: z
      .string()
      .trim()
      .toLowerCase()
      .refine((typed) => typed === FIRM_STOP_PHRASE, `type “${FIRM_STOP_PHRASE}”`),
    reason: ReasonInWords,
    proof: StepUpProof,
  }),
  prepare: ({ ctx, input }) => proveStepUp(ctx, input.proof),
  async run(tx, { ctx, input, seq, prepared: proof }) {
    const { reason } = input;
    const digest = firmStopDigest({ personId: ctx.actor.id, reason });
    const act = { purpose: PURPOSE, subject: SUBJECT, digest, proof };
    const allowPassword = env().COUNTERSIGN_DEMO === "1";
    const { assurance } = await verifyStepUp(tx, ctx, { ...act, allowPassword });
    const producing = await tx.agent.findMany({
      where: { status: "production" },
      select: { id: true, containment: true },
      orderBy: { id: "asc" },
    });
    const stopped = producing.filter(({ containment }) => containment !== "stopped");
    const ids = stopped.map(({ id }) => id);
    await stopAll(tx, ids, { personId: ctx.actor.id, now: ctx.now, seq });
    await tx.firmStop.create({
      data: {
        id: newId("fst"),
        thrownById: ctx.actor.id,
        thrownAt: ctx.now,
        seq,
        agents: ids.length,
        assurance,
      },
    });
    await tellEveryone(tx, ids.length, ctx);
    const firm: Recorded = {
      event: {
        kind: "firm.stopped",
        agents: ids.length,
        stoppedBefore: producing.length - ids.length,
        assurance,
      },
      detail: { reason },
    };
    return {
      value: { agents: ids.length },
      events: [
        firm,
        ...ids.map(
          (agentId): Recorded => ({
            event: { kind: "containment.applied", agentId, level: "stopped", rule: null },
            detail: { reason, firmWide: true },
          }),
        ),
      ],
    };
  },
});

/** lib/server/contain.ts for many agents at once: they may be hundreds, and the ledger is locked meanwhile. */
async function stopAll(
  tx: Tx,
  ids: readonly string[],
  stamp: { readonly personId: string; readonly now: Date; readonly seq: bigint },
): Promise<void> {
  const { personId, now, seq } = stamp;
  const agentId = { in: [...ids] };
  await tx.containment.updateMany({
    where: { agentId, liftedAt: null },
    data: { liftedAt: now, liftedBy: personId, liftedSeq: seq },
  });
  await tx.containment.createMany({
    data: ids.map((id, index) => ({
      id: newId("cnt"),
      agentId: id,
      level: "stopped",
      byPerson: personId,
      byRule: null,
      appliedAt: now,
      appliedSeq: seq + 1n + BigInt(index),
    })),
  });
  await tx.agent.updateMany({ where: { id: agentId }, data: { containment: "stopped" } });
}

async function tellEveryone(tx: Tx, agents: number, ctx: Ctx): Promise<void> {
  const answering = await tx.sponsorship.findMany({
    where: { toAt: null, agent: { status: "production" } },
    select: { personId: true },
    distinct: ["personId"],
  });
  const personIds = [
    ...answering.map(({ personId }) => personId),
    ...(await peopleWithRole(tx, "compliance")),
    ...(await peopleWithRole(tx, "admin")),
  ].filter((id) => id !== ctx.actor.id);
  await notify(tx, {
    personIds,
    kind: "firm.stopped",
    title: `The firm-wide switch was thrown: ${agents} agents were stopped`,
    href: "/incidents",
    now: ctx.now,
  });
}
