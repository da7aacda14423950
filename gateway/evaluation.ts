import type { IncomingMessage, ServerResponse } from "node:http";
import { canonicalJson, type Json, parseStrictJson } from "@/lib/domain/crypto/canonical-json";
import { AppError } from "@/lib/domain/errors";
import { requestDigest } from "@/lib/domain/policy/digest";
import { describeReason } from "@/lib/domain/policy/reasons-text";
import { EvaluationRequest } from "@/lib/domain/policy/request";
import { evaluationAnswer, refusedUnrecorded, UNAVAILABLE } from "./answer";
import { authenticate } from "./authenticate";
import { digestOf } from "./digest-of";
import type { Gateway } from "./gateway";
import { LedgerUnavailable } from "./group-commit";
import { badRequest, HttpProblem, readJsonText, send } from "./http";

/**
 * POST /access/v1/evaluation: an access evaluation of OpenID AuthZEN Authorization API 1.0 (§6).
 * Throws HttpProblem for a body that is no such request.
 */
export async function evaluate(
  gateway: Gateway,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = parseBody(await readJsonText(request));
  if (!gateway.feed.isFresh()) return send(response, UNAVAILABLE);
  const at = new Date();
  const { agentId, credential } = await authenticate(request, gateway.state, gateway.tokens, {
    method: "POST",
    url: gateway.evaluationUrl,
    now: at.getTime(),
    intent: digestOf(body.signed),
    subjectId: body.asked.subject.id,
  });
  const known = agentId !== null && gateway.state.agent(agentId) !== undefined;
  const mayRecord = known && (credential.proven || gateway.refusals.take(agentId, at.getTime()));
  if (!mayRecord) {
    const reason = credential.refusal ?? "agent_unknown";
    gateway.tally.count(reason);
    const meaning = describeReason(reason).meaning;
    return send(response, refusedUnrecorded(reason, meaning, requestDigest(body.asked)));
  }
  try {
    const answer = await gateway.commit.submit({ agentId, request: body.asked, at, credential });
    send(response, evaluationAnswer(answer, gateway.webUrl));
  } catch (error) {
    if (!(error instanceof LedgerUnavailable)) throw error;
    send(response, UNAVAILABLE);
  }
}

type Body = {
  readonly asked: EvaluationRequest;
  /** JCS (RFC 8785) of the body: what the proof's `intent` is the digest of */
  readonly signed: string;
};

function parseBody(text: string): Body {
  const json = strict(text);
  const result = EvaluationRequest.safeParse(json);
  if (result.success) return { asked: result.data, signed: signedText(json, result.data) };
  const FIELDS_MAX = 20;
  throw new HttpProblem(400, "this is not an access evaluation request", {
    fields: result.error.issues.slice(0, FIELDS_MAX).map((issue) => ({
      path: issue.path.map(String).join(".").slice(0, 200),
      message: issue.message.slice(0, 200),
    })),
  });
}

/** INVARIANT: what is decided and recorded is what was signed, whatever a schema may drop without a word (`__proto__`). */
function signedText(json: Json, asked: EvaluationRequest): string {
  const signed = canonicalJson(json);
  if (canonicalJson(asked) !== signed) throw new HttpProblem(400, "a member's name is not allowed");
  return signed;
}

function strict(text: string): Json {
  try {
    return parseStrictJson(text);
  } catch (error) {
    if (error instanceof AppError) throw badRequest(error.message, error);
    throw error;
  }
}
