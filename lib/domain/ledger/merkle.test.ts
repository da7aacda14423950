import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { hex, sha256 } from "@/lib/domain/crypto/sha256";
import { readVectors } from "@/testing/vectors";
import {
  consistencyProof,
  EMPTY_TREE,
  grow,
  inclusionProof,
  merkleRoot,
  nodeHash,
  treeRoot,
  verifyConsistency,
  verifyInclusion,
} from "./merkle";

const Hash = z.string().transform((text) => new Uint8Array(Buffer.from(text, "base64")));
const Proof = z
  .array(Hash)
  .nullable()
  .transform((proof) => proof ?? []);
const about = { desc: z.string(), wantErr: z.boolean(), proof: Proof };
const Inclusion = z.object({
  leafIdx: z.number(),
  treeSize: z.number(),
  root: Hash,
  leafHash: Hash,
  ...about,
});
const Consistency = z.object({
  size1: z.number(),
  size2: z.number(),
  root1: Hash,
  root2: Hash,
  ...about,
});
const Reference = z.object({
  leaf_inputs_hex: z.array(z.string()),
  root_hex_by_tree_size: z.array(z.string()),
});
const inclusion = readVectors("merkle/inclusion.json", z.array(Inclusion));
const consistency = readVectors("merkle/consistency.json", z.array(Consistency));
const reference = readVectors("merkle/reference_tree.json", Reference);

const leaf = (input: Uint8Array) => sha256(Uint8Array.of(0, ...input));
const numbered = (n: number) => Array.from({ length: n }, (_, i) => leaf(Uint8Array.of(i, i >> 8)));

/** RFC 9162 §2.1.1 word for word, to compare with. */
function mth(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (only === undefined) return sha256("");
  if (leaves.length === 1) return only;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return nodeHash(mth(leaves.slice(0, k)), mth(leaves.slice(k)));
}

describe.skipIf(reference === null)("published vectors (beside the project)", () => {
  it("gives the reference roots at every size, all at once and leaf by leaf", () => {
    const leaves = (reference?.leaf_inputs_hex ?? []).map((text) =>
      leaf(Uint8Array.from(Buffer.from(text, "hex"))),
    );
    let tree = EMPTY_TREE;
    reference?.root_hex_by_tree_size.forEach((root, size) => {
      expect(hex(merkleRoot(leaves.slice(0, size)))).toBe(root);
      expect(hex(treeRoot(tree))).toBe(root);
      tree = grow(tree, leaves.slice(size, size + 1));
    });
  });

  it.each(inclusion ?? [])("inclusion $leafIdx in $treeSize: $desc", (v) => {
    const claim = {
      leafHash: v.leafHash,
      index: v.leafIdx,
      size: v.treeSize,
      root: v.root,
      proof: v.proof,
    };
    expect(verifyInclusion(claim)).toBe(!v.wantErr);
  });

  it.each(consistency ?? [])("consistency $size1 to $size2: $desc", (v) => {
    expect(verifyConsistency(v)).toBe(!v.wantErr);
  });
});

describe("trees", () => {
  it("have the root that RFC 9162 defines, however they were grown", () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(200), fc.nat(200), (size, cut1, cut2) => {
        const leaves = numbered(size);
        const [a, b] = [Math.min(cut1, cut2), Math.max(cut1, cut2)];
        const grown = [leaves.slice(0, a), leaves.slice(a, b), leaves.slice(b)].reduce(
          grow,
          EMPTY_TREE,
        );
        expect(grown.size).toBe(size);
        expect(treeRoot(grown)).toEqual(mth(leaves));
      }),
    );
  });

  it("refuse a frontier that does not fit their size", () => {
    expect(() => grow({ size: 3, frontier: numbered(1) }, [])).toThrow("does not fit");
  });
});

const place = fc.integer({ min: 1, max: 130 }).chain((size) =>
  fc.record({
    size: fc.constant(size),
    index: fc.nat(size - 1),
    size1: fc.integer({ min: 1, max: size }),
  }),
);

