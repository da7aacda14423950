import { beforeAll, describe, expect, test } from "vitest";
import { AI_UNANSWERED } from "@/lib/domain/incident/ai-act";
import { UNANSWERED } from "@/lib/domain/incident/dora";
import { applyContainment } from "@/lib/server/containment/apply";
import type { Ctx } from "@/lib/server/context";
import { db } from "@/lib/server/db";
import { ctxOf, makeAgent, makeLegalEntity, makePerson } from "@/testing/factories";
import { addAction, completeAction } from "./actions";
import { assessUnderAiAct, assessUnderDora } from "./assess";
import { closeIncident } from "./close";
import { openIncident } from "./open";
import { getIncident, listIncidents } from "./queries";
import { recordReport } from "./record-report";
import { stateRootCause } from "./root-cause";
import { stateFacts } from "./state-facts";

const HOUR = 3_600_000;
const NOW = new Date("2026-11-24T12:00:00Z");
const hoursFrom = (hours: number) => new Date(NOW.getTime() + hours * HOUR);
const reason = "Read together with the owner and the logs";
const hand = {
  title: "Export of client data",
  summary: "Seen in the logs of the proxy",
  containmentId: null,
};
let sponsor: Ctx;
let officer: Ctx;
let agentId = "";
let otherAgentId = "";

beforeAll(async () => {
  const person = await makePerson(["sponsor"]);
  sponsor = ctxOf(person, ["sponsor"], NOW);
  officer = ctxOf(await makePerson(["compliance"]), ["compliance"], NOW);
  const ownerId = (await makePerson(["owner"])).id;
  const legalEntityId = (await makeLegalEntity()).id;
  agentId = (await makeAgent({ ownerId, legalEntityId, sponsorId: person.id })).agent.id;
  otherAgentId = (await makeAgent({ ownerId, legalEntityId })).agent.id;
});

const opened = async (ctx: Ctx = officer) => {
  const detectedAt = hoursFrom(-1).toISOString();
  return (await openIncident(ctx, { ...hand, agentId, detectedAt })).incidentId;
};
const facts = {
  occurredAt: hoursFrom(-2).toISOString(),
  detectedAt: hoursFrom(-1).toISOString(),
  awareAt: hoursFrom(-0.5).toISOString(),
  awareBasis: "The officer on duty read the alert",
  entityType: "credit-institution",
  timeZone: "Europe/Dublin",
  holidays: ["2026-12-25"],
};
const major = {
  ...UNANSWERED,
  ictIncident: true,
  maliciousAccess: true,
  maliciousDataAccess: true,
};

describe("opening", () => {
  test("from a containment takes over its agent and its time, once", async () => {
    await applyContainment(sponsor, { agentId, level: "stopped", reason });
    const row = await db.containment.findFirstOrThrow({ where: { agentId } });
    const input = {
      ...hand,
      agentId: otherAgentId,
      containmentId: row.id,
      detectedAt: hoursFrom(-9).toISOString(),
    };
    const { incidentId } = await openIncident(sponsor, input);
    const view = await getIncident(officer, incidentId);
    expect(view).toMatchObject({ agent: { id: agentId }, detectedAt: NOW.toISOString() });
    expect(view.timeline.map(({ kind }) => kind)).toEqual([
      "containment.applied",
      "incident.opened",
    ]);
    expect(view.timeline[0]?.words).toBe(reason);
    await expect(openIncident(officer, input)).rejects.toMatchObject({ code: "conflict" });
  });

  test("a sponsor opens none about the agents of others, and nobody one from the future", async () => {
    const input = { ...hand, agentId: otherAgentId, detectedAt: hoursFrom(-1).toISOString() };
    await expect(openIncident(sponsor, input)).rejects.toMatchObject({ code: "forbidden" });
    await expect(
      openIncident(officer, { ...input, detectedAt: hoursFrom(1).toISOString() }),
    ).rejects.toMatchObject({ code: "invalid" });
    await expect(openIncident(officer, { ...input, agentId: "agt_nobody" })).rejects.toMatchObject({
      code: "not-found",
    });
    const { incidentId } = await openIncident(officer, input);
    await expect(stateFacts(sponsor, { incidentId, version: 1, ...facts })).rejects.toMatchObject({
      code: "forbidden",
    });
    expect((await getIncident(sponsor, incidentId)).obstacle).not.toBeNull();
  });
});

