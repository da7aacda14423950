import { generateKeyPairSync, sign } from "node:crypto";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { fromBase64, fromBase64url, sha256 } from "@/lib/domain/crypto/sha256";
import { readVectors } from "@/testing/vectors";
import { formatCheckpoint, openCheckpoint, parseCheckpoint, signCheckpoint } from "./checkpoint";
import { merkleRoot } from "./merkle";
import {
  formatVerifierKey,
  type NoteSigner,
  noteVerifier,
  openNote,
  parseVerifierKey,
  signNote,
} from "./note";

const Vector = z.object({
  name: z.string(),
  note: z.string(),
  verifier_keys: z.array(z.string()),
  want: z.string(),
  verified: z.array(z.string()).optional(),
  unverified: z.array(z.string()).optional(),
});
const notes = readVectors("note/note_vectors.json", z.object({ vectors: z.array(Vector) }));
const testLog = readVectors(
  "note/tlog_tiles_testlog.json",
  z.object({
    vkey: z.string(),
    leaves: z.array(z.string()),
    files: z.record(z.string(), z.unknown()),
  }),
);

const leaf = (text: string) => sha256(new TextEncoder().encode(`\0${text}`));

describe.skipIf(notes === null)("C2SP signed-note vectors (beside the project)", () => {
  it.each(notes?.vectors ?? [])(
    "$name: $want",
    ({ note, verifier_keys, want, verified, unverified }) => {
      const open = () => openNote(note, verifier_keys.map(parseVerifierKey));
      if (want !== "ok") {
        expect(open).toThrow(want.includes("malformed") ? "well-formed" : /wrong|No known key/);
        return;
      }
      expect(open().verified.map(({ name }) => name)).toEqual(verified);
      expect(open().unverified.map(({ name }) => name)).toEqual(unverified ?? []);
    },
  );
});

describe.skipIf(testLog === null)("C2SP tlog test log (beside the project)", () => {
  const { vkey = "", leaves = [], files = {} } = testLog ?? {};

  it("has our root at each of its checkpoints, and they are signed by its key", () => {
    const log = parseVerifierKey(vkey);
    expect(formatVerifierKey(log)).toBe(vkey);
    const hashes = leaves.map(leaf);
    for (let size = 0; size <= leaves.length; size++) {
      const checkpoint = openCheckpoint(String(files[`checkpoint.${size}`]), log);
      expect(checkpoint).toEqual({
        origin: log.name,
        size,
        root: merkleRoot(hashes.slice(0, size)),
      });
    }
  });

  it("has the checkpoint text that we write", () => {
    const note = String(files["checkpoint.15"]);
    expect(
      note.startsWith(`${formatCheckpoint(openCheckpoint(note, parseVerifierKey(vkey)))}\n— `),
    ).toBe(true);
  });
});

function signer(name: string): NoteSigner {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  return {
    name,
    publicKey: fromBase64url(publicKey.export({ format: "jwk" }).x ?? ""),
    sign: (message) => new Uint8Array(sign(null, message, privateKey)),
  };
}

describe("notes", () => {
  const ours = signer("countersign/bank");
  const verifier = noteVerifier(ours.name, ours.publicKey);

  it("go round", () => {
    const opened = openNote(signNote("one\n\ntwo\n", ours), [verifier]);
    expect(opened.text).toBe("one\n\ntwo\n");
    expect(opened.verified.map(({ name }) => name)).toEqual(["countersign/bank"]);
  });

  it("fail when any character of the text is changed", () => {
    const text = "size 15\n";
    const note = signNote(text, ours);
    for (let i = 0; i < text.length - 1; i++) {
      const changed = `${note.slice(0, i)}${note[i] === "x" ? "y" : "x"}${note.slice(i + 1)}`;
      expect(() => openNote(changed, [verifier])).toThrow("is wrong");
    }
  });

  it("are not believed from a key of the same name", () => {
    const other = signer("countersign/bank");
    expect(() => openNote(signNote("text\n", other), [verifier])).toThrow("No known key");
  });

  it.each(["no newline", "", "a\ttab\n", "\ud800\n"])("refuse the text %j", (text) => {
    expect(() => signNote(text, ours)).toThrow("can't be signed");
  });

  it.each(["with space", "with+plus", ""])("refuse the key name %j", (name) => {
    expect(() => noteVerifier(name, ours.publicKey)).toThrow("name");
  });

  it("have verifier keys that can be printed and read", () => {
    expect(parseVerifierKey(formatVerifierKey(verifier))).toEqual(verifier);
    const renamed = formatVerifierKey(verifier).replace("bank", "bunk");
    expect(() => parseVerifierKey(renamed)).toThrow("does not belong");
    expect(() => parseVerifierKey("nonsense")).toThrow();
  });
});

describe("checkpoints", () => {
  const ours = signer("countersign/bank");
  const log = noteVerifier(ours.name, ours.publicKey);
  const root = leaf("root");

  it("go round", () => {
    const note = signCheckpoint({ size: 12, root }, ours);
    expect(openCheckpoint(note, log)).toEqual({ origin: "countersign/bank", size: 12, root });
  });

  it("of another log are refused, although the key signed them", () => {
    const note = signNote(formatCheckpoint({ origin: "countersign/other", size: 1, root }), ours);
    expect(() => openCheckpoint(note, log)).toThrow("another log, countersign/other");
  });

  it("may have extension lines", () => {
    expect(
      parseCheckpoint(`${formatCheckpoint({ origin: "o", size: 1, root })}extension\n`).size,
    ).toBe(1);
  });

  const encoded = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
  it.each([
    `\n1\n${encoded}\n`,
    `o\n01\n${encoded}\n`,
    `o\n-1\n${encoded}\n`,
    `o\n1e3\n${encoded}\n`,
    `o\n9999999999999999\n${encoded}\n`,
    `o\n1\n${encoded}`,
    `o\n1\n${encoded}\n\n`,
    "o\n1\nAAAA\n",
    "o\n1\n",
    "",
  ])("refuse %j", (text) => {
    expect(fromBase64(encoded)).toHaveLength(32);
    expect(() => parseCheckpoint(text)).toThrow();
  });
});
