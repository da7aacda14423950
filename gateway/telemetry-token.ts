import { randomUUID, sign, verify } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { proofExpiry, readJws } from "@/lib/domain/policy/proof";
import { claimProofs } from "@/lib/server/decision/facts";
import { UNAVAILABLE } from "./answer";
import type { Gateway } from "./gateway";
import { send } from "./http";
import { provenKey } from "./proven-key";
import { keyObjection, refused } from "./refused";

/**
 * Exporters of OpenTelemetry send headers that never change, so that they can't prove each request. Their token stands
 * alone for that reason, and is good for one thing only: to hand in spans in this agent's name.
 */
const TYP = "telemetry+jwt";
const LIFETIME_S = 30 * 86_400;
const TOKEN_MAX_LENGTH = 2048;

/**
 * GET /agent/v1/telemetry-token: a token for POST /v1/traces, for the agent whose key signed the proof. It ends with the
 * key, or after 30 days. The proof is good once: unlike a manifest token, this one is worth something by itself.
 */
export async function issueTelemetryToken(
  gateway: Gateway,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!gateway.feed.isFresh()) return send(response, UNAVAILABLE);
  const now = Date.now();
  const { key, proof } = await provenKey(gateway, request, {
    url: gateway.telemetryTokenUrl,
    now,
  });
  const { jkt } = key;
  const seen = { jkt, jti: proof.claims.jti, expiresAt: proofExpiry(proof) };
  const fresh = await gateway.withDatabase((query) => claimProofs(query, [seen]));
  if (fresh.length === 0) throw refused(gateway, "proof_replayed");
  const iat = Math.floor(now / 1000);
  const exp = iat + LIFETIME_S;
  send(response, {
    status: 200,
    body: {
      token: makeToken(gateway, { sub: key.agentId, jkt, iat, exp }),
      token_type: "Bearer",
      endpoint: gateway.tracesUrl,
      expires_at: new Date(exp * 1000).toISOString(),
    },
  });
}

const Header = z.looseObject({
  typ: z.literal(TYP),
  alg: z.literal("EdDSA"),
  // RFC 7515 §4.1.11: we understand no critical extension.
  crit: z.undefined().optional(),
});
const Claims = z.looseObject({
  iss: z.string(),
  aud: z.string(),
  sub: z.string(),
  /** the key that asked for it: the token ends with it */
  jkt: z.string(),
  exp: z.number(),
});

function makeToken(
  { tokenKey, publicUrl, tracesUrl }: Gateway,
  claims: {
    readonly sub: string;
    readonly jkt: string;
    readonly iat: number;
    readonly exp: number;
  },
): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const header = { typ: TYP, alg: "EdDSA", kid: tokenKey.kid };
  const all = { iss: publicUrl, aud: tracesUrl, jti: randomUUID(), ...claims };
  const signed = `${part(header)}.${part(all)}`;
  const signature = sign(null, Buffer.from(signed), tokenKey.privateKey).toString("base64url");
  return `${signed}.${signature}`;
}

/** The agent in whose name spans may be handed in; null where the header shows none. */
export function telemetryAgent(
  gateway: Gateway,
  request: IncomingMessage,
  now: number,
): string | null {
  const values = request.headersDistinct["authorization"] ?? [];
  const [scheme, token, ...more] = (values.length === 1 ? (values[0] ?? "") : "").split(" ");
  const isBearer = scheme?.toLowerCase() === "bearer" && more.length === 0;
  if (!isBearer || token === undefined || token.length > TOKEN_MAX_LENGTH) return null;
  const jws = readJws(token);
  const claims = Claims.safeParse(jws?.payload);
  if (jws === null || !Header.safeParse(jws.header).success || !claims.success) return null;
  const signed = Buffer.from(jws.signed, "latin1");
  if (!verify(null, signed, gateway.tokenKey.publicKey, jws.signature)) return null;
  const { iss, aud, sub, jkt, exp } = claims.data;
  if (iss !== gateway.publicUrl || aud !== gateway.tracesUrl || exp * 1000 <= now) return null;
  const isKeyGood = keyObjection(gateway, jkt, now) === null;
  return isKeyGood && gateway.state.key(jkt)?.agentId === sub ? sub : null;
}