test("from facts to closure: clocks run, reports meet them, words stay out of the ledger's bodies", async () => {
  const incidentId = await opened();
  await expect(
    stateFacts(officer, { incidentId, version: 1, ...facts, awareBasis: "" }),
  ).rejects.toMatchObject({ code: "invalid", fields: [{ path: "awareBasis" }] });
  await stateFacts(officer, { incidentId, version: 1, ...facts });
  await expect(
    stateFacts(officer, { incidentId, version: 1, ...facts, timeZone: "UTC" }),
  ).rejects.toMatchObject({ code: "stale" });
  await expect(stateFacts(officer, { incidentId, version: 2, ...facts })).rejects.toMatchObject({
    code: "conflict",
  });
  const report = {
    incidentId,
    kind: "dora-initial",
    submittedAt: NOW.toISOString(),
    reference: "CB-1",
  };
  await expect(recordReport(officer, report)).rejects.toMatchObject({ code: "conflict" });
  expect(
    await assessUnderDora(officer, { incidentId, version: 2, sheet: major, reason }),
  ).toMatchObject({
    result: "major",
  });
  const [initial] = (await getIncident(officer, incidentId)).clocks;
  expect(initial).toMatchObject({ state: "running", due: hoursFrom(4).toISOString() });
  const again = { ...officer, now: hoursFrom(2) };
  await assessUnderDora(again, {
    incidentId,
    version: 3,
    sheet: { ...major, dataLoss: true },
    reason,
  });
  expect((await getIncident(officer, incidentId)).classifiedAt).toBe(NOW.toISOString());

  await expect(
    recordReport(officer, { ...report, kind: "dora-intermediate" }),
  ).rejects.toMatchObject({ code: "conflict" });
  for (const kind of ["dora-initial", "dora-intermediate", "dora-intermediate", "dora-final"]) {
    await recordReport(officer, { ...report, kind });
  }
  await expect(recordReport(officer, report)).rejects.toMatchObject({ code: "conflict" });
  await assessUnderAiAct(officer, { incidentId, version: 4, sheet: AI_UNANSWERED, reason });
  await stateRootCause(officer, {
    incidentId,
    version: 5,
    cause: "malicious-actions",
    words: "An instruction in a tool's answer",
  });
  const { actionId } = await addAction(officer, {
    incidentId,
    what: "Narrow the export cluster",
    ownerId: sponsor.actor.id,
    due: "2026-12-01",
  });
  const close = {
    incidentId,
    version: 6,
    lessons: "Exports need a person each time",
    confirmed: true,
  };
  await expect(closeIncident(officer, close)).rejects.toMatchObject({
    code: "conflict",
    message: "not yet: finish one action",
  });
  await completeAction(sponsor, { actionId, reason: "Manifest version 4 is in force" });
  await expect(closeIncident(officer, { ...close, confirmed: false })).rejects.toMatchObject({
    code: "invalid",
  });
  await closeIncident(officer, close);
  const view = await getIncident(officer, incidentId);
  expect(view).toMatchObject({ state: "closed", left: [], obstacle: "the incident is closed" });
  expect(view.clocks.map(({ state }) => state)).toEqual(["met", "met", "met"]);
  await expect(stateFacts(officer, { incidentId, version: 7, ...facts })).rejects.toMatchObject({
    code: "conflict",
  });
  const entries = await db.ledgerEntry.findMany({ where: { kind: { startsWith: "incident." } } });
  const bodies = entries
    .map(({ canonical }) => canonical)
    .filter((body) => body.includes(incidentId));
  expect(bodies).toHaveLength(13);
  for (const word of ["proxy", "duty", "Exports", "Narrow", "CB-1"]) {
    expect(bodies.join()).not.toContain(word);
  }
});

test("the list counts what is open and names the next limit; readers without the right see no words", async () => {
  const incidentId = await opened(sponsor);
  await stateFacts(sponsor, { incidentId, version: 1, ...facts });
  await assessUnderDora(sponsor, { incidentId, version: 2, sheet: major, reason });
  const late = { ...officer, now: hoursFrom(5) };
  const { rows } = await listIncidents(late, { state: "open" });
  expect(rows.find(({ id }) => id === incidentId)).toMatchObject({
    result: "major",
    nextDue: { at: hoursFrom(4).toISOString(), overdue: true },
  });
  const admin = ctxOf({ id: officer.actor.id }, ["admin"], NOW);
  const view = await getIncident(admin, incidentId);
  expect(view.timeline.every(({ words }) => words === null)).toBe(true);
  await expect(getIncident(admin, "inc_none")).rejects.toMatchObject({ code: "not-found" });
});
