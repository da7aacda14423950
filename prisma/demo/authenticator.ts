/**
 * A WebAuthn authenticator in software, so that the seeded approvals carry real assertions that anyone
 * can verify. The private key is forgotten when the seed ends: nobody can sign with it afterwards.
 */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";

const USER_PRESENT_AND_VERIFIED = 0b0000_0101;

export type SoftwareAuthenticator = {
  readonly id: string;
  /** COSE_Key (RFC 9053 §7.2: OKP, EdDSA, Ed25519) */
  readonly cosePublicKey: Uint8Array<ArrayBuffer>;
  readonly assert: (challenge: string) => {
    id: string;
    rawId: string;
    type: "public-key";
    authenticatorAttachment: "platform";
    clientExtensionResults: Record<string, never>;
    response: { clientDataJSON: string; authenticatorData: string; signature: string };
  };
};

function coseKey(publicKey: KeyObject): Uint8Array<ArrayBuffer> {
  const { x } = publicKey.export({ format: "jwk" });
  if (x === undefined) throw new Error("not an OKP key");
  // {1: 1 (OKP), 3: -8 (EdDSA), -1: 6 (Ed25519), -2: x}
  const head = [0xa4, 0x01, 0x01, 0x03, 0x27, 0x20, 0x06, 0x21, 0x58, 0x20];
  return Uint8Array.from([...head, ...Buffer.from(x, "base64url")]);
}

/** `origin` is the web application's address; its host name is the relying party's id. */
export function makeAuthenticator(origin: string): SoftwareAuthenticator {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const id = randomBytes(16).toString("base64url");
  let counter = 0;
  return {
    id,
    cosePublicKey: coseKey(publicKey),
    assert(challenge) {
      counter += 1;
      const clientData = Buffer.from(
        JSON.stringify({ type: "webauthn.get", challenge, origin, crossOrigin: false }),
      );
      const count = Buffer.alloc(4);
      count.writeUInt32BE(counter);
      const authenticatorData = Buffer.concat([
        createHash("sha256").update(new URL(origin).hostname).digest(),
        Buffer.from([USER_PRESENT_AND_VERIFIED]),
        count,
      ]);
      const signed = Buffer.concat([
        authenticatorData,
        createHash("sha256").update(clientData).digest(),
      ]);
      return {
        id,
        rawId: id,
        type: "public-key",
        authenticatorAttachment: "platform",
        clientExtensionResults: {},
        response: {
          clientDataJSON: clientData.toString("base64url"),
          authenticatorData: authenticatorData.toString("base64url"),
          signature: sign(null, signed, privateKey).toString("base64url"),
        },
      };
    },
  };
}
