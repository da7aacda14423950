import { beforeAll, describe, expect, test } from "vitest";
import { MODULE_IDS } from "@/lib/domain/training/competence";
import type { Ctx } from "@/lib/server/context";
import { db } from "@/lib/server/db";
import { ledgerTransaction } from "@/lib/server/ledger/transaction";
import { sponsorCandidates } from "@/lib/server/sponsor/queries";
import {
  ctxOf,
  exampleManifest,
  makeAgent,
  makeCompetent,
  makeLegalEntity,
  makeManifestInForce,
  makePerson,
} from "@/testing/factories";
import { agentDecisions } from "./activity";
import { agentFormOptions, getAgent, listAgents, ownersAgents } from "./queries";

const now = new Date("2026-11-24T12:00:00Z");
let auditor: Ctx;
let admin: Ctx;
let ownerId = "";
let sponsorId = "";
let entities: string[] = [];
const ids: string[] = [];
const TIERS = ["low", "critical", "moderate", "high"] as const;

beforeAll(async () => {
  auditor = ctxOf(await makePerson(["auditor"]), ["auditor"], now);
  admin = ctxOf(await makePerson(["admin"]), ["admin"], now);
  ownerId = (await makePerson(["owner"], "Olive Owner")).id;
  sponsorId = (await makePerson(["sponsor"], "Sam Sponsor")).id;
  await makeCompetent(sponsorId, MODULE_IDS);
  await db.certificate.updateMany({ data: { passedAt: new Date("2026-11-01T00:00:00Z") } });
  entities = [(await makeLegalEntity()).id, (await makeLegalEntity()).id];
  for (const [index, tier] of TIERS.entries()) {
    const { agent } = await makeAgent({
      ownerId,
      legalEntityId: entities[index % 2] ?? "",
      tier,
      ...(index < 2 ? { sponsorId } : {}),
    });
    await db.agent.update({
      where: { id: agent.id },
      data: {
        name: `Agent ${"dcba"[index]}`,
        nameKey: `agent ${"dcba"[index]}`,
        riskScore: index * 20,
        ...(index === 3 ? { containment: "throttle" } : {}),
      },
    });
    ids.push(agent.id);
  }
});

