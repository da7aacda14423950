import type { IncomingMessage, ServerResponse } from "node:http";
import { UNAVAILABLE } from "./answer";
import { checkShownProof } from "./authenticate";
import type { Gateway } from "./gateway";
import { HttpProblem, send } from "./http";
import { keyObjection, refused } from "./refused";

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
  const objection = keyObjection(gateway, shown.signer.jkt, now);
  if (key === undefined || objection !== null) {
    throw refused(gateway, objection ?? "agent_key_unknown");
  }
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
