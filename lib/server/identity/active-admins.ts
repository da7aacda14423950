import type { Tx } from "../db";

/** How many active people are administrators. Exact while the caller holds the ledger's lock. */
export function activeAdmins(tx: Pick<Tx, "person">): Promise<number> {
  return tx.person.count({ where: { active: true, roles: { some: { role: "admin" } } } });
}
