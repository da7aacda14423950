import { keyState, type PublicJwk, thumbprint } from "@/lib/domain/agent/key";
import { AppError } from "@/lib/domain/errors";
import type { Tx } from "../db";

/** Enough for a rotation on every instance; a longer list is a list that nobody looks at. */
const KEYS_MAX = 5;

type NewKey = {
  readonly agentId: string;
  readonly publicJwk: PublicJwk;
  readonly notBefore: Date;
  readonly notAfter: Date | null;
  readonly now: Date;
};

/** Registers a key and returns its thumbprint. Throws AppError("conflict") where the key is known, to whomever it belongs. */
export async function insertKey(tx: Pick<Tx, "agentKey">, key: NewKey): Promise<string> {
  const jkt = thumbprint(key.publicJwk);
  if (await tx.agentKey.findUnique({ where: { jkt }, select: { jkt: true } })) {
    const message = "this key is registered already: every agent needs keys of its own";
    throw new AppError("conflict", message, { fields: [{ path: "publicJwk", message }] });
  }
  const others = await tx.agentKey.findMany({ where: { agentId: key.agentId } });
  const usable = others.filter((other) =>
    ["active", "not-yet"].includes(keyState(other, key.now)),
  ).length;
  if (usable >= KEYS_MAX) {
    throw new AppError("conflict", `an agent has at most ${KEYS_MAX} keys at once: revoke one`);
  }
  await tx.agentKey.create({
    data: {
      jkt,
      agentId: key.agentId,
      publicJwk: key.publicJwk,
      notBefore: key.notBefore,
      notAfter: key.notAfter,
      createdAt: key.now,
    },
  });
  return jkt;
}
