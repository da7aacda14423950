import type { FirmStop } from "@/prisma/generated/client";
import type { Tx } from "./db";

/** The last throw of the firm-wide switch and how many agents it still holds; null where none is held any more. */
export async function firmStopInForce(
  reader: Pick<Tx, "firmStop" | "containment">,
): Promise<{ readonly stop: FirmStop; readonly stillStopped: number } | null> {
  const stop = await reader.firmStop.findFirst({ orderBy: { seq: "desc" } });
  if (stop === null) return null;
  const appliedSeq = { gt: stop.seq, lte: stop.seq + BigInt(stop.agents) };
  const stillStopped = await reader.containment.count({ where: { appliedSeq, liftedAt: null } });
  return stillStopped === 0 ? null : { stop, stillStopped };
}
