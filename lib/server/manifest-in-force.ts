import { IntentManifest } from "@/lib/domain/manifest/manifest";
import type { Tx } from "./db";

export type ManifestInForce = {
  readonly id: string;
  readonly version: number;
  readonly document: IntentManifest;
  readonly notAfter: Date;
};

/** The agent's approved manifest if it is valid at `now`; null otherwise, also where it can't be read. */
export async function manifestInForce(
  reader: Pick<Tx, "manifest">,
  agentId: string,
  now: Date,
): Promise<ManifestInForce | null> {
  return readInForce(
    await reader.manifest.findFirst({ where: { agentId, state: "approved" } }),
    now,
  );
}

/** The same of a row in state `approved` that is already read. */
export function readInForce(
  row: { readonly id: string; readonly version: number; readonly document: unknown } | null,
  now: Date,
): ManifestInForce | null {
  if (row === null) return null;
  const parsed = IntentManifest.safeParse(row.document);
  if (!parsed.success) return null;
  const { notBefore, notAfter } = parsed.data.validity;
  if (now < new Date(notBefore) || now >= new Date(notAfter)) return null;
  return {
    id: row.id,
    version: row.version,
    document: parsed.data,
    notAfter: new Date(notAfter),
  };
}
