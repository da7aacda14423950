import { afterEach, expect, test, vi } from "vitest";
import { putIntoProduction } from "@/lib/server/agent/put-into-production";
import { db } from "@/lib/server/db";
import { hashPassword } from "@/lib/server/identity/password-hash";
import { ctxOf, makeAgent, makeLegalEntity, makePerson } from "@/testing/factories";
import { throwFirmStop } from "./kill-switch";
import { firmStopState } from "./queries";

const PASSWORD = "a long pass phrase for tests";
const reason = "Prompt injection in three agents at once";
const input = {
  phrase: "Stop all agents",
  reason,
  proof: { kind: "password", password: PASSWORD },
};

vi.mock("../env", async (original) => {
  const { env } = await original<typeof import("../env")>();
  return { env: () => ({ ...env(), COUNTERSIGN_DEMO: settings.demo }) };
});
const settings = vi.hoisted(() => ({ demo: "1" }));
afterEach(() => {
  settings.demo = "1";
});

async function officerWithPassword() {
  const officer = await makePerson(["compliance"]);
  await db.person.update({
    where: { id: officer.id },
    data: { passwordHash: await hashPassword(PASSWORD) },
  });
  return ctxOf(officer, ["compliance"]);
}

test("stops every agent in production at once: one event for the firm, one for each agent", async () => {
  const ctx = await officerWithPassword();
  const ownerId = (await makePerson(["owner"])).id;
  const legalEntityId = (await makeLegalEntity()).id;
  const sponsor = await makePerson(["sponsor"]);
  const make = async (status: "production" | "registered" | "retired") =>
    (await makeAgent({ ownerId, legalEntityId, status, sponsorId: sponsor.id })).agent.id;
  const producing = await Promise.all([make("production"), make("production")]);
  const stopped = await make("production");
  await db.agent.update({ where: { id: stopped }, data: { containment: "stopped" } });
  const others = [await make("registered"), await make("retired")];

  await expect(throwFirmStop(ctx, { ...input, phrase: "stop" })).rejects.toMatchObject({
    code: "invalid",
  });
  const wrong = { ...input, proof: { kind: "password", password: "not the pass phrase at all" } };
  await expect(throwFirmStop(ctx, wrong)).rejects.toMatchObject({ code: "forbidden" });
  settings.demo = "0";
  await expect(throwFirmStop(ctx, input)).rejects.toMatchObject({ code: "forbidden" });
  settings.demo = "1";
  await expect(throwFirmStop(ctxOf(sponsor, ["sponsor"]), input)).rejects.toMatchObject({
    code: "forbidden",
  });
  expect(await db.ledgerEntry.count()).toBe(0);

  expect(await throwFirmStop(ctx, input)).toEqual({ agents: 2 });
  const levels = await db.agent.findMany({ select: { id: true, containment: true } });
  for (const { id, containment } of levels) {
    expect(containment, id).toBe(others.includes(id) ? null : "stopped");
  }
  const entries = await db.ledgerEntry.findMany({ orderBy: { seq: "asc" } });
  expect(entries.map(({ canonical }) => JSON.parse(canonical))).toMatchObject([
    { kind: "firm.stopped", agents: 2, stoppedBefore: 1, assurance: "password" },
    ...producing
      .toSorted()
      .map((agentId) => ({ kind: "containment.applied", agentId, level: "stopped" })),
  ]);
  const admin = ctxOf(await makePerson(["admin"]), ["admin"]);
  const [registered] = others;
  await expect(putIntoProduction(admin, { agentId: registered })).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("firm-wide switch"),
  });
  expect(await firmStopState(ctx)).toMatchObject({ agents: 2, stillStopped: 2 });
  const rows = await db.containment.findMany({ orderBy: { appliedSeq: "asc" } });
  expect(rows.map(({ agentId, appliedSeq }) => [agentId, appliedSeq])).toEqual(
    entries.slice(1).map(({ agentId, seq }) => [agentId, seq]),
  );
  expect(
    await db.notification.count({ where: { personId: sponsor.id, kind: "firm.stopped" } }),
  ).toBe(1);
  await db.containment.updateMany({ data: { liftedAt: new Date() } });
  expect(await firmStopState(ctx)).toBeNull();
});
