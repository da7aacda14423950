import { expect, test } from "vitest";
import { hashPassword, verifyPassword } from "./password-hash";

test("a hash says how it was made, and never twice the same", async () => {
  const [first, second] = await Promise.all([hashPassword("a ship"), hashPassword("a ship")]);
  expect(first).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  expect(second).not.toBe(first);
});

test("the right password, however its accents are typed, and no other", async () => {
  const stored = await hashPassword("Caf\u00e9 au lait");
  expect(await verifyPassword(stored, "Cafe\u0301 au lait")).toBe(true);
  expect(await verifyPassword(stored, "Cafe au lait")).toBe(false);
});

test("a hash of RFC 7914's kind with other costs still verifies", async () => {
  // RFC 7914 §12, third vector: "pleaseletmein", "SodiumChloride", N = 16384, r = 8, p = 1; its first 32 bytes
  const key = "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2";
  const base64 = (bytes: Buffer) => bytes.toString("base64").replace(/=+$/, "");
  const salt = base64(Buffer.from("SodiumChloride"));
  const stored = `$scrypt$ln=14,r=8,p=1$${salt}$${base64(Buffer.from(key, "hex"))}`;
  expect(await verifyPassword(stored, "pleaseletmein")).toBe(true);
});

test.each([
  null,
  "",
  "plain",
  "$scrypt$ln=30,r=8,p=1$AAAA$AAAA",
  "$scrypt$ln=14,r=8,p=1$AAAA$AAAA",
])("%s lets nobody in", async (stored) => {
  expect(await verifyPassword(stored, "plain")).toBe(false);
  expect(await verifyPassword(stored, "")).toBe(false);
});
