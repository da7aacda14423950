import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { db } from "@/lib/server/db";
import { decideGroup } from "@/lib/server/decision/decide";
import { DecisionState } from "@/lib/server/decision/state";
import { ctxOf, exampleManifest, makeManifestInForce, makePerson } from "@/testing/factories";
import { postEntry, readInvoice } from "@/testing/sponsored-agent";
import {
  type AgentAndPeople,
  makeAgentAndPeople,
  makeDraft,
  makeSponsor,
  makeSubmitted,
} from "@/testing/submitted-manifest";
import {
  compareWithInForce,
  getBacktest,
  getManifest,
  listManifests,
  pendingApprovalsFor,
} from "./queries";
import { returnManifest } from "./return";
import { runBacktest } from "./run-backtest";
import { saveDraft } from "./save-draft";

const pool = new pg.Pool({ connectionString: process.env["DATABASE_URL"], max: 1 });
afterAll(() => pool.end());

let people: AgentAndPeople;
let inForceId = "";
let next: { manifestId: string; digest: string };
beforeAll(async () => {
  people = await makeAgentAndPeople("high");
  const { validity } = exampleManifest(people.agent.id);
  inForceId = (
    await makeManifestInForce(exampleManifest(people.agent.id, { validity }), people.owner.id)
  ).id;
  next = await makeSubmitted(people, {
    validity,
    clusters: [
      {
        id: "read-documents",
        purpose: "Read memos",
        rules: [
          {
            actions: ["read"],
            resources: ["memo:*", "letter-of-credit:*"],
            impact: "routine",
            confirm: "never",
          },
        ],
      },
      {
        id: "post-entries",
        purpose: "Post the entries that settle a reconciled invoice",
        rules: [
          {
            actions: ["post"],
            resources: ["ledger-entry:*"],
            when: "context.spend <= 500000.0",
            impact: "transformative",
            confirm: "each",
          },
        ],
      },
    ],
  });
});

const page = { page: 1, pageSize: 50, sort: "updatedAt", dir: "desc" } as const;

