import type { IncomingMessage, ServerResponse } from "node:http";
import { UNAVAILABLE } from "./answer";
import type { Gateway } from "./gateway";
import { HttpProblem, send } from "./http";
import { provenKey } from "./proven-key";

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
  const at = { url: gateway.tokenUrl, now: Date.now() };
  const { key } = await provenKey(gateway, request, at);
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
