import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";

// OWASP password storage: scrypt with N = 2^15, r = 8, p = 3 (32 MiB).
const COST = { logN: 15, r: 8, p: 3 };
const LENGTH = 32;

type Cost = typeof COST;

function derive(password: string, salt: Buffer, cost: Cost): Promise<Buffer> {
  const N = 2 ** cost.logN;
  return new Promise((resolve, reject) => {
    scrypt(
      password.normalize("NFKC"),
      salt,
      LENGTH,
      { N, r: cost.r, p: cost.p, maxmem: 256 * N * cost.r },
      (error, key) => (error ? reject(error) : resolve(key)),
    );
  });
}

const base64 = (bytes: Buffer) => bytes.toString("base64").replace(/=+$/, "");

/** `$scrypt$ln=15,r=8,p=3$salt$hash` (PHC string format), with a fresh 16-byte salt. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, COST);
  return `$scrypt$ln=${COST.logN},r=${COST.r},p=${COST.p}$${base64(salt)}$${base64(key)}`;
}

const FORMAT =
  /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

function parse(stored: string) {
  const [, logN, r, p, salt, hash] = FORMAT.exec(stored) ?? [];
  if (salt === undefined || hash === undefined) return null;
  const cost = { logN: Number(logN), r: Number(r), p: Number(p) };
  if (cost.logN < 1 || cost.logN > 20 || cost.r < 1 || cost.p < 1) return null;
  return { cost, salt: Buffer.from(salt, "base64"), key: Buffer.from(hash, "base64") };
}

/**
 * Whether `password` is the one that was hashed. Without a hash (unknown or passkey-only person) it does the same work
 * and says no, so that the time taken tells nothing about who has an account.
 */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  const parsed = stored === null ? null : parse(stored);
  const derived = await derive(password, parsed?.salt ?? Buffer.alloc(16), parsed?.cost ?? COST);
  return (
    parsed !== null && parsed.key.length === derived.length && timingSafeEqual(parsed.key, derived)
  );
}
