import { randomInt } from "node:crypto";
import { hashPassword } from "./password-hash";

/** A password that an administrator gave out lives three days. */
const TEMPORARY_PASSWORD_SECONDS = 3 * 24 * 60 * 60;

// No signs that people mix up when they read one out: 0/O, 1/l/I.
const SIGNS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const GROUPS = 4;
const GROUP_SIZE = 5;

/** A one-time password of 115 bits, in groups that can be read out: `k3Wmz-…`. */
function temporaryPassword(): string {
  const group = () =>
    Array.from({ length: GROUP_SIZE }, () => SIGNS[randomInt(SIGNS.length)]).join("");
  return Array.from({ length: GROUPS }, group).join("-");
}

/** A new temporary password, to be shown once, with its hash. Hashing is slow: not under the ledger's lock. */
export async function newTemporaryPassword(): Promise<{
  readonly password: string;
  readonly hash: string;
}> {
  const password = temporaryPassword();
  return { password, hash: await hashPassword(password) };
}

/** When a temporary password given out at `now` ends. */
export function temporaryUntil(now: Date): Date {
  return new Date(now.getTime() + TEMPORARY_PASSWORD_SECONDS * 1000);
}
