import type { IncomingMessage, ServerResponse } from "node:http";
import { OutcomeReport } from "@/lib/domain/behaviour/outcome-report";
import type { OutcomeAnswer, OutcomeItem } from "@/lib/server/decision/record-outcomes";
import { UNAVAILABLE } from "./answer";
import { authenticate } from "./authenticate";
import { digestOf } from "./digest-of";
import type { Gateway } from "./gateway";
import { LedgerUnavailable } from "./group-commit";
import { HttpProblem, readJsonText, send } from "./http";
import { keyObjection, refused } from "./refused";
import { parseSignedBody } from "./signed-body";

/**
 * POST /access/v1/outcome: what an allowed act came to. Proven like an evaluation: DPoP over token and body. A token
 * whose manifest was superseded or revoked since serves too, and so does one of an agent that is contained: what was
 * done must not go untold. One report per decision: the same again is answered the same, another with 409.
 */
export async function takeOutcome(
  gateway: Gateway,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const text = await readJsonText(request);
  const body = parseSignedBody(text, OutcomeReport, "an outcome report");
  if (!gateway.feed.isFresh()) return send(response, UNAVAILABLE);
  const at = new Date();
  const who = await authenticate(request, gateway.state, gateway.tokens, {
    method: "POST",
    url: gateway.outcomeUrl,
    now: at.getTime(),
    intent: digestOf(body.signed),
    subjectId: null,
  });
  const { proof } = who.credential;
  const refusal = who.credential.refusal ?? keyObjection(gateway, who.credential.jkt, at.getTime());
  if (refusal !== null || who.agentId === null || proof === null) {
    throw refused(gateway, refusal ?? "agent_key_unknown");
  }
  const item = { agentId: who.agentId, report: body.value, at, proof };
  const answer = await recorded(gateway, item);
  send(response, answer === null ? UNAVAILABLE : told(gateway, item, answer));
}

/** Null: the ledger can't be written now. */
async function recorded(gateway: Gateway, item: OutcomeItem): Promise<OutcomeAnswer | null> {
  try {
    return await gateway.outcomes.submit(item);
  } catch (error) {
    if (error instanceof LedgerUnavailable) return null;
    throw error;
  }
}

function told(gateway: Gateway, { report }: OutcomeItem, answer: OutcomeAnswer) {
  switch (answer.kind) {
    case "recorded":
      return {
        status: answer.repeated ? 200 : 201,
        body: { decision: report.decision, status: report.status, seq: Number(answer.seq) },
      };
    case "proof_replayed":
      throw refused(gateway, "proof_replayed");
    case "unknown_decision":
      throw new HttpProblem(404, "this agent has no such decision", { code: "unknown_decision" });
    case "not_allowed":
      throw new HttpProblem(409, "that request was not allowed, so there is nothing to report", {
        code: "decision_not_allowed",
      });
    case "reported_otherwise":
      throw new HttpProblem(409, "another outcome of that decision is recorded already", {
        code: "outcome_recorded",
      });
  }
}
