import { verify } from "node:crypto";
import { z } from "zod";
import { MANIFEST_TOKEN_TYP, ManifestTokenClaims } from "@/lib/domain/manifest/token";
import { readJws } from "@/lib/domain/policy/proof";
import type { SigningKey } from "@/lib/server/keys";
import { digestOf } from "./digest-of";

/** What the gateway needs to know from a manifest token. */
type TokenClaims = {
  readonly agentId: string;
  readonly manifestId: string;
  /** RFC 7638 thumbprint of the key that the token is bound to (RFC 7800 `cnf`) */
  readonly jkt: string;
  /** epoch ms */
  readonly notBefore: number;
  readonly expiresAt: number;
};

export type TokenReading =
  | { readonly kind: "missing" }
  | { readonly kind: "malformed"; readonly hash: string }
  /** well-formed, but not signed by us */
  | { readonly kind: "foreign"; readonly hash: string }
  | { readonly kind: "ours"; readonly hash: string; readonly claims: TokenClaims };

const Header = z.looseObject({
  typ: z.literal(MANIFEST_TOKEN_TYP),
  alg: z.literal("EdDSA"),
  // RFC 7515 §4.1.11: we understand no critical extension.
  crit: z.undefined().optional(),
});
const TOKEN_MAX_LENGTH = 60 * 1024;
const KEPT_MAX = 5000;

/** Verifies manifest tokens. Each is verified once and then known by its text: only our own are kept, so none can crowd them out. */
export class ManifestTokens {
  readonly #key: SigningKey;
  readonly #issuer: string;
  readonly #kept = new Map<string, TokenReading & { readonly kind: "ours" }>();

  constructor(key: SigningKey, issuer: string) {
    this.#key = key;
    this.#issuer = issuer;
  }

  read(token: string | null): TokenReading {
    if (token === null) return { kind: "missing" };
    const kept = this.#kept.get(token);
    if (kept) return kept;
    const reading = this.#verify(token);
    if (reading.kind === "ours") {
      const [oldest] = this.#kept.keys();
      if (this.#kept.size >= KEPT_MAX && oldest !== undefined) this.#kept.delete(oldest);
      this.#kept.set(token, reading);
    }
    return reading;
  }

  #verify(token: string): TokenReading {
    const hash = digestOf(token);
    const jws = token.length > TOKEN_MAX_LENGTH ? null : readJws(token);
    const header = Header.safeParse(jws?.header);
    if (jws === null || !header.success) return { kind: "malformed", hash };
    const signed = Buffer.from(jws.signed, "latin1");
    const valid = verify(null, signed, this.#key.publicKey, jws.signature);
    if (!valid) return { kind: "foreign", hash };
    const claims = ManifestTokenClaims.safeParse(jws.payload);
    // Another deployment may share the key by mistake, never the address.
    if (!claims.success || [claims.data.iss, claims.data.aud].some((url) => url !== this.#issuer)) {
      return { kind: "foreign", hash };
    }
    const { sub, nbf, exp, cnf, authorization_details } = claims.data;
    return {
      kind: "ours",
      hash,
      claims: {
        agentId: sub,
        manifestId: authorization_details[0].manifest_id,
        jkt: cnf.jkt,
        notBefore: nbf * 1000,
        expiresAt: exp * 1000,
      },
    };
  }
}
