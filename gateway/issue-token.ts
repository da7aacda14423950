import type { IncomingMessage, ServerResponse } from "node:http";
import type { ReasonCode } from "@/lib/domain/policy/reasons";
import { describeReason } from "@/lib/domain/policy/reasons-text";
import { keyValidAt } from "@/lib/server/decision/known-agent";
import { challenge, UNAVAILABLE } from "./answer";
import { checkShownProof } from "./authenticate";
import type { Gateway } from "./gateway";
import { HttpProblem, send } from "./http";

/**
 * GET /agent/v1/manifest-token: the token of the manifest in force, for the agent whose key signed the proof.
 * The proof has no `ath`, since there is no token yet. A proof sent twice gets the same token twice: it is worth
 * nothing without the key. Throws HttpProblem(404) where the agent has no manifest in force.
 */
export async function issueToken(
  gateway: Gateway,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!gateway.feed.isFresh()) return send(response, UNAVAILABLE);
  const now = Date.now();
  const shown = await checkShownProof(request, gateway.state, {
    method: "GET",
    url: gateway.tokenUrl,
    now,
    tokenHash: null,
    intent: null,
  });
  if (shown.refusal !== null) throw refused(gateway, shown.refusal);
  const key = gateway.state.key(shown.signer.jkt);
  if (key === undefined) throw refused(gateway, "agent_key_unknown");
  if (!keyValidAt(key, now)) throw refused(gateway, "agent_key_expired");
  if (key.suspect) throw refused(gateway, "agent_key_suspect");
  const token = await gateway.currentToken(key.agentId, key.jkt);
  if (token === null) {
    throw new HttpProblem(404, "no manifest is in force for this agent and key", {
      code: "no_manifest",
    });
  }
  send(response, {
    status: 200,
    body: {
      token: token.token,
      token_type: "DPoP",
      manifest_id: token.manifestId,
      expires_at: token.expiresAt.toISOString(),
    },
  });
}

function refused(gateway: Gateway, reason: ReasonCode): HttpProblem {
  gateway.tally.count(reason);
  const headers = challenge(reason) ?? {};
  return new HttpProblem(401, describeReason(reason).meaning, { headers, code: reason });
}
