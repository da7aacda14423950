import { ed25519 } from "@noble/curves/ed25519.js";
import { base64url } from "@/lib/domain/crypto/sha256";

export type KeyPair = {
  readonly publicJwk: { readonly kty: "OKP"; readonly crv: "Ed25519"; readonly x: string };
  /** RFC 8037: the private key as a JWK; must never leave the agent */
  readonly privateJwk: {
    readonly kty: "OKP";
    readonly crv: "Ed25519";
    readonly x: string;
    readonly d: string;
  };
};

/** A new Ed25519 key pair from the browser's random generator. Nothing is sent anywhere. */
export function makeKeyPair(): KeyPair {
  const secret = ed25519.utils.randomSecretKey();
  const x = base64url(ed25519.getPublicKey(secret));
  const publicJwk = { kty: "OKP", crv: "Ed25519", x } as const;
  return { publicJwk, privateJwk: { ...publicJwk, d: base64url(secret) } };
}
