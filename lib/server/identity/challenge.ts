import { AppError } from "@/lib/domain/errors";
import type { Tx } from "../db";
import { newId } from "../ids";

/** A challenge lives five minutes. */
const CHALLENGE_SECONDS = 5 * 60;

type Bound = {
  /** what the challenge may be used for, e.g. `sign-in`, `manifest.approve` */
  readonly purpose: string;
  /** null at sign-in, where nobody is known yet */
  readonly personId: string | null;
  /** what it is about, e.g. a manifest's id */
  readonly subject: string | null;
  /** base64url */
  readonly challenge: string;
};

/** Remembers a challenge that was handed out; clears those that nobody used. */
export async function issueChallenge(
  tx: Pick<Tx, "challenge">,
  bound: Bound,
  now: Date,
): Promise<void> {
  await tx.challenge.deleteMany({ where: { expiresAt: { lt: now } } });
  await tx.challenge.create({
    data: {
      id: newId("chl"),
      ...bound,
      expiresAt: new Date(now.getTime() + CHALLENGE_SECONDS * 1000),
    },
  });
}

/**
 * Uses a challenge up: it works once, in time, and for exactly what it was handed out for. Throws AppError("forbidden").
 * Where the surrounding transaction is rolled back, so is the use.
 */
export async function takeChallenge(
  tx: Pick<Tx, "challenge">,
  bound: Bound,
  now: Date,
): Promise<void> {
  const { count } = await tx.challenge.deleteMany({ where: { ...bound, expiresAt: { gt: now } } });
  if (count === 0) {
    throw new AppError("forbidden", "this confirmation has expired or was used already: try again");
  }
}
