import { base64, fromBase64 } from "@/lib/domain/crypto/sha256";
import { AppError } from "@/lib/domain/errors";
import { type NoteSigner, type NoteVerifier, openNote, signNote } from "./note";

/** A signed tree head: the root over the first `size` leaves of the log named `origin`. */
export type LogCheckpoint = {
  readonly origin: string;
  readonly size: number;
  /** 32 bytes */
  readonly root: Uint8Array;
};

/** Body of a C2SP tlog-checkpoint (https://c2sp.org/tlog-checkpoint): origin, size, root, one line each. */
export function formatCheckpoint({ origin, size, root }: LogCheckpoint): string {
  if (!/^[^\s+]+$/u.test(origin))
    throw new AppError("invalid", "An origin has no spaces and no +.");
  if (!Number.isSafeInteger(size) || size < 0 || root.length !== 32) {
    throw new RangeError("a checkpoint needs a size and a root of 32 bytes");
  }
  return `${origin}\n${size}\n${base64(root)}\n`;
}

/** Read a checkpoint's body; extension lines are allowed and left aside. Throws AppError("invalid"). */
export function parseCheckpoint(text: string): LogCheckpoint {
  const [origin = "", size = "", root = "", ...rest] = text.split("\n");
  const extensions = rest.slice(0, -1);
  const wellFormed =
    origin !== "" &&
    /^(?:0|[1-9]\d{0,15})$/.test(size) &&
    rest.at(-1) === "" &&
    !extensions.includes("");
  const count = Number(size);
  if (!wellFormed || !Number.isSafeInteger(count)) throw malformed();
  const hash = fromBase64(root);
  if (hash.length !== 32) throw malformed();
  return { origin, size: count, root: hash };
}

/** Sign a checkpoint; the origin is the signer's name. The result is the note that is published. */
export function signCheckpoint(head: Omit<LogCheckpoint, "origin">, signer: NoteSigner): string {
  return signNote(formatCheckpoint({ origin: signer.name, ...head }), signer);
}

/** Check the log's signature and read the checkpoint. Throws AppError("invalid"), also for another log's checkpoint. */
export function openCheckpoint(note: string, log: NoteVerifier): LogCheckpoint {
  const checkpoint = parseCheckpoint(openNote(note, [log]).text);
  if (checkpoint.origin !== log.name) {
    throw new AppError("invalid", `This checkpoint is of another log, ${checkpoint.origin}.`);
  }
  return checkpoint;
}

function malformed(): AppError {
  return new AppError("invalid", "This is not a well-formed checkpoint.");
}
