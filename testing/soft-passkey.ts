/**
 * A passkey in software, for tests: makes the answers that a browser with an authenticator would send
 * (WebAuthn Level 3 §6, §7), with user verification, ES256 and no attestation.
 */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";

const ORIGIN = "http://localhost:3000";
const RP_ID = "localhost";
const FLAGS = { present: 0x01, verified: 0x04, attested: 0x40 };

const b64u = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");
const sha256 = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest();

// The little CBOR (RFC 8949) that is needed: lengths below 65536.
function head(major: number, length: number): Buffer {
  if (length < 24) return Buffer.from([(major << 5) | length]);
  if (length < 256) return Buffer.from([(major << 5) | 24, length]);
  return Buffer.from([(major << 5) | 25, length >> 8, length & 255]);
}
const int = (value: number) => (value >= 0 ? head(0, value) : head(1, -1 - value));
const bytes = (value: Uint8Array) => Buffer.concat([head(2, value.length), value]);
const text = (value: string) => Buffer.concat([head(3, value.length), Buffer.from(value)]);
const map = (...pairs: readonly (readonly [Buffer, Buffer])[]) =>
  Buffer.concat([head(5, pairs.length), ...pairs.flat()]);

export class SoftPasskey {
  readonly id = randomBytes(32);
  readonly #key: KeyObject;
  readonly #cose: Buffer;
  #counter = 0;
  readonly #userHandle: string;
  readonly #origin: string;

  constructor(personId: string, options: { readonly origin?: string } = {}) {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const { x = "", y = "" } = publicKey.export({ format: "jwk" });
    this.#key = privateKey;
    this.#userHandle = b64u(Buffer.from(personId));
    this.#origin = options.origin ?? ORIGIN;
    // COSE_Key (RFC 9053 §7.1.1): kty EC2, alg ES256, crv P-256
    this.#cose = map(
      [int(1), int(2)],
      [int(3), int(-7)],
      [int(-1), int(1)],
      [int(-2), bytes(Buffer.from(x, "base64url"))],
      [int(-3), bytes(Buffer.from(y, "base64url"))],
    );
  }

  #clientData(type: "webauthn.create" | "webauthn.get", challenge: string): Buffer {
    return Buffer.from(
      JSON.stringify({ type, challenge, origin: this.#origin, crossOrigin: false }),
    );
  }

  #authenticatorData(flags: number, rest: Uint8Array = Buffer.alloc(0)): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.#counter);
    return Buffer.concat([sha256(RP_ID), Buffer.from([flags]), counter, rest]);
  }

  /** RegistrationResponseJSON to options with this challenge (base64url). */
  register(challenge: string) {
    const length = Buffer.from([this.id.length >> 8, this.id.length & 255]);
    const credential = Buffer.concat([Buffer.alloc(16), length, this.id, this.#cose]);
    const authData = this.#authenticatorData(
      FLAGS.present | FLAGS.verified | FLAGS.attested,
      credential,
    );
    const attestation = map(
      [text("fmt"), text("none")],
      [text("attStmt"), map()],
      [text("authData"), bytes(authData)],
    );
    return {
      id: b64u(this.id),
      rawId: b64u(this.id),
      type: "public-key" as const,
      response: {
        clientDataJSON: b64u(this.#clientData("webauthn.create", challenge)),
        attestationObject: b64u(attestation),
        transports: ["internal"],
      },
      clientExtensionResults: {},
    };
  }

  /** AuthenticationResponseJSON to options with this challenge (base64url). */
  authenticate(challenge: string, options: { readonly verified?: boolean } = {}) {
    this.#counter += 1;
    const flags = FLAGS.present | (options.verified === false ? 0 : FLAGS.verified);
    const authenticatorData = this.#authenticatorData(flags);
    const clientData = this.#clientData("webauthn.get", challenge);
    const signature = sign(
      "sha256",
      Buffer.concat([authenticatorData, sha256(clientData)]),
      this.#key,
    );
    return {
      id: b64u(this.id),
      rawId: b64u(this.id),
      type: "public-key" as const,
      response: {
        clientDataJSON: b64u(clientData),
        authenticatorData: b64u(authenticatorData),
        signature: b64u(signature),
        userHandle: this.#userHandle,
      },
      clientExtensionResults: {},
    };
  }
}
