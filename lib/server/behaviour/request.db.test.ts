import { beforeAll, expect, test } from "vitest";
import { db } from "@/lib/server/db";
import { ledgerTransaction } from "@/lib/server/ledger/transaction";
import {
  ctxOf,
  exampleManifest,
  makeAgent,
  makeLegalEntity,
  makeManifestInForce,
  makePerson,
} from "@/testing/factories";
import { decisions } from "@/testing/recorded-decisions";
import { readInvoice } from "@/testing/sponsored-agent";
import { projectLedger } from "./project";
import { decidedRequest } from "./request";

const NOW = new Date();
let ownerId = "";
let agentId = "";
let manifestId = "";
let seqs: readonly number[] = [];
let never = 0;

const inTrace = (step: number) => {
  const request = readInvoice(agentId);
  return {
    manifestId,
    request: { ...request, context: { ...request.context, traceId: "t-1", step } },
  };
};

beforeAll(async () => {
  const sponsor = await makePerson(["sponsor"]);
  ownerId = (await makePerson(["owner"])).id;
  const legalEntityId = (await makeLegalEntity()).id;
  const { agent } = await makeAgent({ ownerId, legalEntityId, sponsorId: sponsor.id });
  agentId = agent.id;
  manifestId = (await makeManifestInForce(exampleManifest(agentId), ownerId)).id;
  seqs = await decisions(agentId, NOW, [inTrace(0), { reason: "no_rule" }, inTrace(1)]);
  never = await recordNever(sponsor.id);
  await projectLedger();
});

/** As the gateway records what a never-rule forbids, near to the second rule. */
function recordNever(sponsorId: string): Promise<number> {
  return ledgerTransaction({ personId: null, now: NOW }, async (_, seq) => ({
    value: Number(seq),
    events: [
      {
        event: {
          kind: "decision",
          agentId,
          sponsorId,
          manifestId,
          manifestVersion: 1,
          outcome: "block",
          reason: "never_rule",
          cluster: "post-entries",
          rule: 0,
          action: "read",
          resourceType: "payroll",
          dataClass: "internal",
          records: null,
          spend: null,
          riskScore: 4,
          containment: null,
          reviewId: null,
          grantId: null,
          simulated: false,
        },
        detail: {
          proven: true,
          request: { ...readInvoice(agentId), resource: { type: "payroll", id: "x" } },
          sentence: "It is never allowed.",
          neverRuleId: "payroll",
          nearest: { clusterId: "read-documents", ruleIndex: 0, differs: ["type"] },
          miss: null,
        },
      },
    ],
  }));
}

const reader = () => ctxOf({ id: ownerId }, ["owner"], NOW);

test("a request stands beside the manifest that it was decided under, with the steps of its trace", async () => {
  const view = await decidedRequest(reader(), seqs[0] ?? -1);
  expect(view).toMatchObject({
    outcome: "allow",
    asked: "read invoice",
    cluster: "read-documents",
    manifest: {
      id: manifestId,
      goal: "Reconcile invoices with letters of credit and prepare ledger entries",
      clusterPurpose: "Read the documents that a reconciliation needs",
    },
    review: null,
    never: null,
  });
  expect(typeof view.request).toBe("object");
  expect(view.trace.map(({ seq, step }) => [seq, step])).toEqual([
    [seqs[0], 0],
    [seqs[2], 1],
  ]);
});

test("a blocked request names the rule in words, what came nearest, and why it is never allowed", async () => {
  const view = await decidedRequest(reader(), never);
  expect(view.never).toEqual({
    id: "payroll",
    because: "Pay data is outside of this agent's purpose",
  });
  expect(view.rule).toMatchObject({ clusterId: "post-entries", ruleIndex: 0 });
  expect(view.rule?.text).toMatch(/post/i);
  expect(view.nearest).toMatchObject({ clusterId: "read-documents", differs: ["type"] });
  expect(view.nearest?.text).toMatch(/invoice/i);
  expect(view.trace).toEqual([]);
});

test("words are withheld from who may not read them, and say so when they are erased", async () => {
  const admin = ctxOf({ id: ownerId }, ["admin"], NOW);
  const withheld = await decidedRequest(admin, never);
  expect(withheld).toMatchObject({ request: "withheld", sentence: "", nearest: null, never: null });
  expect((await decidedRequest(reader(), seqs[1] ?? -1)).request).toBe("erased");
});

test("what is no decision is not found", async () => {
  const other = await db.ledgerEntry.count();
  for (const seq of [other + 5, -1, Number.MAX_VALUE, 0.5]) {
    await expect(decidedRequest(reader(), seq)).rejects.toMatchObject({ code: "not-found" });
  }
});
