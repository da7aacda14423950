import { z } from "zod";
import type { IntentManifest } from "./manifest";

/** The `typ` header of a manifest token (RFC 8725 §3.11: explicit typing). */
export const MANIFEST_TOKEN_TYP = "intent-manifest+jwt";
/** The `type` of its authorization details (RFC 9396 §2). */
const AUTHORIZATION_TYPE = "intent_manifest";

const digest = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
const seconds = z.number().int().positive();

/**
 * Claims of a manifest token: a JWT (RFC 7519) that says which approved manifest is the authority of which agent, bound
 * to one key of the agent (`cnf.jkt`, RFC 7800, RFC 7638), with the authority as `authorization_details` (RFC 9396).
 */
export const ManifestTokenClaims = z.looseObject({
  iss: z.string(),
  /** the agent's id */
  sub: z.string().regex(/^agt_[a-z0-9]{8,40}$/),
  aud: z.string(),
  jti: z.string(),
  iat: seconds,
  nbf: seconds,
  exp: seconds,
  cnf: z.looseObject({ jkt: digest }),
  authorization_details: z.tuple([
    z.looseObject({
      type: z.literal(AUTHORIZATION_TYPE),
      /** the manifest that is the authority */
      manifest_id: z.string(),
      version: z.number().int().positive(),
      /** SHA-256 of JCS of the manifest, base64url */
      digest,
      locations: z.array(z.string()),
      actions: z.array(z.string()),
      /** resource types */
      datatypes: z.array(z.string()),
    }),
  ]),
  sponsor: z.looseObject({ id: z.string() }),
  approvals: z
    .array(
      z.looseObject({
        sponsor: z.string(),
        stage: z.enum(["first", "final"]),
        assurance: z.enum(["passkey", "password"]),
        statement_digest: digest,
        at: z.iso.datetime(),
      }),
    )
    .min(1),
});
export type ManifestTokenClaims = z.infer<typeof ManifestTokenClaims>;

export type TokenFacts = {
  /** the gateway's address: who issues it and whom it is for */
  readonly issuer: string;
  readonly tokenId: string;
  readonly now: Date;
  readonly manifestId: string;
  readonly version: number;
  readonly digest: string;
  readonly manifest: IntentManifest;
  readonly key: { readonly jkt: string; readonly notBefore: Date; readonly notAfter: Date | null };
  /** in the order in which they were signed; the last one is the sponsor's final word */
  readonly approvals: readonly {
    readonly sponsorId: string;
    readonly stage: "first" | "final";
    readonly assurance: "passkey" | "password";
    readonly statementDigest: string;
    readonly at: Date;
  }[];
  readonly sponsorId: string;
};

/**
 * The claims of the token for one key. It counts from when both manifest and key do, until the first of them ends.
 * Null where that span is empty or over: no token is issued then.
 */
export function buildClaims(facts: TokenFacts): ManifestTokenClaims | null {
  const { manifest, key, now, issuer } = facts;
  const iat = Math.floor(now.getTime() / 1000);
  const nbf = Math.ceil(
    Math.max(Date.parse(manifest.validity.notBefore), key.notBefore.getTime()) / 1000,
  );
  const end = Math.min(
    Date.parse(manifest.validity.notAfter),
    key.notAfter?.getTime() ?? Number.POSITIVE_INFINITY,
  );
  const exp = Math.floor(end / 1000);
  if (exp <= nbf || exp <= iat) return null;
  const rules = manifest.clusters.flatMap((cluster) => cluster.rules);
  return {
    iss: issuer,
    sub: manifest.agentId,
    aud: issuer,
    jti: facts.tokenId,
    iat,
    nbf,
    exp,
    cnf: { jkt: key.jkt },
    authorization_details: [
      {
        type: AUTHORIZATION_TYPE,
        manifest_id: facts.manifestId,
        version: facts.version,
        digest: facts.digest,
        locations: [issuer],
        actions: distinct(rules.flatMap((rule) => rule.actions)),
        datatypes: distinct(
          rules.flatMap((rule) => rule.resources.map((resource) => resource.split(":")[0] ?? "*")),
        ),
      },
    ],
    sponsor: { id: facts.sponsorId },
    approvals: facts.approvals.map((approval) => ({
      sponsor: approval.sponsorId,
      stage: approval.stage,
      assurance: approval.assurance,
      statement_digest: approval.statementDigest,
      at: approval.at.toISOString(),
    })),
  };
}

function distinct(items: readonly string[]): string[] {
  return [...new Set(items)].sort();
}