describe("inclusion", () => {
  it("is proved for every leaf of every tree", () => {
    fc.assert(
      fc.property(place, ({ size, index }) => {
        const leaves = numbered(size);
        const claim = {
          leafHash: leaves[index] ?? leaf(Uint8Array.of()),
          index,
          size,
          root: merkleRoot(leaves),
        };
        const proof = inclusionProof(leaves, index);
        expect(proof.length).toBeLessThanOrEqual(Math.ceil(Math.log2(size)));
        expect(verifyInclusion({ ...claim, proof })).toBe(true);
      }),
    );
  });

  it("fails for any change to the leaf, its place, the root or the proof", () => {
    fc.assert(
      fc.property(place, fc.nat(), fc.nat(255), ({ size, index }, at, bit) => {
        const leaves = numbered(size);
        const leafHash = leaves[index] ?? leaf(Uint8Array.of());
        const claim = {
          leafHash,
          index,
          size,
          root: merkleRoot(leaves),
          proof: inclusionProof(leaves, index),
        };
        const flip = (hash: Uint8Array) =>
          hash.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
        const { proof } = claim;
        expect(verifyInclusion({ ...claim, leafHash: flip(leafHash) })).toBe(false);
        expect(verifyInclusion({ ...claim, root: flip(claim.root) })).toBe(false);
        expect(verifyInclusion({ ...claim, proof: [...proof, leafHash] })).toBe(false);
        expect(verifyInclusion({ ...claim, index: (index + 1) % size })).toBe(size === 1);
        if (proof.length > 0) {
          expect(verifyInclusion({ ...claim, proof: proof.slice(1) })).toBe(false);
          expect(
            verifyInclusion({
              ...claim,
              proof: proof.map((h, i) => (i === at % proof.length ? flip(h) : h)),
            }),
          ).toBe(false);
        }
      }),
    );
  });

  it("does not take an inner node for a leaf", () => {
    const leaves = numbered(4);
    const root = merkleRoot(leaves);
    const left = merkleRoot(leaves.slice(0, 2));
    const right = merkleRoot(leaves.slice(2));
    expect(verifyInclusion({ leafHash: left, index: 0, size: 4, root, proof: [right] })).toBe(
      false,
    );
  });
});

describe("consistency", () => {
  it("is proved between any two sizes", () => {
    fc.assert(
      fc.property(place, ({ size, size1 }) => {
        const leaves = numbered(size);
        const proof = consistencyProof(leaves, size1);
        const root1 = merkleRoot(leaves.slice(0, size1));
        const root2 = merkleRoot(leaves);
        expect(verifyConsistency({ size1, root1, size2: size, root2, proof })).toBe(true);
        expect(verifyConsistency({ size1, root1: leaf(root1), size2: size, root2, proof })).toBe(
          false,
        );
        expect(verifyConsistency({ size1, root1, size2: size, root2: leaf(root2), proof })).toBe(
          false,
        );
      }),
    );
  });

  it("can't be shown after the past was changed", () => {
    fc.assert(
      fc.property(place, fc.nat(), ({ size, size1 }, at) => {
        const before = numbered(size);
        const after = before.map((hash, i) => (i === at % size1 ? leaf(hash) : hash));
        const root1 = merkleRoot(before.slice(0, size1));
        const claim = { size1, root1, size2: size, root2: merkleRoot(after) };
        expect(verifyConsistency({ ...claim, proof: consistencyProof(after, size1) })).toBe(false);
        expect(verifyConsistency({ ...claim, proof: consistencyProof(before, size1) })).toBe(false);
      }),
    );
  });

  it("says nothing from an empty tree or backwards", () => {
    const root = merkleRoot(numbered(3));
    expect(
      verifyConsistency({ size1: 0, root1: sha256(""), size2: 3, root2: root, proof: [] }),
    ).toBe(false);
    expect(verifyConsistency({ size1: 0, root1: root, size2: 3, root2: root, proof: [] })).toBe(
      false,
    );
    expect(verifyConsistency({ size1: 3, root1: root, size2: 2, root2: root, proof: [] })).toBe(
      false,
    );
  });
});
