import type { ContainmentLevel } from "@/lib/domain/containment/level";
import type { Tx } from "./db";
import { newId } from "./ids";

type Containing = {
  readonly agentId: string;
  readonly level: ContainmentLevel;
  /** who acts: a person or a rule */
  readonly by: { readonly personId: string } | { readonly rule: string };
  /** ledger position of the event `containment.applied` */
  readonly seq: bigint;
  readonly now: Date;
};

/** Puts the agent at a level, ending the containment that was open. The caller has checked who may, and records it. */
export async function contain(
  tx: Pick<Tx, "containment" | "agent">,
  { agentId, level, by, seq, now }: Containing,
): Promise<void> {
  const personId = "personId" in by ? by.personId : null;
  await tx.containment.updateMany({
    where: { agentId, liftedAt: null },
    data: { liftedAt: now, liftedBy: personId, liftedSeq: seq },
  });
  await tx.containment.create({
    data: {
      id: newId("cnt"),
      agentId,
      level,
      byPerson: personId,
      byRule: "rule" in by ? by.rule : null,
      appliedAt: now,
      appliedSeq: seq,
    },
  });
  await tx.agent.update({ where: { id: agentId }, data: { containment: level } });
}
