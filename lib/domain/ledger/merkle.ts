import { constantTimeEqual, sha256 } from "@/lib/domain/crypto/sha256";

/**
 * A tree by its right edge: the roots of the perfect subtrees that `size` leaves fall into, largest first
 * (as many as `size` has bits set). Enough to append and to give the root; needs no other leaf.
 */
export type Tree = { readonly size: number; readonly frontier: readonly Uint8Array[] };

/** Leaves `start` (included) to `end` (excluded). */
export type LeafRange = { readonly start: number; readonly end: number };

export const EMPTY_TREE: Tree = { size: 0, frontier: [] };

/** SHA-256(0x01 ‖ left ‖ right) (RFC 9162 §2.1.1). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(1 + left.length + right.length);
  bytes[0] = 1;
  bytes.set(left, 1);
  bytes.set(right, 1 + left.length);
  return sha256(bytes);
}

/** The tree after appending leaf hashes in order. Throws RangeError where `tree` is not what it says. */
export function grow(tree: Tree, leaves: Iterable<Uint8Array>): Tree {
  if (tree.frontier.length !== bitsSet(tree.size)) {
    throw new RangeError("the frontier does not fit the size of the tree");
  }
  const frontier = [...tree.frontier];
  let { size } = tree;
  for (const leaf of leaves) {
    let node = leaf;
    // Each trailing 1 bit of the size is a complete subtree that the new leaf completes to the next larger one.
    for (let rest = size; rest % 2 === 1; rest = Math.floor(rest / 2)) {
      const left = frontier.pop();
      if (left !== undefined) node = nodeHash(left, node);
    }
    frontier.push(node);
    size++;
  }
  return { size, frontier };
}

/** Root of the tree, 32 bytes (RFC 9162 §2.1.1); of the empty tree: SHA-256 of nothing. */
export function treeRoot(tree: Tree): Uint8Array {
  return tree.frontier.length === 0
    ? sha256("")
    : tree.frontier.reduceRight((right, left) => nodeHash(left, right));
}

/** Root over leaf hashes. */
export function merkleRoot(leaves: Iterable<Uint8Array>): Uint8Array {
  return treeRoot(grow(EMPTY_TREE, leaves));
}

/**
 * The subtrees whose roots prove that leaf `index` (from 0) stands in the tree of `size` leaves, in proof order:
 * nearest to the leaf first (RFC 9162 §2.1.3.1).
 */
export function inclusionRanges(index: number, size: number): readonly LeafRange[] {
  if (!isCount(size) || !isCount(index) || index >= size) {
    throw new RangeError(`a tree of ${size} leaves has no leaf ${index}`);
  }
  const ranges: LeafRange[] = [];
  for (let start = 0, end = size; end - start > 1; ) {
    const middle = start + splitPoint(end - start);
    ranges.unshift(index < middle ? { start: middle, end } : { start, end: middle });
    if (index < middle) end = middle;
    else start = middle;
  }
  return ranges;
}

/** The subtrees whose roots prove that the tree of `size1` leaves grew into that of `size2` (RFC 9162 §2.1.4.1). */
function consistencyRanges(size1: number, size2: number): readonly LeafRange[] {
  if (!isCount(size1) || !isCount(size2) || size1 < 1 || size1 > size2) {
    throw new RangeError(`a tree of ${size1} leaves can't have grown into one of ${size2}`);
  }
  const ranges: LeafRange[] = [];
  let start = 0;
  let end = size2;
  while (size1 < end) {
    const middle = start + splitPoint(end - start);
    ranges.unshift(size1 <= middle ? { start: middle, end } : { start, end: middle });
    if (size1 <= middle) end = middle;
    else start = middle;
  }
  // The old tree itself, where it is one subtree of the new one, is known to whoever checks.
  if (start > 0) ranges.unshift({ start, end });
  return ranges;
}

/** Inclusion proof out of all leaf hashes of the tree. */
export function inclusionProof(leaves: readonly Uint8Array[], index: number): Uint8Array[] {
  return inclusionRanges(index, leaves.length).map((r) => merkleRoot(leaves.slice(r.start, r.end)));
}

