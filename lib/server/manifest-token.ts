import { createHash, sign } from "node:crypto";
import { canonicalJson } from "@/lib/domain/crypto/canonical-json";
import { ApprovalStatement, statementDigest } from "@/lib/domain/manifest/approval";
import { IntentManifest } from "@/lib/domain/manifest/manifest";
import {
  buildClaims,
  MANIFEST_TOKEN_TYP,
  type ManifestTokenClaims,
} from "@/lib/domain/manifest/token";
import type { Tx } from "./db";
import { env } from "./env";
import { newId } from "./ids";
import { tokenKey } from "./keys";

export type IssuedToken = {
  readonly manifestId: string;
  readonly jkt: string;
  /** JWS compact serialization */
  readonly token: string;
  /** base64url SHA-256 of the token */
  readonly hash: string;
  readonly expiresAt: Date;
};

type Writer = Pick<Tx, "manifest" | "agentKey" | "manifestToken">;

/**
 * Signs and keeps the token of an approved manifest for each of these keys of its agent (all of them where `jkts` is
 * null) that counts now or later and has none yet. The caller records it, as `manifest.approved` or
 * `manifest.token-issued`.
 */
export async function issueTokens(
  tx: Writer,
  { manifestId, jkts, now }: { manifestId: string; jkts: readonly string[] | null; now: Date },
): Promise<readonly IssuedToken[]> {
  const row = await tx.manifest.findUnique({
    where: { id: manifestId },
    include: { approvals: { orderBy: { seq: "asc" } } },
  });
  const manifest = IntentManifest.safeParse(row?.document);
  if (row?.state !== "approved" || row.digest === null || !manifest.success) return [];
  const approvals = row.approvals.flatMap((approval) => approvalFact(approval));
  const last = approvals.at(-1);
  // Nobody answers for it, so that there is nothing to put into a token.
  if (last === undefined) return [];
  const keys = await tx.agentKey.findMany({
    where: {
      agentId: row.agentId,
      revokedAt: null,
      OR: [{ notAfter: null }, { notAfter: { gt: now } }],
      tokens: { none: { manifestId } },
      ...(jkts === null ? {} : { jkt: { in: [...jkts] } }),
    },
    orderBy: { createdAt: "asc" },
  });
  const issued = keys.flatMap((key) => {
    const claims = buildClaims({
      issuer: env().COUNTERSIGN_GATEWAY_URL.replace(/\/$/, ""),
      tokenId: newId("mtk"),
      now,
      manifestId,
      version: row.version,
      digest: row.digest ?? "",
      manifest: manifest.data,
      key,
      approvals,
      sponsorId: last.sponsorId,
    });
    if (claims === null) return [];
    const token = signJws(claims);
    const hash = createHash("sha256").update(token).digest("base64url");
    return [{ manifestId, jkt: key.jkt, token, hash, expiresAt: new Date(claims.exp * 1000) }];
  });
  await tx.manifestToken.createMany({ data: issued.map((one) => ({ ...one, createdAt: now })) });
  return issued;
}

/** For a key that came after the approval: signs its token where a manifest is in force. Null where there is none to sign. */
export async function issueTokenForKey(
  tx: Writer,
  { agentId, jkt, now }: { agentId: string; jkt: string; now: Date },
): Promise<IssuedToken | null> {
  const approved = await tx.manifest.findFirst({ where: { agentId, state: "approved" } });
  if (approved === null) return null;
  const [issued] = await issueTokens(tx, { manifestId: approved.id, jkts: [jkt], now });
  return issued ?? null;
}

function approvalFact(row: {
  readonly personId: string;
  readonly assurance: string;
  readonly statement: unknown;
  readonly at: Date;
}) {
  const statement = ApprovalStatement.safeParse(row.statement);
  if (!statement.success) return [];
  return [
    {
      sponsorId: row.personId,
      stage: statement.data.stage,
      assurance: row.assurance === "passkey" ? ("passkey" as const) : ("password" as const),
      statementDigest: statementDigest(statement.data),
      at: row.at,
    },
  ];
}

/** JWS compact serialization (RFC 7515 §7.1) with EdDSA (RFC 8037). */
function signJws(claims: ManifestTokenClaims): string {
  const key = tokenKey();
  const header = { alg: "EdDSA", typ: MANIFEST_TOKEN_TYP, kid: key.kid };
  const part = (text: string): string => Buffer.from(text, "utf8").toString("base64url");
  const signed = `${part(canonicalJson(header))}.${part(JSON.stringify(claims))}`;
  return `${signed}.${sign(null, Buffer.from(signed, "ascii"), key.privateKey).toString("base64url")}`;
}
