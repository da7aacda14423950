import type { ReasonCode } from "@/lib/domain/policy/reasons";
import { describeReason } from "@/lib/domain/policy/reasons-text";
import { keyValidAt } from "@/lib/server/decision/known-agent";
import { challenge } from "./answer";
import type { Gateway } from "./gateway";
import { HttpProblem } from "./http";

/** A 401 that says the reason, counted in the log. */
export function refused(gateway: Gateway, reason: ReasonCode): HttpProblem {
  gateway.tally.count(reason);
  const headers = challenge(reason) ?? {};
  return new HttpProblem(401, describeReason(reason).meaning, { headers, code: reason });
}

/** What is wrong with a key (RFC 7638 thumbprint) at `now` (epoch ms) as far as this gateway has heard; null: nothing. */
export function keyObjection(
  { state }: Gateway,
  jkt: string | null,
  now: number,
): ReasonCode | null {
  const key = jkt === null ? undefined : state.key(jkt);
  if (key === undefined) return "agent_key_unknown";
  if (!keyValidAt(key, now)) return "agent_key_expired";
  return key.suspect ? "agent_key_suspect" : null;
}
