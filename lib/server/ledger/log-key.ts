import { sign, verify } from "node:crypto";
import { type NoteSigner, type NoteVerifier, noteVerifier } from "@/lib/domain/ledger/note";
import { env } from "../env";
import { logKey } from "../keys";

/** Signs this log's checkpoints, under the log's origin. */
export function logSigner(): NoteSigner {
  const { privateKey, raw } = logKey();
  return {
    name: env().COUNTERSIGN_LOG_ORIGIN,
    publicKey: raw,
    sign: (message) => sign(null, message, privateKey),
  };
}

/** Checks this log's checkpoints, with OpenSSL: a verification reads a checkpoint for each minute of the log's life. */
export function logVerifier(): NoteVerifier {
  const { publicKey, raw } = logKey();
  return noteVerifier(env().COUNTERSIGN_LOG_ORIGIN, raw, (signature, message) =>
    verify(null, message, publicKey, signature),
  );
}