describe("listManifests", () => {
  test("pages, sorts and filters in the database", async () => {
    const agentId = people.agent.id;
    const mine = { ...page, agentId };
    const all = await listManifests(people.as.sponsor(), { ...mine, sort: "version", dir: "asc" });
    expect(all).toMatchObject({
      total: 2,
      rows: [
        { id: inForceId, version: 1, state: "approved", inForce: true },
        {
          id: next.manifestId,
          version: 2,
          state: "submitted",
          inForce: false,
          sponsorId: people.sponsor.id,
          authorId: people.owner.id,
          tier: "high",
        },
      ],
    });
    const second = await listManifests(people.as.sponsor(), {
      ...mine,
      sort: "version",
      dir: "asc",
      page: 2,
      pageSize: 1,
    });
    expect(second).toMatchObject({ total: 2, rows: [{ version: 2 }] });
    expect(
      (await listManifests(people.as.sponsor(), { ...mine, state: "submitted" })).rows.map(
        ({ id }) => id,
      ),
    ).toEqual([next.manifestId]);
    expect(
      (await listManifests(people.as.sponsor(), { ...page, q: people.agent.name.toUpperCase() }))
        .total,
    ).toBe(2);
    expect(
      (await listManifests(people.as.sponsor(), { ...page, q: "100% of_nothing\\" })).total,
    ).toBe(0);
  });

  test("knows whose manifests are mine", async () => {
    const stranger = ctxOf(await makePerson(["owner"]), ["owner"]);
    expect((await listManifests(stranger, { ...page, mine: true })).total).toBe(0);
    expect((await listManifests(people.as.deputy(), { ...page, mine: true })).total).toBe(2);
    expect((await listManifests(people.as.owner(), { ...page, mine: true })).total).toBe(2);
  });

  test("shows a draft whose document is nonsense", async () => {
    const other = await makeAgentAndPeople();
    const { manifestId, revision } = await makeDraft(other);
    await saveDraft(other.as.owner(), {
      manifestId,
      revision,
      text: '{"validity":{"notAfter":"soon"}}',
    });
    const { rows } = await listManifests(other.as.owner(), { ...page, agentId: other.agent.id });
    expect(rows).toMatchObject([{ validUntil: null, state: "draft" }]);
  });

  test("refuses who holds no role", async () => {
    await expect(
      listManifests({ actor: { id: "per_nobody0001", roles: [] }, now: new Date() }, page),
    ).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("getManifest", () => {
  test("shows the approver everything: words, findings, history, and what they may do", async () => {
    const view = await getManifest(people.as.sponsor(), next.manifestId);
    expect(view).toMatchObject({
      state: "submitted",
      version: 2,
      digest: next.digest,
      approvals: [],
      approvalsNeeded: 1,
      nextStage: "final",
      sponsor: { personId: people.sponsor.id, kind: "sponsor", competent: true },
      agent: { tier: "high", openReviews: 0, ownerName: people.owner.name },
      can: {
        approve: true,
        return: true,
        edit: false,
        submit: false,
        withdraw: false,
        revoke: false,
      },
    });
    expect(view.plain?.mayWithConfirmation[0]?.text).toBe(
      "May post ledger entries up to £500,000, each confirmed by you.",
    );
    expect(view.history.map(({ kind, personName }) => [kind, personName])).toEqual([
      ["manifest.drafted", people.owner.name],
      ["manifest.submitted", people.owner.name],
    ]);
    expect(JSON.parse(view.text)).toEqual(view.manifest);
    expect(Object.keys(JSON.parse(view.text))[0]).toBe("schema");
  });

  test("tells others why they may not", async () => {
    const owner = await getManifest(people.as.owner(), next.manifestId);
    expect(owner.can).toMatchObject({ withdraw: true, approve: false });
    expect(owner.plain?.mayWithConfirmation[0]?.text).toContain("confirmed by the sponsor");
    const deputy = await getManifest(people.as.deputy(), next.manifestId);
    expect(deputy.can).toMatchObject({ approve: false, return: true });
    expect(deputy.whyNot.approve).toContain("acting sponsor");
  });

  test("shows an incomplete draft with its problems, and a returned one with its reasons", async () => {
    const other = await makeAgentAndPeople();
    const draft = await makeDraft(other);
    await saveDraft(other.as.owner(), { ...pick(draft), text: '{"goal":"half"}' });
    const view = await getManifest(other.as.owner(), draft.manifestId);
    expect(view).toMatchObject({ manifest: null, plain: null, findings: [], can: { edit: true } });
    expect(view.problems.length).toBeGreaterThan(3);
    const { manifestId } = await makeSubmitted(other);
    await returnManifest(other.as.sponsor(), { manifestId, reason: "Too broad for this task" });
    expect(await getManifest(other.as.owner(), manifestId)).toMatchObject({
      state: "returned",
      returnReason: "Too broad for this task",
      can: { edit: true, submit: true },
    });
  });

  test("knows no other manifest", async () => {
    await expect(getManifest(people.as.owner(), "mft_00000000")).rejects.toMatchObject({
      code: "not-found",
    });
  });
});

const pick = ({ manifestId, revision }: { manifestId: string; revision: number }) => ({
  manifestId,
  revision,
});

describe("compareWithInForce", () => {
  test("puts widenings first and counts them into the proposed words", async () => {
    const view = await compareWithInForce(people.as.sponsor(), next.manifestId);
    expect(view?.inForce).toMatchObject({ id: inForceId, version: 1 });
    expect(view?.changes[0]?.kind).toBe("widening");
    expect(view?.counts).toMatchObject({ widening: 2, narrowing: 1 });
    expect(view?.attestation).toContain(
      "from version 1, which widens the agent's authority in 2 places",
    );
  });

  test("compares the version in force with the one before it, here none", async () => {
    const view = await compareWithInForce(people.as.sponsor(), inForceId);
    expect(view).toMatchObject({ inForce: null });
    expect(view?.changes.some(({ kind }) => kind === "widening")).toBe(true);
  });

  test("is null for what is not complete", async () => {
    const other = await makeAgentAndPeople();
    const draft = await makeDraft(other);
    await saveDraft(other.as.owner(), { ...pick(draft), text: "{}" });
    expect(await compareWithInForce(other.as.owner(), draft.manifestId)).toBeNull();
    await expect(
      runBacktest(other.as.owner(), { manifestId: draft.manifestId }),
    ).rejects.toMatchObject({ code: "invalid" });
  });
});

describe("the backtest", () => {
  test("decides what was really asked again, and opens each to its place in the ledger", async () => {
    expect(await getBacktest(people.as.sponsor(), next.manifestId)).toBeNull();
    const { agent } = people;
    const memo = { ...readInvoice(agent.id, "m-1"), resource: { type: "memo", id: "m-1" } };
    const requests = [
      readInvoice(agent.id),
      memo,
      postEntry(agent.id, 400_000),
      postEntry(agent.id, 10),
      { ...memo, action: { name: "wipe" } },
    ];
    const client = await pool.connect();
    const at = new Date(Date.now() - 3_600_000);
    const answers = await decideGroup(
      client,
      new DecisionState(),
      requests.map((request) => ({ agentId: agent.id, request, at, credential: null })),
    );
    const old = new Date(Date.now() - 31 * 86_400_000);
    await decideGroup(client, new DecisionState(), [
      { agentId: agent.id, request: memo, at: old, credential: null },
    ]);
    client.release();
    const before = await db.ledgerEntry.count();
    const run = await runBacktest(people.as.sponsor(), { manifestId: next.manifestId });
    expect(await db.ledgerEntry.count()).toBe(before);
    const view = await getBacktest(people.as.sponsor(), next.manifestId);
    const seq = (n: number) => String(answers[n]?.seq);
    expect(view).toMatchObject({
      id: run.backtestId,
      digest: run.digest,
      fresh: true,
      result: {
        total: 5,
        unchanged: 2,
        previousManifestId: inForceId,
        manifestDigest: next.digest,
        newlyBlocked: [
          {
            seq: seq(0),
            resource: "invoice:inv-1",
            before: { outcome: "allow" },
            after: { reason: "no_rule" },
          },
        ],
        newlyAllowed: [{ seq: seq(1), before: { outcome: "block" } }],
        newlyHeld: [
          { seq: seq(2), before: { reason: "condition_false" }, after: { reason: "confirm_each" } },
        ],
        truncated: false,
      },
    });
    const later = people.as.sponsor(new Date(Date.now() + 3_700_000));
    expect(await getBacktest(later, next.manifestId)).toMatchObject({ fresh: false });
  });

  test("is not for those who may not read what agents asked", async () => {
    const admin = ctxOf(await makePerson(["admin"]), ["admin"]);
    expect(await getBacktest(admin, next.manifestId)).toBeNull();
    await expect(runBacktest(admin, { manifestId: next.manifestId })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(
      runBacktest(people.as.owner(), { manifestId: "mft_00000000" }),
    ).rejects.toMatchObject({ code: "not-found" });
    await expect(runBacktest(people.as.owner(), { manifestId: 7 })).rejects.toMatchObject({
      code: "invalid",
    });
  });

  test("can be run on a draft, and is then fresh until the draft changes", async () => {
    const draft = await makeDraft(people);
    await runBacktest(people.as.owner(), { manifestId: draft.manifestId });
    expect(await getBacktest(people.as.owner(), draft.manifestId)).toMatchObject({ fresh: true });
    const text = JSON.stringify(exampleManifest(people.agent.id, { goal: "Something else" }));
    await saveDraft(people.as.owner(), { ...pick(draft), text });
    expect(await getBacktest(people.as.owner(), draft.manifestId)).toMatchObject({ fresh: false });
  });
});

describe("pendingApprovalsFor", () => {
  test("names what this person could sign now, and nothing else", async () => {
    expect(await pendingApprovalsFor(people.as.sponsor())).toMatchObject([
      { manifestId: next.manifestId, agentId: people.agent.id, version: 2, stage: "final" },
    ]);
    expect(await pendingApprovalsFor(people.as.deputy())).toEqual([]);
    expect(await pendingApprovalsFor(people.as.owner())).toEqual([]);
    expect(await pendingApprovalsFor(ctxOf(await makeSponsor(), ["sponsor"]))).toEqual([]);
  });
});
