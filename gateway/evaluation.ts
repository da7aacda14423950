import type { IncomingMessage, ServerResponse } from "node:http";
import { requestDigest } from "@/lib/domain/policy/digest";
import { describeReason } from "@/lib/domain/policy/reasons-text";
import { EvaluationRequest } from "@/lib/domain/policy/request";
import { evaluationAnswer, refusedUnrecorded, UNAVAILABLE } from "./answer";
import { authenticate } from "./authenticate";
import { digestOf } from "./digest-of";
import type { Gateway } from "./gateway";
import { LedgerUnavailable } from "./group-commit";
import { readJsonText, send } from "./http";
import { parseSignedBody } from "./signed-body";

/**
 * POST /access/v1/evaluation: an access evaluation of OpenID AuthZEN Authorization API 1.0 (§6).
 * Throws HttpProblem for a body that is no such request.
 */
export async function evaluate(
  gateway: Gateway,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const text = await readJsonText(request);
  const body = parseSignedBody(text, EvaluationRequest, "an access evaluation request");
  if (!gateway.feed.isFresh()) return send(response, UNAVAILABLE);
  const at = new Date();
  const { agentId, credential } = await authenticate(request, gateway.state, gateway.tokens, {
    method: "POST",
    url: gateway.evaluationUrl,
    now: at.getTime(),
    intent: digestOf(body.signed),
    subjectId: body.value.subject.id,
  });
  const known = agentId !== null && gateway.state.agent(agentId) !== undefined;
  const mayRecord = known && (credential.proven || gateway.refusals.take(agentId, at.getTime()));
  if (!mayRecord) {
    const reason = credential.refusal ?? "agent_unknown";
    gateway.tally.count(reason);
    const meaning = describeReason(reason).meaning;
    return send(response, refusedUnrecorded(reason, meaning, requestDigest(body.value)));
  }
  try {
    const answer = await gateway.commit.submit({ agentId, request: body.value, at, credential });
    send(response, evaluationAnswer(answer, gateway.webUrl));
  } catch (error) {
    if (!(error instanceof LedgerUnavailable)) throw error;
    send(response, UNAVAILABLE);
  }
}
