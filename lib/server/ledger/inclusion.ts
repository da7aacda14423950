import {
  inclusionRanges,
  type LeafRange,
  merkleRoot,
  nodeHash,
  splitPoint,
  verifyInclusion,
} from "@/lib/domain/ledger/merkle";
import { readLeaves } from "./read-entries";

/** Roots of full blocks of this many leaves never change in an append-only log, so they are kept in memory. */
const BLOCK = 1024;
const blocks = new Map<number, Uint8Array>();

type Place = { readonly index: number; readonly size: number; readonly root: Uint8Array };

/**
 * The hashes that prove that entry `index` stands in the tree of `size` entries with `root` (RFC 9162 §2.1.3).
 * Where the ledger was tampered with, the proof does not verify: whoever checks it is to see that.
 */
export async function proveInclusion(place: Place): Promise<readonly Uint8Array[]> {
  const proof = await build(place);
  const [leafHash] = await readLeaves(place.index, place.index + 1);
  if (leafHash && verifyInclusion({ leafHash, ...place, proof })) return proof;
  // What was kept may be of a database that was since replaced.
  blocks.clear();
  return build(place);
}

async function build({ index, size }: Place): Promise<readonly Uint8Array[]> {
  const proof: Uint8Array[] = [];
  for (const range of inclusionRanges(index, size)) proof.push(await rangeRoot(range));
  return proof;
}

/** Root over the leaves of a range, which is cut as the tree is. */
async function rangeRoot({ start, end }: LeafRange): Promise<Uint8Array> {
  if (end - start > BLOCK) {
    const middle = start + splitPoint(end - start);
    return nodeHash(
      await rangeRoot({ start, end: middle }),
      await rangeRoot({ start: middle, end }),
    );
  }
  const kept = end - start === BLOCK ? blocks.get(start) : undefined;
  if (kept) return kept;
  const root = merkleRoot(await readLeaves(start, end));
  if (end - start === BLOCK) blocks.set(start, root);
  return root;
}
