import { nameKey } from "@/lib/domain/agent/name";
import { AppError } from "@/lib/domain/errors";
import type { Tx } from "../db";

/** Throws AppError("invalid") unless the person is active and holds the role owner. */
export async function checkOwner(tx: Pick<Tx, "person">, ownerId: string): Promise<void> {
  const owner = await tx.person.findFirst({
    where: { id: ownerId, active: true, roles: { some: { role: "owner" } } },
    select: { id: true },
  });
  if (owner) return;
  const message = "must be an active person who holds the role owner";
  throw new AppError("invalid", `the owner ${message}`, { fields: [{ path: "ownerId", message }] });
}

export async function checkEntity(tx: Pick<Tx, "legalEntity">, id: string): Promise<void> {
  if (await tx.legalEntity.findUnique({ where: { id }, select: { id: true } })) return;
  const message = "there is no such legal entity";
  throw new AppError("invalid", message, { fields: [{ path: "legalEntityId", message }] });
}

/** Throws AppError("conflict") where another agent's name reads the same. Returns the key of the name. */
export async function checkName(
  tx: Pick<Tx, "agent">,
  name: string,
  agentId: string | null,
): Promise<string> {
  const key = nameKey(name);
  const same = await tx.agent.findUnique({ where: { nameKey: key }, select: { id: true } });
  if (same === null || same.id === agentId) return key;
  const message = "another agent has a name that reads the same";
  throw new AppError("conflict", message, { fields: [{ path: "name", message }] });
}
