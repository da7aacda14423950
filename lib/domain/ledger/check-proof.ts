import { constantTimeEqual, fromBase64url } from "@/lib/domain/crypto/sha256";
import { parseBody } from "./body";
import { openCheckpoint } from "./checkpoint";
import { commitment, leafHash } from "./leaf";
import { verifyInclusion } from "./merkle";
import { parseVerifierKey } from "./note";
import type { EntryView } from "./view";

/** What a reader can check of an entry without trusting the server; null: there is nothing to check. */
export type ProofCheck = {
  /** the text hashes to the leaf that the server stated */
  readonly leaf: boolean;
  /** the checkpoint is signed by the log's key */
  readonly signature: boolean | null;
  /** the leaf stands at this position in the signed tree */
  readonly inclusion: boolean | null;
  /** the words are those that the entry commits to */
  readonly detail: boolean | null;
};

type Checked = Pick<EntryView, "canonical" | "leafHash" | "proof" | "detail"> & {
  readonly seq: number;
};

/** Recomputes everything from the entry's text. Never throws: what can't be decoded does not hold. */
export function checkProof({
  seq,
  canonical,
  leafHash: stated,
  proof,
  detail,
}: Checked): ProofCheck {
  const leaf = leafHash(canonical);
  const head =
    proof && holds(() => openCheckpoint(proof.note, parseVerifierKey(proof.verifierKey)));
  return {
    leaf: holds(() => constantTimeEqual(leaf, fromBase64url(stated))) === true,
    signature: proof && head !== null,
    inclusion:
      proof &&
      holds(
        () =>
          head !== null &&
          verifyInclusion({
            leafHash: leaf,
            index: seq,
            size: head.size,
            root: head.root,
            proof: proof.hashes.map(fromBase64url),
          }),
      ) === true,
    detail:
      detail.state === "present"
        ? holds(
            () =>
              commitment(fromBase64url(detail.salt), detail.detail) ===
              parseBody(canonical)?.commitment,
          ) === true
        : null,
  };
}

/** The value, or null where computing it throws. */
function holds<Value>(compute: () => Value): Value | null {
  try {
    return compute();
  } catch {
    return null;
  }
}
