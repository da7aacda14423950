import { createPublicKey, type KeyObject, verify } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { checkProof, type Proof, proofExpiry, readProof } from "@/lib/domain/policy/proof";
import type { ReasonCode } from "@/lib/domain/policy/reasons";
import type { Credential } from "@/lib/server/decision/item";
import type { DecisionState } from "@/lib/server/decision/state";
import { digestOf } from "./digest-of";
import type { ManifestTokens, TokenReading } from "./manifest-tokens";

/** What a request brings along to show who asks. */
export type Presented = {
  readonly method: string;
  /** the address of the endpoint as agents know it */
  readonly url: string;
  /** epoch ms */
  readonly now: number;
  /** base64url SHA-256 of JCS(body); null where there is no body */
  readonly intent: string | null;
};

/** `signer`: who signed the proof, whatever else is wrong with it; null where nobody is shown to have. */
type Shown =
  | { readonly refusal: ReasonCode; readonly signer: Signer | null }
  | { readonly refusal: null; readonly signer: Signer };
type Signer = { readonly proof: Proof; readonly jkt: string };

/** RFC 7638 §3, for an Ed25519 key (RFC 8037). `x` is base64url, so that no escaping is needed. */
function thumbprint(x: string): string {
  return digestOf(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`);
}

/** Checks the DPoP proof (RFC 9449 §4.3) but for its replay, which is for the ledger's transaction to find. */
export async function checkShownProof(
  request: IncomingMessage,
  state: DecisionState,
  presented: Presented & { readonly tokenHash: string | null },
): Promise<Shown> {
  // Several DPoP headers arrive joined by a comma, which no proof has: malformed, as §4.3 (1) asks.
  const text = request.headers["dpop"];
  if (typeof text !== "string") return { refusal: "proof_missing", signer: null };
  const proof = readProof(text);
  if (proof === null) return { refusal: "proof_malformed", signer: null };
  const jkt = thumbprint(proof.jwk.x);
  const key = state.key(jkt)?.publicKey ?? publicKeyOf(proof);
  if (key === null) return { refusal: "proof_malformed", signer: null };
  if (!(await verifies(key, proof))) {
    // The key that it names proves nothing then.
    return { refusal: "proof_signature_invalid", signer: null };
  }
  const refusal = checkProof(proof, presented);
  const signer = { proof, jkt };
  return refusal === null ? { refusal, signer } : { refusal, signer };
}

function publicKeyOf({ jwk }: Proof): KeyObject | null {
  try {
    return createPublicKey({ key: jwk, format: "jwk" });
  } catch {
    return null;
  }
}

/** Off the event loop, so that a second core takes part. */
function verifies(key: KeyObject, { signed, signature }: Proof): Promise<boolean> {
  return new Promise((resolve) => {
    verify(null, Buffer.from(signed, "latin1"), key, signature, (error, valid) =>
      resolve(error === null && valid),
    );
  });
}

/** Who asks, as far as key or token tell; `agentId` null: nobody whom we know. */
export type Authentication = { readonly agentId: string | null; readonly credential: Credential };

/**
 * Checks proof, token and their bond to each other and to the agent that the request names (`subjectId`; null where it
 * names none). Never throws.
 */
export async function authenticate(
  request: IncomingMessage,
  state: DecisionState,
  tokens: ManifestTokens,
  presented: Presented & { readonly subjectId: string | null },
): Promise<Authentication> {
  const token = tokens.read(presentedToken(request));
  const tokenHash = token.kind === "missing" ? null : token.hash;
  const shown = await checkShownProof(request, state, { ...presented, tokenHash });
  const { signer } = shown;
  const jkt = signer?.jkt ?? null;
  const proven = shown.refusal === null;
  const byKey = jkt === null ? undefined : state.key(jkt)?.agentId;
  const byToken = token.kind === "ours" ? token.claims : null;
  const bound = byToken !== null && byToken.jkt === jkt;
  return {
    // What a key signed is its agent's. A token alone says only in whose name somebody tried.
    agentId: byKey ?? (byToken && (bound || !proven) ? byToken.agentId : null),
    credential: {
      proven,
      jkt,
      manifestId: byToken?.manifestId ?? null,
      proof: proven && signer ? remembered(signer) : null,
      refusal: shown.refusal ?? tokenObjection(token, jkt, presented),
    },
  };
}

function remembered({ proof, jkt }: Signer): NonNullable<Credential["proof"]> {
  return { jkt, jti: proof.claims.jti, expiresAt: proofExpiry(proof) };
}

/** `Authorization: DPoP <token>` (RFC 9449 §7.1). A bound token sent as `Bearer` counts as none (§7.2). */
function presentedToken(request: IncomingMessage): string | null {
  const values = request.headersDistinct["authorization"] ?? [];
  const [scheme, token, ...more] = (values.length === 1 ? (values[0] ?? "") : "").split(" ");
  return scheme?.toLowerCase() === "dpop" && token && more.length === 0 ? token : null;
}

function tokenObjection(
  token: TokenReading,
  jkt: string | null,
  { now, subjectId }: { readonly now: number; readonly subjectId: string | null },
): ReasonCode | null {
  if (token.kind === "missing") return "token_missing";
  if (token.kind === "malformed") return "token_malformed";
  if (token.kind === "foreign") return "token_signature_invalid";
  const { claims } = token;
  if (claims.jkt !== jkt) return "token_key_mismatch";
  if (subjectId !== null && claims.agentId !== subjectId) return "token_agent_mismatch";
  if (claims.expiresAt <= now) return "token_expired";
  return claims.notBefore > now ? "token_not_yet_valid" : null;
}
