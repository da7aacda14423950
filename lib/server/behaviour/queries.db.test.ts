import { beforeAll, expect, test } from "vitest";
import { db } from "@/lib/server/db";
import {
  ctxOf,
  exampleManifest,
  makeAgent,
  makeLegalEntity,
  makeManifestInForce,
  makePerson,
} from "@/testing/factories";
import { decisions, many } from "@/testing/recorded-decisions";
import { readInvoice } from "@/testing/sponsored-agent";
import { projectLedger } from "./project";
import { actionMix, budgetBurn, clusterFlow, outcomesOverTime, portfolio } from "./queries";
import { rescoreAll } from "./rescore";
import { reasoningPoints, surroundings } from "./surroundings";

const NOW = new Date();
const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000);
let agentId = "";
let ownerId = "";
let manifestId = "";

const inTrace = (cluster: string, step: number) => {
  const request = readInvoice(agentId);
  return {
    manifestId,
    request: { ...request, context: { ...request.context, cluster, step, traceId: "trace-7" } },
  };
};

beforeAll(async () => {
  const owner = await makePerson(["owner"]);
  const sponsor = await makePerson(["sponsor"]);
  ownerId = owner.id;
  const legalEntityId = (await makeLegalEntity()).id;
  const { agent } = await makeAgent({ ownerId, legalEntityId, sponsorId: sponsor.id });
  agentId = agent.id;
  const document = exampleManifest(agentId, { budgets: { records: { day: 500 } } });
  manifestId = (await makeManifestInForce(document, ownerId)).id;
  await decisions(agentId, hoursAgo(20 * 24), many(6, { cluster: "read-documents" }));
  await decisions(agentId, hoursAgo(48), [
    ...many(3, { records: 2, spend: 1.5, cluster: "read-documents" }),
    { reason: "no_rule", action: "delete", cluster: "post-entries" },
  ]);
  await decisions(agentId, hoursAgo(2), [inTrace("read-documents", 0), inTrace("post-entries", 1)]);
  await projectLedger();
});

const ctx = () => ctxOf({ id: ownerId }, ["owner"], NOW);

test("outcomes over time have a bucket for every day, also where nothing happened, of one agent or of all", async () => {
  const { buckets } = await outcomesOverTime(ctx(), { agentId, days: 30 });
  expect(buckets).toHaveLength(30);
  expect(buckets[29]?.at).toBe(`${NOW.toISOString().slice(0, 10)}T00:00:00.000Z`);
  const day = buckets.find(({ at }) => at.slice(0, 10) === hoursAgo(48).toISOString().slice(0, 10));
  expect(day).toMatchObject({ allow: 3, block: 1, hold: 0, records: 6, spend: 450 });
  expect(buckets.reduce((sum, { allow }) => sum + allow, 0)).toBe(11);
  const all = await outcomesOverTime(ctx(), { agentId: null, days: 30, step: "hour" });
  expect(all.buckets).toHaveLength(720);
  expect(all.buckets.reduce((sum, { allow }) => sum + allow, 0)).toBe(11);
});

test("the mix compares the last week with the month before", async () => {
  const { rows } = await actionMix(ctx(), { agentId });
  const read = rows.find((row) => row.action === "read" && row.cluster === "read-documents");
  expect(read).toMatchObject({ now: 4, baseline: 6, nowShare: 4 / 6, baselineShare: 1 });
  expect(rows.map(({ action }) => action)).toContain("delete");
});

test("the flow goes from cluster to cluster within a trace", async () => {
  const { clusters, links } = await clusterFlow(ctx(), { agentId });
  expect(links).toEqual([{ from: "read-documents", to: "post-entries", steps: 1 }]);
  expect(clusters).toEqual([
    { cluster: "read-documents", requests: 10 },
    { cluster: "post-entries", requests: 2 },
  ]);
});

test("budgets show what is used of today's limit", async () => {
  const start = Math.floor(NOW.getTime() / 86_400_000) * 86_400;
  await db.budgetUsage.create({
    data: { agentId, period: "day", bucket: BigInt(start), requests: 7, records: 41n, spend: 0n },
  });
  const burn = await budgetBurn(ctx(), { agentId });
  expect(burn.limits).toEqual([{ measure: "records", period: "day", limit: 500, used: 41 }]);
  expect(burn.days).toHaveLength(30);
  expect(burn.currency).toBeNull();
});

test("what was stated is measured once a text, and points to its request; neighbours stand around it", async () => {
  await rescoreAll(NOW);
  const points = await reasoningPoints(ctx(), { agentId });
  expect(points).toHaveLength(2);
  for (const { reasoningDistance, model } of points) {
    expect(reasoningDistance).toBeGreaterThanOrEqual(0);
    expect(reasoningDistance).toBeLessThanOrEqual(1);
    expect(model).not.toBe("");
  }
  const steps = await db.decisionStep.findMany({ where: { agentId } });
  expect(steps.every(({ textDigest }) => textDigest !== null)).toBe(true);
  const around = await surroundings(ctx(), points[0]?.seq ?? -1);
  expect(around.traceId).toBe("trace7");
  expect(around.outcome).toBeNull();
  expect(around.neighbours.filter(({ sameTrace }) => sameTrace)).toHaveLength(1);
  expect(around.neighbours).toHaveLength(10);
  await expect(surroundings(ctx(), 999_999)).rejects.toMatchObject({ code: "not-found" });
});

test("the portfolio has every agent in production with its week", async () => {
  const rows = await portfolio(ctx());
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ agentId, requests: 6, refused: 1, containment: null });
});

test("nobody reads without the right to", async () => {
  const nobody = ctxOf({ id: ownerId }, []);
  await expect(outcomesOverTime(nobody, { agentId })).rejects.toMatchObject({ code: "forbidden" });
  await expect(portfolio(nobody)).rejects.toMatchObject({ code: "forbidden" });
});