/** Consistency proof from the first `size1` leaves to all of them. */
export function consistencyProof(leaves: readonly Uint8Array[], size1: number): Uint8Array[] {
  return consistencyRanges(size1, leaves.length).map((r) =>
    merkleRoot(leaves.slice(r.start, r.end)),
  );
}

export type InclusionClaim = {
  readonly leafHash: Uint8Array;
  readonly index: number;
  readonly size: number;
  readonly root: Uint8Array;
  readonly proof: readonly Uint8Array[];
};

/** Does the proof show that the leaf stands at `index` in the tree of `size` with `root`? RFC 9162 §2.1.3.2. */
export function verifyInclusion(claim: InclusionClaim): boolean {
  const { leafHash, index, size, root, proof } = claim;
  if (!isCount(index) || !isCount(size) || index >= size || !allHashes([leafHash, ...proof])) {
    return false;
  }
  let node = leafHash;
  const complete = climb(index, size - 1, proof, (sibling, side) => {
    node = side === "left" ? nodeHash(sibling, node) : nodeHash(node, sibling);
  });
  return complete && constantTimeEqual(node, root);
}

export type ConsistencyClaim = {
  readonly size1: number;
  readonly root1: Uint8Array;
  readonly size2: number;
  readonly root2: Uint8Array;
  readonly proof: readonly Uint8Array[];
};

/** Does the proof show that the first tree is a prefix of the second? RFC 9162 §2.1.4.2. An empty one proves nothing, so it does not. */
export function verifyConsistency(claim: ConsistencyClaim): boolean {
  const { size1, root1, size2, root2, proof } = claim;
  if (!isCount(size1) || !isCount(size2) || !allHashes(proof)) return false;
  if (size1 === 0 || size1 > size2) return false;
  if (size1 === size2) return proof.length === 0 && constantTimeEqual(root1, root2);
  const [first, ...path] = bitsSet(size1) === 1 ? [root1, ...proof] : proof;
  if (first === undefined || proof.length === 0) return false;

  let fn = size1 - 1;
  let sn = size2 - 1;
  while (fn % 2 === 1) [fn, sn] = [half(fn), half(sn)];
  let old = first;
  let now = first;
  const complete = climb(fn, sn, path, (node, side) => {
    if (side === "left") old = nodeHash(node, old);
    now = side === "left" ? nodeHash(node, now) : nodeHash(now, node);
  });
  return complete && constantTimeEqual(old, root1) && constantTimeEqual(now, root2);
}

/** Walk from node `index` of a level whose last node is `last` up to the root. False where the path is too long or too short. */
function climb(
  index: number,
  last: number,
  path: readonly Uint8Array[],
  visit: (sibling: Uint8Array, side: "left" | "right") => void,
): boolean {
  let fn = index;
  let sn = last;
  for (const sibling of path) {
    if (sn === 0) return false;
    const isLeft = fn % 2 === 1 || fn === sn;
    visit(sibling, isLeft ? "left" : "right");
    // A last node without a sibling rises by itself until it has one.
    if (isLeft) while (fn % 2 === 0 && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0;
}

// Sizes pass 2³¹, so no bit operators.
function half(n: number): number {
  return Math.floor(n / 2);
}

function isCount(n: number): boolean {
  return Number.isSafeInteger(n) && n >= 0;
}

function allHashes(hashes: readonly Uint8Array[]): boolean {
  return hashes.every((hash) => hash.length === 32);
}

function bitsSet(n: number): number {
  let count = 0;
  for (let rest = n; rest > 0; rest = half(rest)) count += rest % 2;
  return count;
}

/** Where a tree of `n` leaves is cut in two: the largest power of two below `n` (RFC 9162 §2.1.1); n > 1. */
export function splitPoint(n: number): number {
  let power = 1;
  while (power * 2 < n) power *= 2;
  return power;
}
