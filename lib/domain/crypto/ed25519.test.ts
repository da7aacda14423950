import { generateKeyPairSync, sign } from "node:crypto";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { readVectors } from "@/testing/vectors";
import { verifyEd25519 } from "./ed25519";
import { fromBase64url } from "./sha256";

const Test = z.object({
  tcId: z.number(),
  comment: z.string(),
  msg: z.string(),
  sig: z.string(),
  result: z.enum(["valid", "invalid"]),
});
const Group = z.object({ publicKey: z.object({ pk: z.string() }), tests: z.array(Test) });
const vectors = readVectors(
  "wycheproof/ed25519_test.json",
  z.object({ testGroups: z.array(Group) }),
);
const cases = (vectors?.testGroups ?? []).flatMap((group) =>
  group.tests.map((test) => ({ pk: group.publicKey.pk, ...test })),
);
const bytes = (hexText: string) => Uint8Array.from(Buffer.from(hexText, "hex"));

describe.skipIf(vectors === null)("Wycheproof Ed25519 (beside the project)", () => {
  it.each(cases)("$tcId $comment → $result", ({ pk, msg, sig, result }) => {
    expect(verifyEd25519(bytes(sig), bytes(msg), bytes(pk))).toBe(result === "valid");
  });
});

describe("verifyEd25519", () => {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const key = fromBase64url(publicKey.export({ format: "jwk" }).x ?? "");
  const message = new TextEncoder().encode("I answer for this agent.");
  const signature = new Uint8Array(sign(null, message, privateKey));

  it("accepts what OpenSSL signed, and no bit of it changed", () => {
    expect(verifyEd25519(signature, message, key)).toBe(true);
    for (let bit = 0; bit < 512; bit += 37) {
      const changed = Uint8Array.from(signature);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(verifyEd25519(changed, message, key)).toBe(false);
    }
  });

  it("refuses keys and signatures of the wrong length without throwing", () => {
    expect(verifyEd25519(signature.slice(1), message, key)).toBe(false);
    expect(verifyEd25519(signature, message, key.slice(1))).toBe(false);
    expect(verifyEd25519(new Uint8Array(), message, new Uint8Array())).toBe(false);
  });

  it("refuses the identity as a key, under which anything would verify", () => {
    const identity = new Uint8Array(32);
    identity[0] = 1;
    const forged = new Uint8Array(64);
    forged[0] = 1;
    expect(verifyEd25519(forged, message, identity)).toBe(false);
  });
});
