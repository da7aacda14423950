import { verifyEd25519 } from "@/lib/domain/crypto/ed25519";
import { base64, constantTimeEqual, fromBase64, hex, sha256 } from "@/lib/domain/crypto/sha256";
import { AppError } from "@/lib/domain/errors";

// C2SP signed-note, https://c2sp.org/signed-note
const ED25519 = 0x01;
const MAX_SIGNATURES = 100;
const NAME = /^[^\s+]+$/u;
const utf8 = new TextEncoder();

/** A key that notes are checked with: its name, its 4-byte id and the 32-byte Ed25519 key. */
export type NoteVerifier = {
  readonly name: string;
  readonly keyId: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly verify: VerifyEd25519;
};

/** Does the signature of the message verify under the public key? Never throws. */
export type VerifyEd25519 = typeof verifyEd25519;

export type NoteSigner = {
  readonly name: string;
  readonly publicKey: Uint8Array;
  /** Ed25519 signature over the bytes */
  readonly sign: (message: Uint8Array) => Uint8Array;
};

type NoteSignature = {
  readonly name: string;
  readonly keyId: Uint8Array;
  readonly signature: Uint8Array;
};

export type OpenedNote = {
  readonly text: string;
  /** signatures by known keys, at least one, all valid */
  readonly verified: readonly NoteSignature[];
  /** signatures by keys that the reader does not know */
  readonly unverified: readonly NoteSignature[];
};

/**
 * The verifier for a name and a public key. Key id = SHA-256(name ‖ "\n" ‖ 0x01 ‖ key)[:4].
 * `verify` may be replaced where there is something faster than JavaScript.
 */
export function noteVerifier(
  name: string,
  publicKey: Uint8Array,
  verify: VerifyEd25519 = verifyEd25519,
): NoteVerifier {
  if (!NAME.test(name)) throw new AppError("invalid", "A note key's name has no spaces and no +.");
  if (publicKey.length !== 32) throw new AppError("invalid", "An Ed25519 key has 32 bytes.");
  const keyId = sha256(concat(utf8.encode(`${name}\n`), typed(publicKey))).slice(0, 4);
  return { name, keyId, publicKey, verify };
}

/** The printed form of a verifier, `name+keyid+base64`, for whoever checks notes elsewhere. */
export function formatVerifierKey({ name, keyId, publicKey }: NoteVerifier): string {
  return `${name}+${hex(keyId)}+${base64(typed(publicKey))}`;
}

/** Read a printed verifier. Throws AppError("invalid") where its parts don't belong together. */
export function parseVerifierKey(vkey: string): NoteVerifier {
  const [, name = "", keyId, key = ""] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(vkey) ?? [];
  const bytes = fromBase64(key);
  if (bytes[0] !== ED25519) throw new AppError("invalid", "This is not an Ed25519 note key.");
  const verifier = noteVerifier(name, bytes.slice(1));
  if (hex(verifier.keyId) !== keyId) {
    throw new AppError("invalid", "The note key's id does not belong to its name and key.");
  }
  return verifier;
}

/** Sign a text that ends in a newline. The result is the whole note. */
export function signNote(text: string, signer: NoteSigner): string {
  if (!isNoteText(text)) throw new AppError("invalid", "This text can't be signed as a note.");
  const { name, keyId } = noteVerifier(signer.name, signer.publicKey);
  const signature = signer.sign(utf8.encode(text));
  return `${text}\n— ${name} ${base64(concat(keyId, signature))}\n`;
}

/**
 * Take a note apart and check it. Throws AppError("invalid") where it is malformed, where a signature by a known
 * key is wrong (never skipped), and where no known key signed it.
 */
export function openNote(note: string, verifiers: readonly NoteVerifier[]): OpenedNote {
  const split = note.lastIndexOf("\n\n");
  const text = note.slice(0, split + 1);
  const signatureLines = note.slice(split + 2);
  if (split < 0 || !isNoteText(text) || !signatureLines.endsWith("\n")) throw malformed();

  const lines = signatureLines.slice(0, -1).split("\n");
  if (lines.length > MAX_SIGNATURES) throw malformed();
  const verified: NoteSignature[] = [];
  const unverified: NoteSignature[] = [];
  for (const line of lines) {
    const signature = parseSignatureLine(line);
    const verifier = verifiers.find((known) => sameKey(known, signature));
    if (verifier === undefined) {
      unverified.push(signature);
      continue;
    }
    if (!verifier.verify(signature.signature, utf8.encode(text), verifier.publicKey)) {
      throw new AppError("invalid", `The signature by ${verifier.name} is wrong.`);
    }
    if (!verified.some((other) => sameKey(verifier, other))) verified.push(signature);
  }
  if (verified.length === 0) {
    throw new AppError("invalid", "No known key has signed this note.");
  }
  return { text, verified, unverified };
}

function parseSignatureLine(line: string): NoteSignature {
  const [, name, encoded = ""] = /^— ([^\s+]+) ([A-Za-z0-9+/=]+)$/u.exec(line) ?? [];
  if (name === undefined || !encoded) throw malformed();
  const bytes = fromBase64(encoded);
  if (bytes.length < 5) throw malformed();
  return { name, keyId: bytes.slice(0, 4), signature: bytes.slice(4) };
}

function sameKey(verifier: NoteVerifier, signature: NoteSignature): boolean {
  return verifier.name === signature.name && constantTimeEqual(verifier.keyId, signature.keyId);
}

/** Not empty, ends in a newline, no control characters but newlines, no broken surrogates. */
function isNoteText(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this refuses
  return text.endsWith("\n") && !/[\x00-\x09\x0b-\x1f]|\p{Cs}/u.test(text);
}

function typed(publicKey: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(ED25519), publicKey);
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const out = new Uint8Array(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
}

function malformed(): AppError {
  return new AppError("invalid", "This is not a well-formed signed note.");
}
