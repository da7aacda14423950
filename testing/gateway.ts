/** A gateway as a process of its own, and requests to it that a test can spoil in every way. */
import { type ChildProcess, spawn } from "node:child_process";
import { createHash, type KeyObject, randomUUID, sign } from "node:crypto";
import net from "node:net";
import path from "node:path";
import { canonicalJson, type Json } from "@/lib/domain/crypto/canonical-json";
import type { IntentManifest } from "@/lib/domain/manifest/manifest";
import { buildClaims, MANIFEST_TOKEN_TYP } from "@/lib/domain/manifest/token";
import { db } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { tokenKey } from "@/lib/server/keys";
import { type AgentKeyPair, randomDigest } from "./factories";

const ROOT = path.resolve(import.meta.dirname, "..");
const EVALUATION = "/access/v1/evaluation";

export const digest = (text: string): string =>
  createHash("sha256").update(text).digest("base64url");
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A compact JWS (RFC 7515 §7.1) over whatever header and payload. Strings stand as they are, to send what is no object. */
export function jws(header: unknown, payload: unknown, key: KeyObject): string {
  const text = (value: unknown): string =>
    typeof value === "string" ? Buffer.from(value).toString("base64url") : part(value);
  const signed = `${text(header)}.${text(payload)}`;
  return `${signed}.${sign(null, Buffer.from(signed), key).toString("base64url")}`;
}

export type ProofParts = {
  readonly method?: string;
  readonly url: string;
  readonly token?: string | undefined;
  readonly body?: Json | undefined;
  readonly header?: object;
  readonly claims?: object;
};

/** A DPoP proof (RFC 9449) made by hand, apart from the agent client on purpose. */
export function makeProof(key: AgentKeyPair, parts: ProofParts): string {
  const claims = {
    jti: randomUUID(),
    htm: parts.method ?? "POST",
    htu: parts.url,
    iat: Math.floor(Date.now() / 1000),
    ...(parts.token === undefined ? {} : { ath: digest(parts.token) }),
    ...(parts.body === undefined ? {} : { intent: digest(canonicalJson(parts.body)) }),
    ...parts.claims,
  };
  const header = { typ: "dpop+jwt", alg: "EdDSA", jwk: key.publicJwk, ...parts.header };
  return jws(header, claims, key.privateKey);
}

export type TokenParts = {
  readonly manifest: {
    readonly id: string;
    readonly version: number;
    readonly document: IntentManifest;
  };
  readonly key: AgentKeyPair;
  readonly sponsorId: string;
  readonly header?: object;
  readonly claims?: object;
  /** signs instead of ours */
  readonly signWith?: KeyObject;
};

/** A manifest token as an approval makes it, with whatever `claims` and `header` change. */
export function makeToken(parts: TokenParts): string {
  const DAY_MS = 86_400_000;
  const claims = buildClaims({
    issuer: process.env["COUNTERSIGN_GATEWAY_URL"] ?? "",
    tokenId: newId("tok"),
    now: new Date(),
    manifestId: parts.manifest.id,
    version: parts.manifest.version,
    digest: randomDigest(),
    manifest: parts.manifest.document,
    key: { jkt: parts.key.jkt, notBefore: new Date(Date.now() - DAY_MS), notAfter: null },
    approvals: [
      {
        sponsorId: parts.sponsorId,
        stage: "final",
        assurance: "password",
        statementDigest: randomDigest(),
        at: new Date(),
      },
    ],
    sponsorId: parts.sponsorId,
  });
  const { kid, privateKey } = tokenKey();
  return jws(
    { typ: MANIFEST_TOKEN_TYP, alg: "EdDSA", kid, ...parts.header },
    { ...claims, ...parts.claims },
    parts.signWith ?? privateKey,
  );
}

/** Stores the token as an approval does, for `GET /agent/v1/manifest-token`. */
export async function storeToken(token: string, manifestId: string, jkt: string): Promise<void> {
  await db.manifestToken.create({
    data: {
      hash: digest(token),
      manifestId,
      jkt,
      token,
      expiresAt: new Date(Date.now() + 86_400_000),
      createdAt: new Date(),
    },
  });
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

export type GatewayProcess = {
  /** where this very process listens */
  readonly origin: string;
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly stop: (signal?: NodeJS.Signals) => Promise<void>;
};

/** Starts `gateway/main.ts` with this process's environment; resolves once it is ready (or, for `/healthz`, alive). */
export async function startGatewayProcess(
  changes: Partial<Record<string, string>> = {},
  until: "/readyz" | "/healthz" = "/readyz",
): Promise<GatewayProcess> {
  const port = Number(changes["GATEWAY_PORT"] ?? (await freePort()));
  const origin = `http://127.0.0.1:${port}`;
  let text = "";
  const child = spawn(process.execPath, ["--import", "tsx", "gateway/main.ts"], {
    cwd: ROOT,
    env: { ...process.env, LOG_LEVEL: "warn", GATEWAY_PORT: String(port), ...changes },
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
  }
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const deadline = Date.now() + 30_000;
  while (!(await answers(origin + until))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill("SIGKILL");
      throw new Error(`the gateway did not start: ${text}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    origin,
    child,
    output: () => text,
    stop: async (signal = "SIGTERM") => {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      await exited;
    },
  };
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(1000) })).ok;
  } catch {
    return false;
  }
}

/** The address that proofs must name: what the gateways of this test believe they are called. */
export function evaluationUrl(): string {
  return `${process.env["COUNTERSIGN_GATEWAY_URL"]}${EVALUATION}`;
}

export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: what comes back is the thing under test.
  readonly body: any;
};

/** Sends `body` (an object, or text as it is) to a gateway; `proof` and `token` as given, or none. */
export async function postEvaluation(
  origin: string,
  sent: {
    readonly body: Json | string;
    readonly token?: string | undefined;
    readonly proof?: string | undefined;
    readonly headers?: Record<string, string>;
  },
): Promise<Answer> {
  const response = await fetch(origin + EVALUATION, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(sent.token === undefined ? {} : { authorization: `DPoP ${sent.token}` }),
      ...(sent.proof === undefined ? {} : { dpop: sent.proof }),
      ...sent.headers,
    },
    body: typeof sent.body === "string" ? sent.body : JSON.stringify(sent.body),
    signal: AbortSignal.timeout(15_000),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: parse(text) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A whole request in order, spoilt only where `changes` say so. */
export function ask(
  origin: string,
  who: { readonly key: AgentKeyPair; readonly token: string },
  body: Json,
  changes: {
    readonly proof?: Partial<ProofParts>;
    readonly sent?: Partial<Parameters<typeof postEvaluation>[1]>;
  } = {},
): Promise<Answer> {
  const { token } = who;
  const proof = makeProof(who.key, { url: evaluationUrl(), token, body, ...changes.proof });
  return postEvaluation(origin, { body, token, proof, ...changes.sent });
}
