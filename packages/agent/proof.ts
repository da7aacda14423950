import { canonicalJson, type Json } from "@/lib/domain/crypto/canonical-json";

const utf8 = new TextEncoder();

function base64url(bytes: Uint8Array): string {
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

async function sha256(text: string): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", utf8.encode(text))));
}

/** An Ed25519 key pair (RFC 8037), the private half as WebCrypto holds it. */
export type AgentKey = {
  readonly privateKey: CryptoKey;
  readonly publicJwk: { readonly kty: "OKP"; readonly crv: "Ed25519"; readonly x: string };
};

/** Throws TypeError where the key is no Ed25519 key, or a CryptoKey comes without its public half. */
export async function readKey(
  privateKey: CryptoKey | JsonWebKey,
  publicJwk?: JsonWebKey,
): Promise<AgentKey> {
  const isHandle = privateKey instanceof CryptoKey;
  const { kty, crv, x } = publicJwk ?? (isHandle ? {} : privateKey);
  if (kty !== "OKP" || crv !== "Ed25519" || x === undefined) {
    throw new TypeError("an Ed25519 key is needed; with a CryptoKey also its `publicJwk`");
  }
  return {
    privateKey: isHandle
      ? privateKey
      : await crypto.subtle.importKey("jwk", privateKey, { name: "Ed25519" }, false, ["sign"]),
    publicJwk: { kty, crv, x },
  };
}

/**
 * A DPoP proof (RFC 9449 §4.2) for one request: bound to its method and address, to the token (`ath`) and, by
 * `intent` = SHA-256 of JCS(body), to what is asked. Good once, for a minute.
 */
export async function makeProof(
  key: AgentKey,
  request: {
    readonly method: string;
    readonly url: string;
    readonly token?: string;
    readonly body?: Json;
  },
): Promise<string> {
  const header = { typ: "dpop+jwt", alg: "EdDSA", jwk: key.publicJwk };
  const claims = {
    jti: crypto.randomUUID(),
    htm: request.method,
    htu: request.url,
    iat: Math.floor(Date.now() / 1000),
    ...(request.token !== undefined && { ath: await sha256(request.token) }),
    ...(request.body !== undefined && { intent: await sha256(canonicalJson(request.body)) }),
  };
  const part = (value: object): string => base64url(utf8.encode(JSON.stringify(value)));
  const signed = `${part(header)}.${part(claims)}`;
  const signature = await crypto.subtle.sign("Ed25519", key.privateKey, utf8.encode(signed));
  return `${signed}.${base64url(new Uint8Array(signature))}`;
}
