import { describe, expect, test } from "vitest";
import { z } from "zod";
import { IntentManifest } from "@/lib/domain/manifest/manifest";
import table from "./cases.json";
import { type CompiledManifest, compileManifest } from "./compile";
import { decide, denied } from "./decide";
import type { AgentState, Situation, Usage } from "./decision";
import { overridable, REASONS, type ReasonCode } from "./reasons";
import { describeReason } from "./reasons-text";
import { EvaluationRequest } from "./request";
import { NO_USAGE } from "./usage";

const reasonCodes = Object.keys(REASONS) as ReasonCode[];

const AskedChange = z.strictObject({
  action: z.string().optional(),
  resource: z.string().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  context: z.record(z.string(), z.unknown()).optional(),
  raw: z.unknown().optional(),
});
const Case = z.strictObject({
  case: z.string().endsWith("."),
  reason: z.enum(reasonCodes),
  manifest: z.record(z.string(), z.unknown()).nullable().optional(),
  agent: z.record(z.string(), z.unknown()).optional(),
  situation: z
    .strictObject({
      now: z.string().optional(),
      grantId: z.string().optional(),
      targetConfirmed: z.boolean().optional(),
      usage: z.record(z.string(), z.record(z.string(), z.number())).optional(),
    })
    .optional(),
  request: AskedChange.optional(),
  expect: z.record(z.string(), z.unknown()).optional(),
});
type Case = z.infer<typeof Case>;
const CASES = z.array(Case).parse(table.cases);

function manifestOf(change: Case["manifest"]): CompiledManifest | null {
  if (change === null) return null;
  const document = IntentManifest.parse({ ...table.manifest, ...change });
  return compileManifest(document, { manifestId: "man_table", version: 1 });
}

function agentOf({ agent, manifest }: Case): AgentState {
  return {
    ...(table.agent as Omit<AgentState, "manifest">),
    ...agent,
    manifest: manifestOf(manifest),
  };
}

function situationOf({ situation = {} }: Case): Situation {
  const used = (period: "minute" | "hour" | "day"): Usage => ({
    ...NO_USAGE[period],
    ...situation.usage?.[period],
  });
  return {
    now: Date.parse(situation.now ?? table.situation.now),
    usage: { minute: used("minute"), hour: used("hour"), day: used("day") },
    grantId: situation.grantId ?? null,
    targetConfirmed: situation.targetConfirmed ?? false,
  };
}

function requestOf({ request = {} }: Case): EvaluationRequest {
  if (request.raw !== undefined) return request.raw as EvaluationRequest;
  const [type, ...id] = (request.resource ?? table.request.resource).split(":");
  return EvaluationRequest.parse({
    subject: { type: "agent", id: "agt_reconciler" },
    action: { name: request.action ?? table.request.action },
    resource: {
      type,
      id: id.join(":"),
      properties: request.properties ?? table.request.properties,
    },
    context: {
      purpose: "Month-end close",
      reasoning: "The letter of credit names this invoice",
      ...table.request.context,
      ...request.context,
    },
  });
}

describe("the decision table", () => {
  test.each(CASES)("$reason: $case", (row) => {
    const decision = decide(requestOf(row), agentOf(row), situationOf(row));
    expect(decision).toMatchObject({
      ...row.expect,
      reason: row.reason,
      outcome: REASONS[row.reason],
    });
    expect(decision.sentence.length).toBeGreaterThan(20);
    if (row.request?.raw === undefined) {
      // The sentence goes to the agent and to many pages: the id could name a person.
      expect(decision.sentence).not.toContain(requestOf(row).resource.id);
    }
  });

  test("has a case for each reason that the decision can give", () => {
    const byGateway =
      /^(?:proof_(?!malformed)|intent_|token_(?!agent_)|manifest_|agent_unknown|agent_key_)/;
    const expected = reasonCodes.filter((code) => !byGateway.test(code));
    const covered = new Set(CASES.map((row) => row.reason));
    expect(expected.filter((code) => !covered.has(code))).toEqual([]);
    expect(expected.length).toBeGreaterThan(25);
  });

  test("says each thing once", () => {
    const sentences = CASES.map((row) => row.case);
    expect(new Set(sentences).size).toBe(sentences.length);
  });
});

describe("reasons", () => {
  test("each have a title and a meaning of their own", () => {
    const texts = reasonCodes.map(describeReason);
    expect(new Set(texts.map((text) => text.title)).size).toBe(reasonCodes.length);
    expect(new Set(texts.map((text) => text.meaning)).size).toBe(reasonCodes.length);
  });

  test("of which none that denies, allows or comes from a never-rule can be overridden", () => {
    const lifted = reasonCodes.filter(overridable);
    expect(lifted).not.toContain("never_rule");
    expect(
      lifted.map((reason) => REASONS[reason]).filter((o) => o !== "block" && o !== "hold"),
    ).toEqual([]);
    expect(lifted).toContain("confirm_each");
    expect(denied("agent_stopped").outcome).toBe("deny");
  });
});
