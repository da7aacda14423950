import type { IncomingMessage } from "node:http";
import { checkShownProof } from "./authenticate";
import type { Gateway } from "./gateway";
import { keyObjection, refused } from "./refused";

/**
 * The registered key that signed the proof of a GET for `url`, with the proof. For addresses that give a token out: the
 * proof has no `ath`. Throws HttpProblem where proof or key does not hold.
 */
export async function provenKey(
  gateway: Gateway,
  request: IncomingMessage,
  { url, now }: { readonly url: string; readonly now: number },
) {
  const shown = await checkShownProof(request, gateway.state, {
    method: "GET",
    url,
    now,
    tokenHash: null,
    intent: null,
  });
  if (shown.refusal !== null) throw refused(gateway, shown.refusal);
  const { jkt, proof } = shown.signer;
  const key = gateway.state.key(jkt);
  const objection = keyObjection(gateway, jkt, now);
  if (key === undefined || objection !== null) {
    throw refused(gateway, objection ?? "agent_key_unknown");
  }
  return { key, proof };
}
