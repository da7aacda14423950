import { beforeAll, expect, test } from "vitest";
import { db } from "@/lib/server/db";
import { ctxOf, makeAgent, makeLegalEntity, makePerson } from "@/testing/factories";
import { acknowledgeDrill, endDrill, startDrill } from "./drill";

const reason = "The yearly rehearsal of the stop";
const START = new Date();
const later = (seconds: number) => new Date(START.getTime() + seconds * 1000);
let ownerId = "";
let legalEntityId = "";
beforeAll(async () => {
  ownerId = (await makePerson(["owner"])).id;
  legalEntityId = (await makeLegalEntity()).id;
});

async function ready() {
  const [sponsor, deputy] = [await makePerson(["sponsor"]), await makePerson(["sponsor"])];
  const { agent } = await makeAgent({
    ownerId,
    legalEntityId,
    sponsorId: sponsor.id,
    deputyId: deputy.id,
  });
  return { agent, sponsor, deputy };
}
const bodies = async (agentId: string) =>
  (await db.ledgerEntry.findMany({ where: { agentId }, orderBy: { seq: "asc" } })).map(
    ({ canonical }) => JSON.parse(canonical),
  );

test("a drill contains nothing and moves no gateway; the last acknowledgement ends it with everyone's time", async () => {
  const { agent, sponsor, deputy } = await ready();
  const { epoch } = await db.stateEpoch.findUniqueOrThrow({ where: { id: 1 } });
  const input = { agentId: agent.id, level: "stopped", reason };
  const { drillId } = await startDrill(ctxOf(sponsor, ["sponsor"], START), input);
  await expect(startDrill(ctxOf(sponsor, ["sponsor"], START), input)).rejects.toMatchObject({
    code: "conflict",
  });
  const owner = ctxOf({ id: ownerId }, ["owner"], later(60));
  expect(await acknowledgeDrill(owner, { drillId })).toEqual({ drillId, ended: false });
  await expect(acknowledgeDrill(owner, { drillId })).rejects.toMatchObject({ code: "conflict" });
  const stranger = ctxOf(await makePerson(["owner"]), ["owner"]);
  await expect(acknowledgeDrill(stranger, { drillId })).rejects.toMatchObject({
    code: "forbidden",
  });
  const last = ctxOf(deputy, ["sponsor"], later(95));
  expect(await acknowledgeDrill(last, { drillId })).toEqual({ drillId, ended: true });
  expect((await bodies(agent.id)).at(-1)).toMatchObject({
    kind: "containment.drilled",
    seconds: 95,
    acknowledged: expect.arrayContaining([
      { subjectId: ownerId, seconds: 60 },
      { subjectId: deputy.id, seconds: 95 },
    ]),
  });
  expect((await db.agent.findUniqueOrThrow({ where: { id: agent.id } })).containment).toBeNull();
  expect((await db.stateEpoch.findUniqueOrThrow({ where: { id: 1 } })).epoch).toBe(epoch);
});

test("who began it ends it; who did not answer stands in the ledger as that", async () => {
  const { agent, sponsor, deputy } = await ready();
  const ctx = ctxOf(sponsor, ["sponsor"], START);
  const { drillId } = await startDrill(ctx, { agentId: agent.id, level: "quarantine", reason });
  await expect(endDrill(ctxOf(deputy, ["sponsor"]), { drillId })).rejects.toMatchObject({
    code: "forbidden",
  });
  await endDrill({ ...ctx, now: later(600) }, { drillId });
  expect((await bodies(agent.id)).at(-1)).toMatchObject({
    seconds: 600,
    acknowledged: expect.arrayContaining([{ subjectId: deputy.id, seconds: null }]),
  });
  const other = ctxOf(await makePerson(["sponsor"]), ["sponsor"]);
  await expect(
    startDrill(other, { agentId: agent.id, level: "stopped", reason }),
  ).rejects.toMatchObject({ code: "forbidden" });
});
