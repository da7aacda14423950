import { createHmac } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import { AppError } from "@/lib/domain/errors";
import {
  ACCOUNT_LIMITS,
  ADDRESS_LIMITS,
  countAttempt,
  type ThrottleLimits,
} from "@/lib/domain/identity/throttle";
import { formatDuration } from "@/lib/format";
import { PrismaClient } from "@/prisma/generated/client";
import { env } from "../env";

const shared = globalThis as typeof globalThis & { countersignThrottle?: PrismaClient };

/**
 * Its own two connections. A failed proof inside a verb must be counted although the verb's transaction is rolled back,
 * and must not wait for a connection that another verb, waiting for the ledger's lock, holds.
 */
function connections(): PrismaClient {
  shared.countersignThrottle ??= new PrismaClient({
    adapter: new PrismaPg({ connectionString: env().DATABASE_URL, max: 2 }),
  });
  return shared.countersignThrottle;
}

/** For tests and for a clean end of the process. */
export async function closeThrottle(): Promise<void> {
  await shared.countersignThrottle?.$disconnect();
  delete shared.countersignThrottle;
}

/** Whom an attempt is counted against: an account (e-mail or person id) and, at sign-in, the network address. */
export type ThrottleSubject = { readonly account: string; readonly address: string | null };

// Keyed, so that the table does not say who tried to sign in from where.
function keyOf(kind: string, value: string): string {
  return createHmac("sha256", env().NEXTAUTH_SECRET)
    .update(`${kind}\0${value}`)
    .digest("base64url");
}

function keysOf(subject: ThrottleSubject): readonly (readonly [string, ThrottleLimits])[] {
  const account = [keyOf("account", subject.account), ACCOUNT_LIMITS] as const;
  if (subject.address === null) return [account];
  return [account, [keyOf("address", subject.address), ADDRESS_LIMITS]];
}

async function count(key: string, limits: ThrottleLimits, now: Date): Promise<number> {
  return connections().$transaction(async (tx) => {
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))::text`;
    const attempt = countAttempt(
      await tx.signInThrottle.findUnique({ where: { key } }),
      limits,
      now,
    );
    if (!attempt.allowed) return attempt.waitSeconds;
    await tx.signInThrottle.upsert({
      where: { key },
      create: { key, ...attempt.state },
      update: attempt.state,
    });
    return 0;
  });
}

const FORGOTTEN_AFTER_MS = 24 * 60 * 60 * 1000;

/** Counts one attempt before it is judged. Throws AppError("too-many") with the time to wait. */
export async function takeAttempt(subject: ThrottleSubject, now: Date): Promise<void> {
  // Whoever knocks can invent accounts: what nobody tried for a day goes.
  await connections().signInThrottle.deleteMany({
    where: { windowStart: { lt: new Date(now.getTime() - FORGOTTEN_AFTER_MS) } },
  });
  for (const [key, limits] of keysOf(subject)) {
    const wait = await count(key, limits, now);
    if (wait > 0) {
      throw new AppError("too-many", `too many attempts: try again in ${formatDuration(wait)}`);
    }
  }
}

/** The attempt was right: the account starts afresh, the address gets its attempt back. */
export async function forgive(subject: ThrottleSubject): Promise<void> {
  const [account, address] = keysOf(subject);
  if (account) await connections().signInThrottle.deleteMany({ where: { key: account[0] } });
  if (address) {
    await connections().signInThrottle.updateMany({
      where: { key: address[0], failures: { gt: 0 } },
      data: { failures: { decrement: 1 } },
    });
  }
}
