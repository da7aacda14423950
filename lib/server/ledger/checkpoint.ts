import { base64, constantTimeEqual, fromBase64 } from "@/lib/domain/crypto/sha256";
import { openCheckpoint, signCheckpoint } from "@/lib/domain/ledger/checkpoint";
import { leafHash } from "@/lib/domain/ledger/leaf";
import { EMPTY_TREE, grow, type Tree, treeRoot } from "@/lib/domain/ledger/merkle";
import type { Checkpoint } from "@/prisma/generated/client";
import { db } from "../db";
import { logSigner, logVerifier } from "./log-key";
import { ledgerSize, readEntries } from "./read-entries";

/**
 * Signs the ledger's present head where it grew since the last checkpoint, and keeps it. Reads only entries that are
 * new since then. May run anywhere at once: heads of the same size are the same note, others stand beside each other.
 *
 * Throws, and signs nothing, where the last checkpoint is not ours, where entries are missing or do not hash to their
 * leaves: a signature must not make damage official.
 */
export async function makeCheckpoint(
  now: Date,
): Promise<{ readonly size: number; readonly made: boolean }> {
  const last = await db.checkpoint.findFirst({ orderBy: { size: "desc" } });
  let tree = last ? treeAt(last) : EMPTY_TREE;
  const size = await ledgerSize();
  if (size < tree.size) throw new Error("the ledger is shorter than its last checkpoint");
  if (size === tree.size) return { size, made: false };

  for await (const entries of readEntries(tree.size, size)) {
    tree = grow(
      tree,
      entries.map((entry, i) => checkedLeaf(entry, tree.size + i)),
    );
  }
  if (tree.size !== size) throw new Error(`the ledger has no entry ${tree.size}`);

  const root = treeRoot(tree);
  const { count } = await db.checkpoint.createMany({
    data: [
      {
        size: BigInt(size),
        rootHash: Uint8Array.from(root),
        note: signCheckpoint({ size, root }, logSigner()),
        frontier: tree.frontier.map(base64),
        createdAt: now,
      },
    ],
    skipDuplicates: true,
  });
  return { size, made: count === 1 };
}

function checkedLeaf(
  entry: { readonly seq: bigint; readonly canonical: string; readonly leafHash: Uint8Array },
  expected: number,
): Uint8Array {
  if (Number(entry.seq) !== expected) throw new Error(`the ledger has no entry ${expected}`);
  const leaf = leafHash(entry.canonical);
  if (!constantTimeEqual(leaf, entry.leafHash)) {
    throw new Error(`entry ${expected} does not hash to its leaf`);
  }
  return leaf;
}

/** The tree to grow from. Only the note is signed, so the frontier is believed only where it gives the signed root. */
function treeAt(row: Checkpoint): Tree {
  const { size, root } = openCheckpoint(row.note, logVerifier());
  const tree = grow({ size: Number(row.size), frontier: row.frontier.map(fromBase64) }, []);
  if (size !== tree.size || !constantTimeEqual(root, treeRoot(tree))) {
    throw new Error(`the checkpoint at ${row.size} does not say what was signed`);
  }
  return tree;
}
