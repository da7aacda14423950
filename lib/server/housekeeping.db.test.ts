import { expect, it } from "vitest";
import { db } from "@/lib/server/db";
import { makeAgent, makeLegalEntity, makePerson } from "@/testing/factories";
import { sweep } from "./housekeeping";

const NOW = new Date("2026-05-01T12:00:00Z");
const ago = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000);
const epoch = (hours: number) => BigInt(ago(hours).getTime() / 1000);

it("deletes what is over and keeps what may still be needed", async () => {
  const { id: personId } = await makePerson(["admin"]);
  const { agent } = await makeAgent({
    ownerId: personId,
    legalEntityId: (await makeLegalEntity()).id,
  });
  const agentId = agent.id;
  await db.challenge.createMany({
    data: [0.1, -0.1].map((hours, i) => ({
      id: `ch${i}`,
      purpose: "sign-in",
      challenge: "x",
      expiresAt: ago(hours),
    })),
  });
  await db.seenProof.createMany({
    data: [2, 0.5, -0.1].map((hours, i) => ({ jkt: "key", jti: `p${i}`, expiresAt: ago(hours) })),
  });
  const usage = [
    ["minute", 2],
    ["minute", 0.5],
    ["hour", 60],
    ["hour", 24],
    ["day", 24 * 50],
    ["day", 24 * 30],
  ] as const;
  await db.budgetUsage.createMany({
    data: usage.map(([period, hours]) => ({ agentId, period, bucket: epoch(hours), requests: 1 })),
  });
  await db.signInSession.createMany({
    data: [24 * 100, 24 * 10, -1].map((hours, i) => ({
      id: `s${i}`,
      personId,
      method: "password",
      createdAt: ago(24 * 101),
      lastSeenAt: ago(24 * 101),
      expiresAt: ago(hours),
    })),
  });
  await db.signInThrottle.createMany({
    data: [
      { key: "old", failures: 1, windowStart: ago(72) },
      { key: "blocked", failures: 9, windowStart: ago(72), blockedUntil: ago(-1) },
      { key: "new", failures: 1, windowStart: ago(1) },
    ],
  });

  expect(await sweep(NOW)).toEqual({
    challenges: 1,
    proofs: 1,
    budgets: 3,
    sessions: 1,
    throttles: 1,
  });
  expect((await db.seenProof.findMany()).map(({ jti }) => jti).sort()).toEqual(["p1", "p2"]);
  expect((await db.budgetUsage.findMany()).map(({ period, bucket }) => [period, bucket])).toEqual(
    expect.arrayContaining([
      ["minute", epoch(0.5)],
      ["hour", epoch(24)],
      ["day", epoch(24 * 30)],
    ]),
  );
  expect((await db.signInSession.findMany()).map(({ id }) => id).sort()).toEqual(["s1", "s2"]);
  expect((await db.signInThrottle.findMany()).map(({ key }) => key).sort()).toEqual([
    "blocked",
    "new",
  ]);
  expect(await sweep(NOW)).toEqual({
    challenges: 0,
    proofs: 0,
    budgets: 0,
    sessions: 0,
    throttles: 0,
  });
});
