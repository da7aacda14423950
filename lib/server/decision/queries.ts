import type { Query } from "../ledger/append";

export type CurrentToken = {
  readonly token: string;
  readonly manifestId: string;
  readonly expiresAt: Date;
};

/** The token of the agent's manifest in force that is bound to this key, or null. */
export async function currentToken(
  query: Query,
  agentId: string,
  jkt: string,
): Promise<CurrentToken | null> {
  const rows = await query<CurrentToken>(
    `SELECT t."token", t."manifestId", t."expiresAt" FROM "ManifestToken" t
       JOIN "Manifest" m ON m."id" = t."manifestId"
      WHERE m."agentId" = $1 AND m."state" = 'approved' AND t."jkt" = $2`,
    [agentId, jkt],
  );
  return rows[0] ?? null;
}
