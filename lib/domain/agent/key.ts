import { ed25519 } from "@noble/curves/ed25519.js";
import { z } from "zod";
import { canonicalJson, parseStrictJson } from "@/lib/domain/crypto/canonical-json";
import { base64url, fromBase64url, sha256 } from "@/lib/domain/crypto/sha256";
import { AppError } from "@/lib/domain/errors";

const PRIVATE_KEY =
  "this is a private key: it must never leave the agent. Make a new pair, because this one has been shown";

/** Members of other kinds of JWK that hold secrets (RFC 7518 §6). */
const SECRET_MEMBERS = ["d", "k", "p", "q", "dp", "dq", "qi", "oth"];

/** Is it 32 bytes that name a point of the curve's large subgroup? RFC 8032 §5.1.3; small orders sign for anybody. */
function isUsablePoint(x: string): boolean {
  try {
    const bytes = fromBase64url(x);
    return bytes.length === 32 && !ed25519.Point.fromBytes(bytes).isSmallOrder();
  } catch {
    return false;
  }
}

/** A public Ed25519 key as a JWK (RFC 8037 §2). What is kept are the three members that make the key. */
export const PublicJwk = z
  .looseObject({})
  .refine((jwk) => !SECRET_MEMBERS.some((name) => name in jwk), {
    message: PRIVATE_KEY,
    abort: true,
  })
  .pipe(
    z.strictObject({
      kty: z.literal("OKP", 'must have "kty": "OKP"'),
      crv: z.literal("Ed25519", 'must have "crv": "Ed25519"'),
      x: z.string().refine(isUsablePoint, '"x" must be a point of the curve: 32 bytes, base64url'),
      // What generators add; said by nobody, so not kept.
      kid: z.string().max(300).optional(),
      alg: z.enum(["EdDSA", "Ed25519"], '"alg" must be EdDSA').optional(),
      use: z.literal("sig", '"use" must be "sig"').optional(),
      key_ops: z.array(z.string()).max(10).optional(),
      ext: z.boolean().optional(),
    }),
  )
  .transform(({ kty, crv, x }) => ({ kty, crv, x }));
export type PublicJwk = z.output<typeof PublicJwk>;

const MAX_TEXT = 4000;

/** A pasted JWK. Throws AppError("invalid") with a sentence for the person; a member that stands twice is refused. */
export function parsePublicJwk(text: string): PublicJwk {
  if (text.trim() === "") throw new AppError("invalid", "paste the agent's public key");
  if (text.length > MAX_TEXT) throw new AppError("invalid", "this is too long for a key");
  const result = PublicJwk.safeParse(parseStrictJson(text));
  if (result.success) return result.data;
  throw new AppError("invalid", result.error.issues[0]?.message ?? "this is not a public key");
}

/** SHA-256 thumbprint of the key, base64url (RFC 7638 §3, members of RFC 8037 §2). */
export function thumbprint({ kty, crv, x }: PublicJwk): string {
  return base64url(sha256(canonicalJson({ crv, kty, x })));
}

export type KeyPeriod = {
  readonly notBefore: Date;
  readonly notAfter: Date | null;
  readonly revokedAt: Date | null;
  /** since when a containment rule holds it for misused */
  readonly suspectAt?: Date | null;
};

export type KeyState = "active" | "not-yet" | "expired" | "revoked" | "suspect";

/** Whether a key may sign at `now`; `notAfter` is the first moment at which it may no longer. */
export function keyState(key: KeyPeriod, now: Date): KeyState {
  if (key.revokedAt !== null && key.revokedAt <= now) return "revoked";
  if (key.notAfter !== null && now >= key.notAfter) return "expired";
  if (key.suspectAt) return "suspect";
  return now < key.notBefore ? "not-yet" : "active";
}