describe("listAgents", () => {
  const names = async (filter: Record<string, unknown>) =>
    (await listAgents(auditor, filter)).rows.map(({ name }) => name.at(-1)).join("");

  test.each([
    ["name is the default", {}, "abcd"],
    ["tier by gravity, not by letter", { sort: "tier" }, "dbac"],
    ["descending", { sort: "-tier" }, "cabd"],
    ["risk", { sort: "-risk" }, "abcd"],
    ["no sponsor last", { sort: "sponsor" }, "cdab"],
    ["a column that is none", { sort: "passwordHash" }, "abcd"],
    ["tier", { tier: "critical" }, "c"],
    ["text", { q: "agent B" }, "b"],
    ["wildcards are text", { q: "%" }, ""],
    ["the sponsor's name", { q: "sam" }, "cd"],
    ["contained", { contained: "yes" }, "a"],
    ["a level", { contained: "stopped" }, ""],
    ["no sponsor", { sponsor: "none" }, "ab"],
    ["nonsense counts as not asked", { tier: "huge", status: "x", contained: 3, page: -1 }, "abcd"],
  ])("%s", async (_, filter, expected) => {
    expect(await names(filter)).toBe(expected);
  });

  test("pages on the server, with the total of all pages", async () => {
    const first = await listAgents(auditor, { legalEntity: entities[0], page: "1" });
    expect(first).toMatchObject({ total: 2, page: 1, pageSize: 25, sort: "name" });
    expect(await listAgents(auditor, { page: 9 })).toMatchObject({ rows: [], total: 4 });
    expect((await listAgents(auditor, { sponsor: sponsorId })).total).toBe(2);
  });

  test("a row says who acts, and whether they are trained", async () => {
    const [row] = (await listAgents(auditor, { tier: "critical" })).rows;
    expect(row).toMatchObject({
      owner: { name: "Olive Owner" },
      sponsor: { id: sponsorId, name: "Sam Sponsor", kind: "sponsor", competent: true },
      containment: null,
      maturity: 0,
      manifestVersion: null,
      openReviews: 0,
    });
  });

  test("who holds no role is refused", async () => {
    await expect(listAgents(ctxOf({ id: "per_nobody" }, []), {})).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});

describe("getAgent", () => {
  test("puts together what the page shows", async () => {
    const agentId = ids[1] ?? "";
    const validity = { notBefore: "2026-11-01T00:00:00Z", notAfter: "2027-03-01T00:00:00Z" };
    await makeManifestInForce(exampleManifest(agentId, { validity }), ownerId);
    const view = await getAgent(auditor, agentId);
    expect(view).toMatchObject({
      tier: "critical",
      classification: null,
      inForce: { version: 1, risk: { review: 60, contain: 85 } },
      manifests: [{ version: 1, state: "approved" }],
      keys: [{ state: "active", revokedAt: null }],
      sponsorships: [
        {
          person: { name: "Sam Sponsor" },
          acting: true,
          toAt: null,
          training: { competent: true },
        },
      ],
      openReviews: 0,
      containment: null,
    });
    expect(view.maturity.missing.map(({ id }) => id)).toEqual(["dedicated-credentials", "logging"]);
    expect(view.obstacles).toEqual([]);
    expect(JSON.parse(JSON.stringify(view))).toEqual(view);
  });

  test("an agent that is not there is not found, whatever the id", async () => {
    for (const id of ["agt_00000000", "", "' OR 1=1", "agt_0000\u0000000"]) {
      await expect(getAgent(auditor, id)).rejects.toMatchObject({ code: "not-found" });
    }
  });
});

test("decisions come newest first; their sentences only for who may read words", async () => {
  const agentId = ids[0] ?? "";
  const decide = (at: string, outcome: "allow" | "block") =>
    ledgerTransaction({ personId: null, now: new Date(at) }, async () => ({
      value: null,
      events: [
        {
          event: {
            kind: "decision",
            agentId,
            sponsorId,
            manifestId: null,
            manifestVersion: null,
            outcome,
            reason: outcome === "allow" ? "within_manifest" : "no_rule",
            cluster: "read-documents",
            rule: 0,
            action: "read",
            resourceType: "invoice",
            dataClass: "internal",
            records: null,
            spend: null,
            riskScore: 3,
            containment: null,
            reviewId: null,
            grantId: null,
            simulated: true,
          },
          detail: { sentence: `It was ${outcome}.` },
        },
      ],
    }));
  await decide("2026-09-01T10:00:00Z", "allow");
  await decide("2026-11-23T22:30:00Z", "allow");
  await decide("2026-11-23T23:30:00Z", "block");
  await decide("2026-11-24T10:00:00Z", "allow");
  const read = await agentDecisions(auditor, agentId);
  expect(read.older).toBeNull();
  expect(read.rows.map(({ outcome, sentence }) => [outcome, sentence])).toEqual([
    ["allow", "It was allow."],
    ["block", "It was block."],
    ["allow", "It was allow."],
    ["allow", "It was allow."],
  ]);
  const withheld = await agentDecisions(admin, agentId, { take: 2 });
  expect(withheld.rows.map(({ sentence }) => sentence)).toEqual([null, null]);
  const older = await agentDecisions(auditor, agentId, { take: 2, before: withheld.older });
  expect([...withheld.rows, ...older.rows].map(({ seq }) => seq)).toEqual(
    read.rows.map(({ seq }) => seq),
  );
  expect(older.older).toBeNull();
});

test("candidates are named with what stands against each, for administrators only", async () => {
  const untrained = await makePerson(["sponsor"], "Una Untrained");
  const candidates = await sponsorCandidates(admin, ids[0] ?? "");
  const of = (id: string) => candidates.find((candidate) => candidate.id === id)?.objections;
  expect(of(sponsorId)?.sponsor.map(({ id }) => id)).toEqual(["same"]);
  expect(of(sponsorId)?.deputy.map(({ id }) => id)).toEqual(["other"]);
  expect(of(untrained.id)?.deputy.map(({ id }) => id)).toEqual(["training"]);
  await expect(sponsorCandidates(auditor, ids[0] ?? "")).rejects.toMatchObject({
    code: "forbidden",
  });
});

test("options offer active owners, sponsors and entities; an owner's agents leave out the retired", async () => {
  const options = await agentFormOptions(auditor);
  expect(options.owners.map(({ name }) => name)).toEqual(["Olive Owner"]);
  expect(options.legalEntities.map(({ id }) => id).sort()).toEqual([...entities].sort());
  await db.agent.update({ where: { id: ids[3] ?? "" }, data: { status: "retired" } });
  expect((await ownersAgents(auditor, ownerId)).map(({ name }) => name)).toEqual([
    "Agent b",
    "Agent c",
    "Agent d",
  ]);
});
