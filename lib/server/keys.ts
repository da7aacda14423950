import { createHash, createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { canonicalJson } from "@/lib/domain/crypto/canonical-json";
import { env } from "./env";

export type SigningKey = {
  /** RFC 7638 thumbprint, base64url */
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly publicJwk: { readonly kty: "OKP"; readonly crv: "Ed25519"; readonly x: string };
  /** the 32 bytes of the public key */
  readonly raw: Uint8Array;
};

const made = new Map<string, SigningKey>();

function signingKey(pem: string): SigningKey {
  const known = made.get(pem);
  if (known) return known;
  const privateKey = createPrivateKey(pem);
  if (privateKey.asymmetricKeyType !== "ed25519") throw new Error("signing keys must be Ed25519");
  const publicKey = createPublicKey(privateKey);
  const { x } = publicKey.export({ format: "jwk" });
  if (x === undefined) throw new Error("the key has no public part");
  const publicJwk = { kty: "OKP", crv: "Ed25519", x } as const;
  const kid = createHash("sha256").update(canonicalJson(publicJwk)).digest("base64url");
  const key = { kid, privateKey, publicKey, publicJwk, raw: Buffer.from(x, "base64url") };
  made.set(pem, key);
  return key;
}

/** Signs manifest tokens. */
export function tokenKey(): SigningKey {
  return signingKey(env().COUNTERSIGN_TOKEN_KEY);
}

/** Signs checkpoints of the ledger. */
export function logKey(): SigningKey {
  return signingKey(env().COUNTERSIGN_LOG_KEY);
}
