import type { Tx } from "../db";

/** Ends every live session of a person, but for one to keep. Returns how many were ended. */
export async function endSessions(
  tx: Pick<Tx, "signInSession">,
  personId: string,
  now: Date,
  keep?: string,
): Promise<number> {
  const { count } = await tx.signInSession.updateMany({
    where: {
      personId,
      revokedAt: null,
      expiresAt: { gt: now },
      ...(keep === undefined ? {} : { id: { not: keep } }),
    },
    data: { revokedAt: now },
  });
  return count;
}
